package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"demarche/search"
	"demarche/search/query"
	"demarche/web/api"
)

// statementParameters are the parameters of a statement's page.
var statementParameters = slices.Concat(
	[]api.Parameter{{Name: "lang"}, {Name: "with"}, {Name: "q"}, {Name: "ui"}}, api.ReadingParameters,
)

// view is which versions of a statement are asked for and what is marked.
type view struct {
	// Lang and With are languages of versions; With is "" for one alone.
	Lang, With string
	Params     api.Params
}

// statement answers /statements/{id}.
func (s *site) statement(c *gin.Context) error {
	values, err := api.ParseValues(c.Request.URL.RawQuery, statementParameters)
	if err != nil {
		return err
	}
	v := view{Lang: values.Get("lang"), With: values.Get("with"), Params: api.Params{Q: values.Get("q"), UI: interfaceLanguage(c)}}
	v.Params.ReadReadings(values)
	if v.Params.Node, err = query.Parse(v.Params.Q, s.Limits); err != nil {
		return err
	}
	found, err := s.Engine.Statement(c, c.Param("id"))
	if err != nil {
		return err
	}
	if v, err = v.of(found, s.printer(c).Lang()); err != nil {
		return err
	}
	if s.fresh(c, html, c.Request.URL.Path+"?"+values.Encode()) {
		return nil
	}
	marks, err := s.marks(c, found.ID, v.Params)
	if err != nil {
		return err
	}
	c.HTML(http.StatusOK, "statement", s.newStatementPage(c, found, v, marks))
	return nil
}

// of settles which versions of a statement are shown: the one asked for, else
// the one in the reader's language, else the first.
func (v view) of(s *search.Statement, reader string) (view, error) {
	langs := mapped(s.Versions, func(v search.Version) string { return v.Lang })
	for name, lang := range map[string]string{"lang": v.Lang, "with": v.With} {
		if lang != "" && !slices.Contains(langs, lang) {
			return v, &api.InvalidError{
				Parameter: name, Code: "no_version",
				Args: map[string]any{"Parameter": name, "Value": lang, "Allowed": langs},
			}
		}
	}
	switch {
	case v.Lang != "":
	case slices.Contains(langs, reader):
		v.Lang = reader
	case len(langs) > 0:
		v.Lang = langs[0]
	}
	if v.With == v.Lang {
		v.With = ""
	}
	return v, nil
}

// maxMarkPages bounds how many pages of hits are read to mark one statement:
// 2,000 paragraphs, many times the longest.
const maxMarkPages = 20

// marks are the spans that a query matches in a statement, by paragraph.
func (s *site) marks(ctx context.Context, id string, p api.Params) (map[string][]search.Span, error) {
	marks := map[string][]search.Span{}
	if p.Node == nil {
		return marks, nil
	}
	r := search.Request{
		Query: p.Node, Size: search.MaxSize, Formulas: p.Formulas, Without: p.Without,
		Filters: []search.Filter{{Field: "statement", Include: []string{id}}},
	}
	for range maxMarkPages {
		result, err := s.Engine.Search(ctx, r)
		if err != nil {
			return nil, err
		}
		for _, h := range result.Hits {
			marks[h.Paragraph.ID] = h.Highlights
		}
		if r.After = result.Next; r.After == nil {
			break
		}
	}
	return marks, nil
}

// path is the page of the statement in one or two of its versions.
func (v view) path(id, lang, with string) string {
	values := url.Values{}
	for name, value := range map[string]string{
		"lang": lang, "with": with, "q": v.Params.Q, "ui": v.Params.UI, "without": strings.Join(v.Params.Without, ","),
	} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if v.Params.Formulas {
		values.Set("formulas", "on")
	}
	return "/statements/" + url.PathEscape(id) + "?" + values.Encode()
}

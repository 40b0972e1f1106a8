package web

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"demarche/search"
	"demarche/web/api"
	"demarche/web/locale"
)

// frontPage says what there is to search and how.
type frontPage struct {
	frame
	Info     search.Info
	Total    search.Total
	Groups   []facetGroup
	Chart    []bar
	Recent   []recent
	Examples []example
}

// recent is a statement on the front page.
type recent struct {
	search.Header
	Href string
}

// shownRecent is how many statements the front page lists.
const shownRecent = 6

// front answers /. With a question in its address it is the search page.
func (s *site) front(c *gin.Context) error {
	p, err := api.ParseParams(c.Request.URL.RawQuery, s.Limits)
	if err != nil {
		return err
	}
	question := p
	question.UI = ""
	if question.Encode() != "" {
		return s.search(c)
	}
	if s.fresh(c, html, "/?"+p.Encode()) {
		return nil
	}
	printer := s.printer(c)
	overview, err := s.Engine.Search(c, search.Request{Facets: []string{"actor", "attributed_state", "lang", "year"}})
	if err != nil {
		return err
	}
	latest, err := s.recent(c, printer, p.UI)
	if err != nil {
		return err
	}
	page := frontPage{
		frame: s.frame(c), Info: s.Engine.Info(), Total: overview.Total, Recent: latest,
		Groups: facetGroups(p, overview.Facets, searchPath, printer), Chart: chart(p, overview.Facets, searchPath),
		Examples: examples(printer, p.UI),
	}
	page.Title = printer.T("site.description")
	c.HTML(http.StatusOK, "front", page)
	return nil
}

// recent are the newest statements. Hits are paragraphs, so each statement
// found is left out of the next search.
func (s *site) recent(ctx context.Context, printer *locale.Printer, ui string) ([]recent, error) {
	var out []recent
	seen := search.Filter{Field: "statement"}
	for range shownRecent {
		r := search.Request{Sort: search.Newest, Size: 1}
		if len(seen.Exclude) > 0 {
			r.Filters = []search.Filter{seen}
		}
		result, err := s.Engine.Search(ctx, r)
		if err != nil {
			return nil, err
		}
		if len(result.Hits) == 0 {
			break
		}
		id := result.Hits[0].Statement.ID
		seen.Exclude = append(seen.Exclude, id)
		st, err := s.Engine.Statement(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, recent{headerIn(st, printer), api.PassagePage(id, "", ui, 0)})
	}
	return out, nil
}

// headerIn is what stands above a statement, in the language of the printer where a
// version has it.
func headerIn(st *search.Statement, printer *locale.Printer) search.Header {
	v := versionIn(st, printer.Lang())
	return entitled(st.Header(&v), printer)
}

// entitled is a header with words, in the language of the printer, in place of a title
// that is not known.
func entitled(h search.Header, printer *locale.Printer) search.Header {
	if h.Title == "" {
		h.Title, h.TitleLang = printer.T("statement.untitled", "ID", h.ID), printer.Lang()
	}
	return h
}

package web

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"demarche/search"
	"demarche/web/api"
	"demarche/web/locale"
)

// statementPage shows a statement in one version or two side by side.
type statementPage struct {
	frame
	Statement *search.Statement
	Version   search.Version
	// TitleLang is the language of the title, which may be that of another
	// version where this one has none.
	TitleLang string
	// With is the version beside it; nil for one alone.
	With *search.Version
	// Versions lead to each version alone, Beside to each other one beside this.
	Versions, Beside []versionChoice
	Alone            string
	Rows             []row
	// Found are the passages shown that the query matches in any version.
	Found []found
	// Unmarked is the same page without the query; Results is the search.
	Unmarked, Results string
	// Publisher is where the version shown was published.
	Publisher string
	JSON      string
}

type versionChoice struct {
	Lang, Href string
	Current    bool
}

type found struct{ Href, Number string }

// row is one passage: the paragraphs of each version shown that have it, more than
// one where a translator split it, none where it is missing.
type row struct{ Cells [][]*cell }

// cell is a paragraph as the page shows it.
type cell struct {
	search.Paragraph
	Lang string
	// Anchor is unique on the page: "p4", or "p4-fr" beside another version.
	Anchor string
	// Permalink is the paragraph in its version alone.
	Permalink    string
	Runs         []run
	Attributions []attributionView
	Matched      bool
}

// Shown is the printed number, or the position where none is printed.
func (c cell) Shown() string { return shownNumber(c.Paragraph) }

func shownNumber(p search.Paragraph) string {
	if p.Number == "" || p.Number == "-" {
		return strconv.Itoa(p.Position)
	}
	return p.Number
}

func (s *site) newStatementPage(c *gin.Context, st *search.Statement, v view, marks map[string][]search.Span) statementPage {
	page := statementPage{
		frame: s.frame(c), Statement: st, Version: versionIn(st, v.Lang),
		Alone:    v.path(st.ID, v.Lang, ""),
		Unmarked: view{Params: api.Params{UI: v.Params.UI}}.path(st.ID, v.Lang, v.With),
		JSON:     withUI(api.StatementPath+st.ID, v.Params.UI),
	}
	printer := s.printer(c)
	header := entitled(st.Header(&page.Version), printer)
	page.Title, page.TitleLang = header.Title, header.TitleLang
	page.Publisher = cmp.Or(page.Version.URL, st.URL)
	page.Query = v.Params.Q
	if v.Params.Q != "" {
		page.Results = searchPath(v.Params)
	}
	versions := []search.Version{page.Version}
	if v.With != "" {
		with := versionIn(st, v.With)
		page.With = &with
		versions = append(versions, with)
	}
	for _, other := range st.Versions {
		page.Versions = append(page.Versions, versionChoice{other.Lang, v.path(st.ID, other.Lang, ""), other.Lang == v.Lang})
		if other.Lang != v.Lang {
			page.Beside = append(page.Beside, versionChoice{other.Lang, v.path(st.ID, v.Lang, other.Lang), other.Lang == v.With})
		}
	}
	page.Rows = rows(st.ID, versions, v, marks, printer)
	page.Found = matchedIn(page.Rows)
	return page
}

func versionIn(s *search.Statement, lang string) search.Version {
	for _, v := range s.Versions {
		if v.Lang == lang {
			return v
		}
	}
	return search.Version{Lang: search.Undetermined}
}

// rows lines versions up by passage, in the order of the first. A passage that
// only the second has follows the one that it follows there.
func rows(id string, versions []search.Version, v view, marks map[string][]search.Span, printer *locale.Printer) []row {
	newCell := func(column int, p search.Paragraph) *cell {
		lang := versions[column].Lang
		anchor := "p" + strconv.Itoa(p.Position)
		if column > 0 {
			anchor += "-" + lang
		}
		notes := newAttributionViews(p.Attributions, lang, v.Params.UI, printer)
		return &cell{
			Paragraph: p, Lang: lang, Anchor: anchor,
			Permalink:    api.PassagePage(id, lang, v.Params.UI, p.Position),
			Runs:         runs(p.Text, marks[p.ID], wordsOf(anchor, notes)),
			Attributions: notes,
			Matched:      len(marks[p.ID]) > 0,
		}
	}
	var out []row
	if len(versions) == 1 {
		for _, p := range versions[0].Paragraphs {
			out = append(out, row{[][]*cell{{newCell(0, p)}}})
		}
		return out
	}
	place := map[string]int{}
	for _, p := range versions[0].Paragraphs {
		i, ok := place[p.Passage]
		if !ok || i != len(out)-1 {
			i = len(out)
			place[p.Passage] = i
			out = append(out, row{make([][]*cell, 2)})
		}
		out[i].Cells[0] = append(out[i].Cells[0], newCell(0, p))
	}
	return beside(out, place, versions[1], func(p search.Paragraph) *cell { return newCell(1, p) })
}

// beside puts the paragraphs of a second version into rows.
func beside(rows []row, place map[string]int, v search.Version, newCell func(search.Paragraph) *cell) []row {
	extra := map[int][]row{} // by the row they follow, -1 for the top
	last := -1
	for _, p := range v.Paragraphs {
		if i, ok := place[p.Passage]; ok {
			rows[i].Cells[1] = append(rows[i].Cells[1], newCell(p))
			last = i
			continue
		}
		extra[last] = append(extra[last], row{[][]*cell{nil, {newCell(p)}}})
	}
	out := extra[-1]
	for i, r := range rows {
		out = append(append(out, r), extra[i]...)
	}
	return out
}

// matchedIn are the rows with a match, each by the first cell that has one.
func matchedIn(rows []row) []found {
	var out []found
	for _, r := range rows {
		cells := slices.Concat(r.Cells...)
		if i := slices.IndexFunc(cells, func(c *cell) bool { return c.Matched }); i >= 0 {
			out = append(out, found{"#" + cells[i].Anchor, cells[i].Shown()})
		}
	}
	return out
}

package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"demarche/search"
	"demarche/search/highlight"
	"demarche/web/api"
	"demarche/web/locale"
)

// hitView is a hit as the page shows it.
type hitView struct {
	search.Hit
	// Href is the paragraph on the page of its statement, with the query's words
	// marked there too.
	Href string
	// Permalink is the paragraph alone.
	Permalink string
	// Fragments are the text, or of a long one the parts with the matches.
	Fragments    []highlight.Fragment
	Attributions []attributionView
	Others       []versionLink
	// Within is the same query within this statement.
	Within string
}

// versionLink leads to the same passage in another language.
type versionLink struct{ Lang, Href string }

// attributionView is an attribution with its wordings in the language Lang.
type attributionView struct {
	search.Attribution
	Lang   string
	Quotes []search.Assertion
}

// shownText is how many characters of a paragraph a hit shows, about ten lines:
// most paragraphs are shown whole, of longer ones the sentences that match.
const shownText = 700

// Cut reports whether something of the paragraph is left out.
func (h hitView) Cut() bool {
	return slices.ContainsFunc(h.Fragments, func(f highlight.Fragment) bool { return f.CutBefore || f.CutAfter })
}

func newHitView(h *search.Hit, p api.Params, printer *locale.Printer) hitView {
	view := hitView{
		Hit:          *h,
		Href:         statementPath(h.Statement.ID, h.Lang, p, strconv.Itoa(h.Paragraph.Position)),
		Permalink:    api.PassagePage(h.Statement.ID, h.Lang, p.UI, h.Paragraph.Position),
		Fragments:    highlight.Fragments(h.Paragraph.Text, h.Highlights, shownText),
		Attributions: newAttributionViews(h.Paragraph.Attributions, h.Lang),
		Within:       searchPath(p.Only("statement", h.Statement.ID)),
	}
	for _, v := range h.Versions {
		view.Others = append(view.Others, versionLink{v.Lang, statementPath(h.Statement.ID, v.Lang, p, positionOf(v.ID))})
	}
	return view
}

// Title is that of the statement, or its ID where it has none.
func (h hitView) Title() string { return cmp.Or(h.Statement.Title, h.Statement.ID) }

// Shown is the printed number of the paragraph, or its position.
func (h hitView) Shown() string { return shownNumber(h.Paragraph) }

func newAttributionViews(attributions []search.Attribution, lang string) []attributionView {
	return mapped(attributions, func(a search.Attribution) attributionView { return newAttributionView(a, lang) })
}

func newAttributionView(a search.Attribution, lang string) attributionView {
	view := attributionView{Attribution: a, Lang: lang, Quotes: a.Assertions}
	if len(a.Assertions) == 0 {
		view.Quotes = []search.Assertion{{By: a.By, Stance: a.Stance, Strength: a.Strength, Evidence: a.Evidence}}
	}
	return view
}

// statementPath is the page of a statement as it is reached from a search: it
// carries the query, so that its words are marked.
func statementPath(id, lang string, p api.Params, position string) string {
	values := url.Values{}
	for name, value := range map[string]string{"lang": lang, "q": p.Q, "ui": p.UI} {
		if value != "" {
			values.Set(name, value)
		}
	}
	return "/statements/" + url.PathEscape(id) + "?" + values.Encode() + "#p" + position
}

// positionOf is the last part of a paragraph's ID.
func positionOf(paragraphID string) string {
	return paragraphID[strings.LastIndexByte(paragraphID, '.')+1:]
}

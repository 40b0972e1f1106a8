package web

import (
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
	// Because are the reasons why it matched, each with the same question without.
	Because []choice
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
	// StateHref, Parties and Named lead to searches for the same.
	StateHref      string
	Parties, Named []namedLink
	// At is the number of the words in the paragraph that the note stands at, from 1;
	// 0 where nobody asks.
	At int
	// Tied is the number of the first note that stands at the same words.
	Tied int
	// Anchor is the id of the note; "" where nothing refers to it.
	Anchor string
	// Mixed says that not every wording has the parties and the stance of the
	// whole, so that each has to name its own.
	Mixed bool
}

// shownText is how many characters of a paragraph a hit shows, about ten lines:
// most paragraphs are shown whole, of longer ones the sentences that match.
const shownText = 700

// Cut reports whether something of the paragraph is left out.
func (h hitView) Cut() bool {
	return slices.ContainsFunc(h.Fragments, func(f highlight.Fragment) bool { return f.CutBefore || f.CutAfter })
}

func newHitView(h *search.Hit, p api.Params, printer *locale.Printer) hitView {
	// The query goes along, so that its words are marked there too.
	at := func(lang, position string) string {
		return view{Params: p}.path(h.Statement.ID, lang, "") + "#p" + position
	}
	out := hitView{
		Hit:          *h,
		Href:         at(h.Lang, strconv.Itoa(h.Paragraph.Position)),
		Permalink:    api.PassagePage(h.Statement.ID, h.Lang, p.UI, h.Paragraph.Position),
		Fragments:    highlight.Fragments(h.Paragraph.Text, h.Highlights, shownText),
		Attributions: newAttributionViews(h.Paragraph.Attributions, h.Lang, p.UI, printer),
		Within:       searchPath(p.Only("statement", h.Statement.ID)),
	}
	out.Statement = entitled(h.Statement, printer)
	for _, reason := range h.Reasons {
		out.Because = append(out.Because, choice{Name: reason, Href: searchPath(p.LeavingOut(reason))})
	}
	for _, v := range h.Versions {
		out.Others = append(out.Others, versionLink{v.Lang, at(v.Lang, positionOf(v.ID))})
	}
	return out
}

// Shown is the printed number of the paragraph, or its position.
func (h hitView) Shown() string { return shownNumber(h.Paragraph) }

func newAttributionViews(attributions []search.Attribution, lang, ui string, printer *locale.Printer) []attributionView {
	return mapped(attributions, func(a search.Attribution) attributionView {
		v := newAttributionView(a, lang)
		v.link(printer, ui)
		return v
	})
}

func newAttributionView(a search.Attribution, lang string) attributionView {
	view := attributionView{Attribution: a, Lang: lang, Quotes: a.Assertions}
	view.Mixed = slices.ContainsFunc(a.Assertions, func(b search.Assertion) bool {
		return b.Stance != a.Stance || !slices.Equal(b.By, a.By)
	})
	if len(a.Assertions) == 0 {
		view.Quotes = []search.Assertion{{By: a.By, Stance: a.Stance, Strength: a.Strength, Evidence: a.Evidence}}
	}
	return view
}

// namedLink is one of a list; Before is what the list has before it.
type namedLink struct{ Before, Text, Href string }

// link makes what the note names lead to searches.
func (v *attributionView) link(printer *locale.Printer, ui string) {
	only := func(field, value string) string { return searchPath(api.Params{UI: ui}.Only(field, value)) }
	to := func(r search.Relation) string { return only("attribution", r.String()) }
	if v.Attributes() {
		v.StateHref = only("attributed_state", v.State)
		v.Parties = linkList(printer, v.By, func(id string) string { return to(search.Relation{By: id, Whom: v.State}) })
		v.Named = linkList(printer, v.Groups, func(id string) string { return only("group", id) })
		return
	}
	// What is denied is in no other field than that of relations.
	denied := func(whom string) string {
		all := v.Relations()
		return to(all[max(0, slices.IndexFunc(all, func(r search.Relation) bool { return r.Whom == whom }))])
	}
	v.StateHref = denied(v.State)
	v.Parties = linkList(printer, v.By, func(id string) string {
		return to(search.Relation{By: id, Whom: v.State, Stance: search.StanceDenied})
	})
	v.Named = linkList(printer, v.Groups, denied)
}

// linkList is "A, B and C" in parts that lead somewhere.
func linkList(printer *locale.Printer, ids []string, href func(string) string) []namedLink {
	out := make([]namedLink, len(ids))
	for i, id := range ids {
		before := ", "
		switch {
		case i == 0:
			before = ""
		case i == len(ids)-1:
			before = printer.T("list.last", "List", "", "Last", "")
		}
		out[i] = namedLink{before, printer.Name(id), href(id)}
	}
	return out
}

// positionOf is the last part of a paragraph's ID.
func positionOf(paragraphID string) string {
	return paragraphID[strings.LastIndexByte(paragraphID, '.')+1:]
}

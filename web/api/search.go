package api

import (
	"net/url"
	"time"

	"demarche/search"
)

// Words gives names in one language of the interface.
type Words interface {
	// Name is the name of a state, body or threat group.
	Name(id string) string
	// Label is the name of a value of a facet.
	Label(field, value string) string
}

// Where the API and its pages are served.
const (
	SearchPath       = "/api/v1/search"
	AttributionsPath = "/api/v1/attributions"
	SuggestPath      = "/api/v1/suggest"
	StatementPath    = "/api/v1/statements/"
	ParagraphPath    = "/api/v1/paragraphs/"
	DocumentPath     = "/api/v1/openapi.json"
	searchPage       = "/search"
	attributionsPage = "/attributions"
	statementsPage   = "/statements/"
)

// NewSearch is the JSON form of an answer to p that took so long.
func NewSearch(p Params, r *search.Result, words Words, took time.Duration) Search {
	out := Search{
		Query:  newQuery(p, r),
		Total:  Total(r.Total),
		TookMS: float64(took.Microseconds()) / 1000,
		Hits:   each(r.Hits, func(h search.Hit) Hit { return NewHit(&h, words, p.UI) }),
		Facets: make(map[string][]FacetValue, len(r.Facets)),
		Links:  Links{Self: SearchAddress(p), Page: address(searchPage, p.Encode())},
	}
	for _, f := range r.Facets {
		out.Facets[f.Field] = each(f.Values, func(v search.FacetValue) FacetValue {
			return FacetValue{v.Value, words.Label(f.Field, v.Value), v.Count, v.Selected, v.Excluded}
		})
	}
	if next, ok := p.Next(r); ok {
		out.Links.Next = SearchAddress(next)
	}
	return out
}

// SearchAddress is where the API answers p.
func SearchAddress(p Params) string { return address(SearchPath, p.Encode()) }

func newQuery(p Params, r *search.Result) Query {
	out := Query{
		Q: p.Q, ReadAs: r.ReadAs(p.Node), Ignored: list(r.Ignored), Equivalents: []Wording{}, Suggestions: []Suggestion{},
		Cut: each(r.Cut, func(c search.Cut) Cut { return Cut(c) }),
	}
	for _, w := range r.Equivalents {
		out.Equivalents = append(out.Equivalents, Wording(w))
	}
	return out
}

// NewHit is the JSON form of a hit; ui is the language of the interface if one
// was asked for, for the links.
func NewHit(h *search.Hit, words Words, ui string) Hit {
	p := h.Paragraph
	return Hit{
		ID: p.ID, Lang: h.Lang, Position: p.Position, Number: p.Number, Text: p.Text, Passage: p.Passage,
		Highlights:   each(h.Highlights, func(s search.Span) Range { return codePoints(p.Text, s) }),
		Score:        h.Score,
		Reasons:      list(h.Reasons),
		Statement:    newHeader(h.Statement, words),
		Attributions: newAttributions(p),
		Versions:     each(h.Versions, func(v search.PassageVersion) PassageVersion { return PassageVersion(v) }),
		Links: Links{
			Self: address(ParagraphPath+url.PathEscape(p.ID), uiQuery(ui)),
			Page: PassagePage(h.Statement.ID, h.Lang, ui, p.Position),
		},
	}
}

func newHeader(h search.Header, words Words) Header {
	return Header{
		ID: h.ID, Title: h.Title, Date: h.Date, DateProvenance: provenance(h.DateProvenance), Year: h.Date.Year(),
		Kind: h.Kind, URL: h.URL,
		Actors: each(h.Actors, func(a search.Actor) Actor { return Actor{a.ID, ActorName(a, words.Name(a.ID))} }),
	}
}

func address(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}

func uiQuery(ui string) string {
	w := encoder{}
	w.add("ui", ui)
	return w.String()
}

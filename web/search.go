package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"demarche/search"
	"demarche/web/api"
	"demarche/web/locale"
)

// searchPage shows an answer and everything to ask further.
type searchPage struct {
	frame
	Params api.Params
	// ReadAs is the query as it was understood, where that is not what stands
	// in the box.
	ReadAs  string
	Ignored []string
	// Cut are the prefixes that stand for more words than were looked for.
	Cut   []search.Cut
	Total search.Total
	// First and Last are the ranks of the hits on this page.
	First, Last int
	Hits        []hitView
	Chips       []chip
	Chart       []bar
	Sorts       []choice
	Groups      []facetGroup
	// NextPage and FirstPage are "" where this page is the last or the first.
	NextPage, FirstPage string
	// Unfiltered is the same query without filters, "" where there are none.
	Unfiltered string
	JSON       string
	// Attributions counts who attributes what to whom among the hits.
	Attributions string
	Examples     []example
	Formula      *formulaView
	// Suggested are queries with other words where words of this one occur nowhere.
	Suggested []looser
	// Looser are questions that find something where this one finds nothing.
	Looser []looser
}

// choice is one of several ways to show the same.
type choice struct {
	Name, Href string
	Current    bool
}

// hidden is a parameter that a form carries along.
type hidden struct{ Name, Value string }

// search answers /search.
func (s *site) search(c *gin.Context) error {
	p, err := api.ParseParams(c.Request.URL.RawQuery, s.Limits)
	if err != nil {
		return err
	}
	c.Header("X-Robots-Tag", robots(p))
	if s.fresh(c, html, searchPath(p)) {
		return nil
	}
	result, err := s.Engine.Search(c, p.Request())
	if err != nil {
		return err
	}
	setLinkHeader(c, p, result, searchPath)
	page := s.newSearchPage(c, p, result)
	if page.Chips, err = s.chips(c, p, searchPath); err != nil {
		return err
	}
	if page.Formula, err = s.formula(c, p, result); err != nil {
		return err
	}
	if page.Suggested, err = s.suggested(c, p, result); err != nil {
		return err
	}
	if len(result.Hits) == 0 {
		if page.Looser, err = s.looser(c, p); err != nil {
			return err
		}
	}
	c.HTML(http.StatusOK, "search", page)
	return nil
}

func (s *site) newSearchPage(c *gin.Context, p api.Params, r *search.Result) searchPage {
	printer := s.printer(c)
	page := searchPage{
		frame: s.frame(c), Params: p, Total: r.Total, Ignored: r.Ignored, Cut: r.Cut,
		First: p.Rank() + 1, Last: p.Rank() + len(r.Hits),
		Hits:   mapped(r.Hits, func(h search.Hit) hitView { return newHitView(&h, p, printer) }),
		Chart:  chart(p, r.Facets, searchPath),
		Sorts:  sorts(p),
		Groups: facetGroups(p, r.Facets, searchPath, printer),
		JSON:   api.SearchAddress(p),

		Attributions: newLayout(nil).path(api.Params{
			Q: p.Q, Filters: p.Filters, From: p.From, To: p.To, Formulas: p.Formulas, Without: p.Without, UI: p.UI,
		}),
		Examples: examples(printer, p.UI),
	}
	page.Query, page.Robots, page.Canonical = p.Q, robots(p), searchPath(canonical(p))
	page.Hidden = hiddenFields(p)
	switch {
	case p.Q != "":
		page.Title = p.Q
	case p.Filtered():
		page.Title = printer.T("search.filtered")
	default:
		page.Title, page.Section = printer.T("search.everything"), "search"
	}
	if as := r.ReadAs(p.Node); as != p.Q {
		page.ReadAs = as
	}
	if next, ok := p.Next(r); ok {
		page.NextPage = searchPath(next)
	}
	if p.After != nil {
		page.FirstPage = searchPath(p.First())
	}
	if p.Filtered() {
		page.Unfiltered = searchPath(p.Unfiltered())
	}
	return page
}

// robots keeps search engines from storing answers, and from following the
// links of any but the plain list of everything: filters make new addresses
// without end.
func robots(p api.Params) string {
	if p.Node != nil || p.Filtered() || p.Sort != "" {
		return "noindex, nofollow"
	}
	return "noindex, follow"
}

// canonical is p without what changes words around the answer only.
func canonical(p api.Params) api.Params {
	p.UI = ""
	return p
}

// sorts are the orders in which hits can be shown. Relevance needs a query.
func sorts(p api.Params) []choice {
	var out []choice
	for _, order := range []search.Sort{search.Relevance, search.Newest, search.Oldest} {
		if order == search.Relevance && p.Node == nil {
			continue
		}
		to := p.First()
		to.Sort = order
		out = append(out, choice{Name: string(order), Href: searchPath(to), Current: order == p.Order()})
	}
	return out
}

// hiddenFields are the parameters that have no control of their own in the form.
func hiddenFields(p api.Params) []hidden {
	var out []hidden
	for _, f := range p.Filters {
		if slices.Contains(search.Facets, f.Field) {
			continue
		}
		for _, v := range f.Include {
			out = append(out, hidden{f.Field, v})
		}
		for _, v := range f.Exclude {
			out = append(out, hidden{f.Field, "-" + v})
		}
	}
	if p.Sort != "" {
		out = append(out, hidden{"sort", string(p.Sort)})
	}
	if p.Formulas {
		out = append(out, hidden{"formulas", "on"})
	}
	if len(p.Without) > 0 {
		out = append(out, hidden{"without", strings.Join(p.Without, ",")})
	}
	if p.UI != "" {
		out = append(out, hidden{"ui", p.UI})
	}
	return out
}

// example is a search that shows what the query language can do.
type example struct{ Query, Gloss, Href string }

// exampleKeys name the messages "example.KEY.query" and "example.KEY.gloss".
var exampleKeys = []string{"words", "verbatim", "inflected", "near", "prefix", "field"}

func examples(printer *locale.Printer, ui string) []example {
	return mapped(exampleKeys, func(key string) example {
		query := printer.T("example." + key + ".query")
		return example{
			Query: query, Gloss: printer.T("example." + key + ".gloss"),
			Href: searchPath(api.Params{Q: query, UI: ui}),
		}
	})
}

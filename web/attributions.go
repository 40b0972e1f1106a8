package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"demarche/search"
	"demarche/web/api"
	"demarche/web/locale"
)

// attributionsPage says who holds whom responsible, year by year: as a picture and
// as a table, each number of which leads to the paragraphs it counts.
type attributionsPage struct {
	frame
	Params api.Params
	View   layout
	Total  search.Total
	Chips  []chip
	Chart  []bar
	Groups []facetGroup
	// Switches are the ways to lay out and to count.
	Switches      []layoutSwitch
	Flow          *flow
	Table, Denied *table
	// Paragraphs are all that is counted, Matching all that the question finds;
	// Unfiltered is the page without filters, "" where there are none, and Plain the
	// page in the usual layout.
	Paragraphs, Matching, Unfiltered, Plain string
	JSON                                    string
}

// attributions answers /attributions.
func (s *site) attributions(c *gin.Context) error {
	values, err := api.ParseValues(c.Request.URL.RawQuery, attributionsParameters())
	if err != nil {
		return err
	}
	p, err := api.ReadParams(values, s.Limits)
	if err != nil {
		return err
	}
	l := newLayout(values)
	c.Header("X-Robots-Tag", robots(p))
	if s.fresh(c, html, l.path(p)) {
		return nil
	}
	page, err := s.newAttributionsPage(c, p, l)
	if err != nil {
		return err
	}
	c.HTML(http.StatusOK, "attributions", page)
	return nil
}

func (s *site) newAttributionsPage(c *gin.Context, p api.Params, l layout) (*attributionsPage, error) {
	found, err := s.findings(c, p)
	if err != nil {
		return nil, err
	}
	printer := s.printer(c)
	page := &attributionsPage{
		frame: s.frame(c), Params: p, View: l, Total: found.total,
		Chart:      chart(p, found.facets, l.path),
		Groups:     facetGroups(p, found.facets, l.path, printer),
		Switches:   l.switches(p),
		Flow:       newFlow(found, l, printer),
		Table:      newTable(found, l, printer),
		Denied:     newDeniedTable(found, l, printer),
		Paragraphs: searchPath(p.Attributing()), Matching: searchPath(p), Plain: newLayout(nil).path(p),
		JSON: api.AttributionsAddress(p),
	}
	page.Title, page.Section, page.Action = printer.T("attributions.title"), "attributions", "/attributions"
	page.Query, page.Robots, page.Canonical = p.Q, robots(p), l.path(canonical(p))
	page.Hidden = slices.Concat(hiddenFields(p), l.hidden())
	if p.Filtered() {
		page.Unfiltered = l.path(p.Unfiltered())
	}
	page.Chips, err = s.chips(c, p, l.path)
	return page, err
}

// findings is what the engine counts for the page.
type findings struct {
	params api.Params
	// total and facets are of the hits that hold a state responsible.
	total  search.Total
	facets []search.Facet
	counts countsByYear
}

// countsByYear holds totals by field, value and year.
type countsByYear map[yearOf]search.Total

type yearOf struct {
	field, value string
	year         int
}

func (s *site) findings(ctx context.Context, p api.Params) (*findings, error) {
	r := p.Attributing().Request()
	r.Size, r.Facets = 0, search.Facets
	result, err := s.Engine.Search(ctx, r)
	if err != nil {
		return nil, err
	}
	counts, err := s.Engine.ByYear(ctx, r, "attributed_state", "attributed_by", "group", "year")
	if err != nil {
		return nil, err
	}
	// Of what is denied, other hits may tell too.
	relations, err := s.Engine.ByYear(ctx, p.Request(), "attribution")
	if err != nil {
		return nil, err
	}
	found := &findings{params: p, total: result.Total, facets: withoutNone(p, result.Facets), counts: countsByYear{}}
	for _, c := range slices.Concat(counts, relations) {
		found.counts[yearOf{c.Field, c.Value, c.Year}] = c.Total
	}
	return found, nil
}

// withoutNone leaves out of a facet the choice of no attribution, which the page
// itself excludes, unless the reader asked for it.
func withoutNone(p api.Params, facets []search.Facet) []search.Facet {
	out := slices.Clone(facets)
	for i, f := range out {
		if f.Field == "attributed_state" && !includes(p, f.Field, search.NoValue) {
			out[i].Values = slices.DeleteFunc(slices.Clone(f.Values), func(v search.FacetValue) bool { return v.Value == search.NoValue })
		}
	}
	return out
}

// relations are those counted that the page shows, of states or of groups, with the
// years they have: in a stance, or with "" the pairs that are not denied. Of these a
// pair is in one stance only where the question asks for it so.
func (f *findings) relations(ofState bool, stance search.Stance) map[search.Relation][]int {
	out := map[search.Relation][]int{}
	for at := range f.counts {
		r, ok := search.ParseRelation(at.value)
		if !ok || at.field != "attribution" || r.OfState() != ofState {
			continue
		}
		shown := r.Stance == stance && f.params.ShowsStance(r)
		if stance == "" && r.Stance != search.StanceDenied {
			shown = f.params.Shows(r) && (r.Stance == "" || f.asksFor(r))
		}
		if shown {
			out[r] = append(out[r], at.year)
		}
	}
	return out
}

// asksFor reports whether the question names just this relation, and not its pair.
func (f *findings) asksFor(r search.Relation) bool {
	pair := search.Relation{By: r.By, Whom: r.Whom}
	return slices.ContainsFunc(f.params.Filters, func(g search.Filter) bool {
		return g.Field == "attribution" && slices.Contains(g.Include, r.String()) && !slices.Contains(g.Include, pair.String())
	})
}

// count is of the hits in which a relation occurs in a year.
func (f *findings) count(r search.Relation, year int) search.Total {
	return f.counts[yearOf{"attribution", r.String(), year}]
}

// countOwn is of those of count in which the party speaks in its own name; what it
// denies nobody reports.
func (f *findings) countOwn(r search.Relation, year int) search.Total {
	switch r.Stance {
	case search.StanceReported:
		return search.Total{}
	case "":
		r.Stance = search.StanceOwn
	}
	return f.count(r, year)
}

// yearsOf are those that have hits with a value.
func (f *findings) yearsOf(field, value string) []int {
	var years []int
	for at := range f.counts {
		if at.field == field && at.value == value {
			years = append(years, at.year)
		}
	}
	return years
}

// apiAttributions answers /api/v1/attributions.
func (s *site) apiAttributions(c *gin.Context) error {
	values, err := api.ParseValues(c.Request.URL.RawQuery, api.AttributionParameters)
	if err != nil {
		return err
	}
	p, err := api.ReadParams(values, s.Limits)
	if err != nil {
		return err
	}
	if s.fresh(c, api.MediaType, api.AttributionsAddress(p)) {
		return nil
	}
	r := p.Attributing().Request()
	r.Size, r.Facets = 0, nil
	result, err := s.Engine.Search(c, r)
	if err != nil {
		return err
	}
	counts, err := s.Engine.ByYear(c, p.Request(), "attribution")
	if err != nil {
		return err
	}
	return s.json(c, api.NewAttributions(p, result, counts, named{s.printer(c)}))
}

// named names parties of attributions, which may not be known.
type named struct{ *locale.Printer }

func (n named) Name(id string) string { return n.Party(id) }

package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

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
	// Unfiltered is the page without filters, "" where there are none.
	Paragraphs, Matching, Unfiltered string
	JSON                             string
}

// layout is how picture and table are made, as it stands in the address.
type layout struct {
	// Rows is what the rows are grouped by: "state", "party" or "group".
	Rows string
	// Unit is what is counted: "paragraphs", "passages" or "statements".
	Unit string
	// Stance is which attributions are counted: "both", "own" or "reported".
	Stance string
}

// layoutSwitch is a choice of the layout with the pages that it leads to.
type layoutSwitch struct {
	Name    string
	Choices []choice
}

// layoutParameters are the choices of a layout: the name in the address, the values,
// of which the first is the default, and where the one chosen is kept.
var layoutParameters = []struct {
	name   string
	values []string
	of     func(*layout) *string
}{
	{"rows", []string{"state", "party", "group"}, func(l *layout) *string { return &l.Rows }},
	{"count", []string{"paragraphs", "passages", "statements"}, func(l *layout) *string { return &l.Unit }},
	{"stance", []string{"both", "own", "reported"}, func(l *layout) *string { return &l.Stance }},
}

// attributionsParameters are those of the page.
func attributionsParameters() []api.Parameter {
	all := slices.Clone(api.AttributionParameters)
	for _, p := range layoutParameters {
		pattern := regexp.MustCompile("^(" + strings.Join(p.values, "|") + ")$")
		all = append(all, api.Parameter{Name: p.name, Pattern: pattern, Example: p.values[1]})
	}
	return all
}

// newLayout reads what [attributionsParameters] allow.
func newLayout(values url.Values) layout {
	var l layout
	for _, p := range layoutParameters {
		*p.of(&l) = cmp.Or(values.Get(p.name), p.values[0])
	}
	return l
}

// switches lead to each layout that differs from l in one choice.
func (l layout) switches(p api.Params) []layoutSwitch {
	var out []layoutSwitch
	for _, parameter := range layoutParameters {
		s := layoutSwitch{Name: parameter.name}
		for _, value := range parameter.values {
			other := l
			*parameter.of(&other) = value
			s.Choices = append(s.Choices, choice{value, other.path(p), other == l})
		}
		out = append(out, s)
	}
	return out
}

// stance is the one whose relations are counted: "" for pairs in any.
func (l layout) stance() search.Stance {
	if l.Stance == "both" {
		return ""
	}
	return search.Stance(l.Stance)
}

// of is the number that is shown of a total.
func (l layout) of(t search.Total) int {
	switch l.Unit {
	case "passages":
		return t.Passages
	case "statements":
		return t.Statements
	}
	return t.Paragraphs
}

// path is the page in this layout; what is default is left out.
func (l layout) path(p api.Params) string {
	values, err := url.ParseQuery(p.Encode())
	if err != nil { // what Encode writes can be read
		return "/attributions"
	}
	for _, h := range l.hidden() {
		values.Set(h.Name, h.Value)
	}
	if len(values) == 0 {
		return "/attributions"
	}
	return "/attributions?" + values.Encode()
}

// hidden are the parameters of the layout that are not default, which forms carry along.
func (l layout) hidden() []hidden {
	var out []hidden
	for _, p := range layoutParameters {
		if value := *p.of(&l); value != p.values[0] {
			out = append(out, hidden{p.name, value})
		}
	}
	return out
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
		Paragraphs: searchPath(p.Attributing()), Matching: searchPath(p),
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

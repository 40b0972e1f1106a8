package web

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/collate"

	"demarche/search"
	"demarche/web/api"
	"demarche/web/locale"
)

// facetGroup is the values of one field, to choose from.
type facetGroup struct {
	Field string
	// Values are shown at once, the most frequent first; More are folded away,
	// in the order of a dictionary.
	Values, More []facetOption
}

// Long says that More are too many to look through at a glance.
func (g facetGroup) Long() bool { return len(g.More) > 2*shownValues }

// facetOption is a value with its checkbox. One that is excluded has a checked
// box that keeps it excluded.
type facetOption struct {
	Field, Value, Label string
	Count               int
	Chosen, Excluded    bool
	// Exclude and Only lead to the page without this value, or with it alone.
	Exclude, Only string
}

// shownValues is how many values of a field are shown before the rest is
// folded away: what fits beside three or four hits.
const shownValues = 8

// facetGroups are the facets that have anything to choose, in their order.
func facetGroups(p api.Params, facets []search.Facet, at place, printer *locale.Printer) []facetGroup {
	var groups []facetGroup
	for _, f := range facets {
		if offersChoice(f) {
			groups = append(groups, newGroup(p, f, at, printer))
		}
	}
	return groups
}

func newGroup(p api.Params, f search.Facet, at place, printer *locale.Printer) facetGroup {
	options := mapped(f.Values, func(v search.FacetValue) facetOption { return newOption(p, f.Field, v, at, printer) })
	if f.Field == "year" { // years stay in their order
		return folded(f.Field, options)
	}
	c := printer.Collator()
	order(options, c)
	g := folded(f.Field, options)
	slices.SortFunc(g.More, func(a, b facetOption) int { return c.CompareString(a.Label, b.Label) })
	return g
}

// order puts the most frequent values first, those of one count in the order of
// their labels, and the absence of a value last.
func order(options []facetOption, c *collate.Collator) {
	slices.SortStableFunc(options, func(a, b facetOption) int {
		switch {
		case a.absent():
			return 1
		case b.absent():
			return -1
		}
		return cmp.Or(b.Count-a.Count, c.CompareString(a.Label, b.Label))
	})
}

// folded shows the first values and all that are chosen, and folds the rest.
// One value is not worth folding.
func folded(field string, options []facetOption) facetGroup {
	g := facetGroup{Field: field}
	for i, o := range options {
		if i < shownValues || o.Chosen || len(options) == shownValues+1 {
			g.Values = append(g.Values, o)
		} else {
			g.More = append(g.More, o)
		}
	}
	return g
}

// offersChoice reports whether there is anything to choose: more than the
// absence of a value, unless that is chosen.
func offersChoice(f search.Facet) bool {
	return slices.ContainsFunc(f.Values, func(v search.FacetValue) bool {
		return v.Value != search.NoValue || v.Selected || v.Excluded
	})
}

func (o facetOption) absent() bool { return strings.TrimPrefix(o.Value, "-") == search.NoValue }

func newOption(p api.Params, field string, v search.FacetValue, at place, printer *locale.Printer) facetOption {
	o := facetOption{
		Field: field, Value: v.Value, Label: printer.Label(field, v.Value), Count: v.Count,
		Chosen: v.Selected || v.Excluded, Excluded: v.Excluded,
		Only: at(p.Only(field, v.Value)),
	}
	if v.Excluded {
		o.Value = "-" + v.Value
	} else {
		o.Exclude = at(p.Adding(field, "-"+v.Value))
	}
	return o
}

package web

import (
	"slices"

	"demarche/search"
	"demarche/web/api"
	"demarche/web/locale"
)

// facetGroup is the values of one field, to choose from.
type facetGroup struct {
	Field string
	// Values are shown at once; More are folded away.
	Values, More []facetOption
	// Open unfolds More from the start, because something in it is chosen.
	Open bool
}

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
func facetGroups(p api.Params, facets []search.Facet, printer *locale.Printer) []facetGroup {
	var groups []facetGroup
	for _, f := range facets {
		if !offersChoice(f) {
			continue
		}
		g := facetGroup{Field: f.Field}
		for i, v := range f.Values {
			option := newOption(p, f.Field, v, printer)
			if i < shownValues || len(f.Values) == shownValues+1 {
				g.Values = append(g.Values, option)
				continue
			}
			g.More = append(g.More, option)
			g.Open = g.Open || option.Chosen
		}
		groups = append(groups, g)
	}
	return groups
}

// offersChoice reports whether there is anything to choose: more than the
// absence of a value, unless that is chosen.
func offersChoice(f search.Facet) bool {
	return slices.ContainsFunc(f.Values, func(v search.FacetValue) bool {
		return v.Value != search.NoValue || v.Selected || v.Excluded
	})
}

func newOption(p api.Params, field string, v search.FacetValue, printer *locale.Printer) facetOption {
	o := facetOption{
		Field: field, Value: v.Value, Label: printer.Label(field, v.Value), Count: v.Count,
		Chosen: v.Selected || v.Excluded, Excluded: v.Excluded,
		Only: searchPath(p.Only(field, v.Value)),
	}
	if v.Excluded {
		o.Value = "-" + v.Value
	} else {
		o.Exclude = searchPath(p.Adding(field, "-"+v.Value))
	}
	return o
}

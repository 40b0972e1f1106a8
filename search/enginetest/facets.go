package enginetest

import (
	"cmp"
	"slices"
	"strconv"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"demarche/search"
)

// facets counts each facet anew from plain hits: of the request without the
// filter of the facet's own field, and of the query alone for the values that
// are to be listed.
func facets(t *testing.T, e search.Engine) {
	for _, q := range variety {
		for _, filters := range [][]search.Filter{
			nil,
			{{Field: "attributed_state", Include: []string{"RU"}}},
			{{Field: "attributed_state", Include: []string{"RU", "KP"}}, {Field: "lang", Exclude: []string{"fr"}}},
			{{Field: "year", Include: []string{search.NoValue, "2018"}}},
			{{Field: "group", Exclude: []string{"apt28"}}, {Field: "kind", Include: []string{"statement"}}},
			{{Field: "actor", Include: []string{"nobody"}}},
			{{Field: "statement", Include: []string{"tallinn-2024-05-03"}}},
			{{Field: "attributed_by", Exclude: []string{search.NoValue}}},
			{{Field: "attribution", Include: []string{"NO:CN", "DE:RU:own"}}},
		} {
			for _, from := range []search.Date{"", "2021"} {
				checkFacets(t, e, search.Request{Query: node(t, q), Filters: filters, From: from, Facets: search.Facets})
			}
		}
	}
}

func checkFacets(t *testing.T, e search.Engine, r search.Request) {
	t.Helper()
	for i, got := range answer(t, e, r).Facets {
		field := r.Facets[i]
		if got.Field != field {
			t.Fatalf("%s: facet %d is %s, want %s", describe(r), i, got.Field, field)
		}
		if d := gocmp.Diff(recount(t, e, r, field), got.Values, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%s: %s: -counted +answered\n%s", describe(r), field, d)
		}
	}
}

// recount is what the facet of a field has to be.
func recount(t *testing.T, e search.Engine, r search.Request, field string) []search.FacetValue {
	var filter search.Filter
	others := slices.DeleteFunc(slices.Clone(r.Filters), func(f search.Filter) bool {
		if f.Field == field {
			filter = f
		}
		return f.Field == field
	})
	counts := map[string]int{}
	for _, h := range allHits(t, e, search.Request{Query: r.Query, Size: search.MaxSize}) {
		for _, v := range valuesOf(h, field) {
			counts[v] += 0
		}
	}
	for _, v := range slices.Concat(filter.Include, filter.Exclude) {
		counts[v] += 0
	}
	for _, h := range allHits(t, e, search.Request{Query: r.Query, Filters: others, From: r.From, To: r.To, Size: search.MaxSize}) {
		for _, v := range valuesOf(h, field) {
			counts[v]++
		}
	}
	var values []search.FacetValue
	for v, n := range counts {
		selected, excluded := slices.Contains(filter.Include, v), slices.Contains(filter.Exclude, v)
		if v != search.NoValue || n > 0 || selected || excluded {
			values = append(values, search.FacetValue{Value: v, Count: n, Selected: selected, Excluded: excluded})
		}
	}
	slices.SortFunc(values, func(a, b search.FacetValue) int {
		switch {
		case a.Value == search.NoValue:
			return 1
		case b.Value == search.NoValue:
			return -1
		case field == "year":
			return cmp.Compare(b.Value, a.Value)
		}
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return values
}

// valuesOf are the values of a hit in a field, each once; NoValue where there
// are none.
func valuesOf(h search.Hit, field string) []string {
	var values []string
	switch field {
	case "actor":
		for _, a := range h.Statement.Actors {
			values = append(values, a.ID)
		}
	case "year":
		if y := h.Statement.Date.Year(); y != 0 {
			values = append(values, strconv.Itoa(y))
		}
	case "lang":
		values = append(values, h.Lang)
	case "kind":
		if h.Statement.Kind != "" {
			values = append(values, h.Statement.Kind)
		}
	case "attributed_state", "attributed_by", "group":
		for _, a := range h.Paragraph.Attributions {
			if !a.Attributes() {
				continue
			}
			values = append(values, map[string][]string{
				"attributed_state": {a.State}, "attributed_by": a.By, "group": a.Groups,
			}[field]...)
		}
	case "attribution":
		for _, a := range h.Paragraph.Attributions {
			values = append(values, relationsOf(a)...)
		}
	}
	slices.Sort(values)
	values = slices.Compact(values)
	if len(values) == 0 {
		return []string{search.NoValue}
	}
	return values
}

// relationsOf spells out the values of an attribution in the field of that name: those
// of each wording, or of the whole where no wordings are given.
func relationsOf(a search.Attribution) []string {
	var values []string
	for _, w := range a.Assertions {
		one := search.Attribution{State: a.State, By: w.By, Groups: w.Groups, Stance: w.Stance}
		values = append(values, relationsOf(one)...)
	}
	if len(values) > 0 {
		return values
	}
	by := a.By
	if len(by) == 0 {
		by = []string{search.NoValue}
	}
	for _, party := range by {
		for _, whom := range append([]string{a.State}, a.Groups...) {
			pair := party + ":" + whom
			values = append(values, pair+":"+string(a.Stance))
			if a.Stance == search.StanceOwn || a.Stance == search.StanceReported {
				values = append(values, pair)
			}
		}
	}
	return values
}

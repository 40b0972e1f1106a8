package memindex

import (
	"cmp"
	"maps"
	"slices"

	"demarche/search"
)

// facets counts the fields that r asks for over the paragraphs that match its
// query.
func facets(r search.Request, candidates []candidate) []search.Facet {
	var all []search.Facet
	for _, field := range r.Facets {
		all = append(all, search.Facet{Field: field, Values: facetValues(r, field, candidates)})
	}
	return all
}

func facetValues(r search.Request, field string, candidates []candidate) []search.FacetValue {
	var filter search.Filter
	if i := slices.IndexFunc(r.Filters, func(f search.Filter) bool { return f.Field == field }); i >= 0 {
		filter = r.Filters[i]
	}
	counts := counts(field, candidates)
	for _, v := range slices.Concat(filter.Include, filter.Exclude) {
		counts[v] += 0
	}
	var values []search.FacetValue
	for _, v := range slices.Sorted(maps.Keys(counts)) {
		value := search.FacetValue{
			Value:    v,
			Count:    counts[v],
			Selected: slices.Contains(filter.Include, v),
			Excluded: slices.Contains(filter.Exclude, v),
		}
		if v == search.NoValue && value.Count == 0 && !value.Selected && !value.Excluded {
			continue
		}
		values = append(values, value)
	}
	slices.SortStableFunc(values, func(a, b search.FacetValue) int { return compareValues(field, a, b) })
	return values
}

// counts are the paragraphs of each value of field that pass all filters but
// that of the field itself; 0 for a value of paragraphs that do not.
func counts(field string, candidates []candidate) map[string]int {
	counts := map[string]int{}
	for _, c := range candidates {
		passes := !slices.ContainsFunc(c.fails, func(f string) bool { return f != field })
		values := c.Values[field]
		if len(values) == 0 {
			values = []string{search.NoValue}
		}
		for _, v := range values {
			n := 0
			if passes {
				n = 1
			}
			counts[v] += n
		}
	}
	return counts
}

// compareValues orders by count and value, years by year alone, newest first;
// the entry for no value is last.
func compareValues(field string, a, b search.FacetValue) int {
	if last := compareBool(a.Value == search.NoValue, b.Value == search.NoValue); last != 0 {
		return last
	}
	if field == "year" {
		return cmp.Compare(b.Value, a.Value)
	}
	return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
}

func compareBool(a, b bool) int {
	switch {
	case a && !b:
		return 1
	case b && !a:
		return -1
	}
	return 0
}

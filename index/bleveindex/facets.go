package bleveindex

import (
	"cmp"
	"slices"

	"demarche/search"
)

// facets counts fields over what the collector has seen.
func (k *collector) facets(r search.Request) []search.Facet {
	var out []search.Facet
	for _, field := range r.Facets {
		out = append(out, search.Facet{Field: field, Values: k.count(field).values(filterOf(r, field))})
	}
	return out
}

func filterOf(r search.Request, field string) search.Filter {
	for _, f := range r.Filters {
		if f.Field == field {
			return f
		}
	}
	return search.Filter{Field: field}
}

// A fieldCount counts the paragraphs of each value of a field.
type fieldCount struct {
	column *valueColumn
	counts []int // by number of the value
	// found are the values of paragraphs that match the query, whether or not
	// the filters let them pass.
	found []bool
	// none counts the paragraphs without a value.
	none int
}

// count spreads the counts of profiles over the values of a field. Paragraphs
// that fail the filter of this field and no other count too.
func (k *collector) count(field string) fieldCount {
	column := k.columns.Profiles.field(field)
	c := fieldCount{column: column, counts: make([]int, len(column.Values)), found: make([]bool, len(column.Values))}
	own := failsField(field)
	for _, p := range k.seen {
		n := 0
		if k.fails[p]&^own == 0 {
			n = int(k.counts[p])
		}
		values := column.of(p)
		if len(values) == 0 {
			c.none += n
		}
		for _, v := range values {
			c.counts[v] += n
			c.found[v] = true
		}
	}
	return c
}

// values lists what was found or is chosen by f, in the order of a facet.
func (c fieldCount) values(f search.Filter) []search.FacetValue {
	var out []search.FacetValue
	add := func(value string, count int) {
		out = append(out, search.FacetValue{
			Value: value, Count: count,
			Selected: slices.Contains(f.Include, value), Excluded: slices.Contains(f.Exclude, value),
		})
	}
	for n, found := range c.found {
		if found {
			add(c.column.Values[n], c.counts[n])
		}
	}
	for _, v := range chosen(f) {
		if n, ok := slices.BinarySearch(c.column.Values, v); v != search.NoValue && !(ok && c.found[n]) {
			add(v, 0)
		}
	}
	slices.SortFunc(out, func(a, b search.FacetValue) int { return compareValues(f.Field, a, b) })
	if c.none > 0 || slices.Contains(chosen(f), search.NoValue) {
		add(search.NoValue, c.none)
	}
	return out
}

// chosen are the values that f includes or excludes, each once.
func chosen(f search.Filter) []string {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(f.Include, f.Exclude))))
}

// compareValues orders by count, then value; years by year, newest first.
func compareValues(field string, a, b search.FacetValue) int {
	if field == "year" {
		return cmp.Compare(b.Value, a.Value)
	}
	return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
}

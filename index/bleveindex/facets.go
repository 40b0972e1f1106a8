package bleveindex

import (
	"cmp"
	"math/bits"
	"slices"

	"demarche/search"
)

// facets counts the fields that r asks for over what the collector has seen.
func (k *collector) facets(r search.Request) []search.Facet {
	if len(r.Facets) == 0 {
		return nil
	}
	counts := k.countValues()
	var out []search.Facet
	for _, name := range r.Facets {
		f := k.columns.Profiles.field(name)
		out = append(out, search.Facet{Field: name, Values: counts.list(f, filterOf(r, name))})
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

// valueCounts are the paragraphs of each value, by its number: those that pass
// the filters of all other fields.
type valueCounts struct {
	paragraphs []int
	// found are values of paragraphs that match the query and fail a filter.
	found []bool
}

// countValues spreads the counts of profiles over values. A profile that fails
// the filter of one field counts for this field only.
func (k *collector) countValues() valueCounts {
	p := &k.columns.Profiles
	c := valueCounts{make([]int, p.values()), make([]bool, p.values())}
	for _, profile := range k.seen {
		n, numbers := int(k.counts[profile]), p.numbers(profile)
		if k.fails[profile] == 0 {
			for _, v := range numbers {
				c.paragraphs[v] += n
			}
			continue
		}
		only := k.fails[profile].only(p)
		for _, v := range numbers {
			c.found[v] = true
			if only != nil && only.has(v) {
				c.paragraphs[v] += n
			}
		}
	}
	return c
}

// only is the field whose filter fails where no other does.
func (f failures) only(p *profiles) *field {
	if f == failsDate || f&(f-1) != 0 {
		return nil
	}
	return &p.Fields[bits.TrailingZeros16(uint16(f))]
}

// list has the values of f that were found or are chosen by filter, in the
// order of a facet.
func (c valueCounts) list(f *field, filter search.Filter) []search.FacetValue {
	chosen := slices.Concat(filter.Include, filter.Exclude)
	var out []search.FacetValue
	add := func(value string, paragraphs int) {
		out = append(out, search.FacetValue{
			Value: value, Count: paragraphs,
			Selected: slices.Contains(filter.Include, value), Excluded: slices.Contains(filter.Exclude, value),
		})
	}
	for i, v := range f.Values[1:] {
		n := f.First + 1 + uint32(i)
		if c.paragraphs[n] > 0 || c.found[n] || slices.Contains(chosen, v) {
			add(v, c.paragraphs[n])
		}
	}
	for _, v := range slices.Compact(slices.Sorted(slices.Values(chosen))) {
		if _, known := f.number(v); !known {
			add(v, 0)
		}
	}
	slices.SortFunc(out, func(a, b search.FacetValue) int { return compareValues(f.Name, a, b) })
	if none := c.paragraphs[f.First]; none > 0 || slices.Contains(chosen, search.NoValue) {
		add(search.NoValue, none)
	}
	return out
}

// compareValues orders by count, then value; years by year, newest first.
func compareValues(field string, a, b search.FacetValue) int {
	if field == "year" {
		return cmp.Compare(b.Value, a.Value)
	}
	return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
}

package bleveindex

import (
	"slices"

	"demarche/search"
)

// failures are the filters of a request that a profile does not pass: a bit
// each, in the order of search.Fields, and one for the dates.
type failures uint16

const failsDate failures = 1 << 15

// failsField is the bit of a field of search.Fields.
func failsField(field string) failures { return 1 << slices.Index(search.Fields, field) }

// A fieldFilter is a filter with its values as numbers.
type fieldFilter struct {
	column *valueColumn
	fails  failures
	// choosy filters include something.
	choosy             bool
	included, excluded []bool // by number of the value
	// noneIncluded and noneExcluded are for profiles without a value.
	noneIncluded, noneExcluded bool
}

func newFieldFilter(p *profiles, f search.Filter) fieldFilter {
	c := p.field(f.Field)
	return fieldFilter{
		column:       c,
		fails:        failsField(f.Field),
		choosy:       len(f.Include) > 0,
		included:     c.numbered(f.Include),
		excluded:     c.numbered(f.Exclude),
		noneIncluded: slices.Contains(f.Include, search.NoValue),
		noneExcluded: slices.Contains(f.Exclude, search.NoValue),
	}
}

// numbered marks the given values.
func (c *valueColumn) numbered(values []string) []bool {
	marks := make([]bool, len(c.Values))
	for _, v := range values {
		if i, ok := slices.BinarySearch(c.Values, v); ok {
			marks[i] = true
		}
	}
	return marks
}

func (f *fieldFilter) passes(profile uint32) bool {
	values := f.column.of(profile)
	if len(values) == 0 {
		return (!f.choosy || f.noneIncluded) && !f.noneExcluded
	}
	included := !f.choosy
	for _, v := range values {
		if f.excluded[v] {
			return false
		}
		included = included || f.included[v]
	}
	return included
}

// filters are all filters of a request.
type filters struct {
	fields []fieldFilter
	// dates says which dates are within the bounds, by number; nil without
	// bounds.
	dates    []bool
	profiles *profiles
}

func newFilters(p *profiles, r search.Request) filters {
	f := filters{profiles: p}
	for _, filter := range r.Filters {
		f.fields = append(f.fields, newFieldFilter(p, filter))
	}
	if r.From != "" || r.To != "" {
		for _, d := range p.Dates {
			f.dates = append(f.dates, d.Within(r.From, r.To))
		}
	}
	return f
}

func (f *filters) failures(profile uint32) (fails failures) {
	for i := range f.fields {
		if !f.fields[i].passes(profile) {
			fails |= f.fields[i].fails
		}
	}
	if f.dates != nil && !f.dates[f.profiles.Date[profile]] {
		fails |= failsDate
	}
	return fails
}

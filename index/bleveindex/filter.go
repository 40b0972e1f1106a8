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
	field *field
	fails failures
	// included has every value where the filter includes none.
	included, excluded []bool
}

func newFieldFilter(p *profiles, filter search.Filter) fieldFilter {
	f := p.field(filter.Field)
	out := fieldFilter{
		field:    f,
		fails:    failsField(filter.Field),
		included: f.marks(filter.Include),
		excluded: f.marks(filter.Exclude),
	}
	if len(filter.Include) == 0 {
		out.included = f.marks(f.Values)
	}
	return out
}

// marks says of each value of the field whether it is among values.
func (f *field) marks(values []string) []bool {
	marks := make([]bool, len(f.Values))
	for _, v := range values {
		if n, ok := f.number(v); ok {
			marks[n-f.First] = true
		}
	}
	return marks
}

// passes decides on the values of a profile.
func (f *fieldFilter) passes(numbers []uint32) bool {
	included := false
	for _, n := range numbers {
		if !f.field.has(n) {
			continue
		}
		if f.excluded[n-f.field.First] {
			return false
		}
		included = included || f.included[n-f.field.First]
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
		if !f.fields[i].passes(f.profiles.numbers(profile)) {
			fails |= f.fields[i].fails
		}
	}
	if f.dates != nil && !f.dates[f.profiles.Date[profile]] {
		fails |= failsDate
	}
	return fails
}

package search

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// YearCount counts the hits of one year that have a value in a field.
type YearCount struct {
	Field, Value string
	// Year is 0 where the date is unknown.
	Year  int
	Total Total
}

// ValidateYears reports what no engine could count in [Engine].ByYear, as an
// [*InvalidError].
func (r Request) ValidateYears(fields []string) error {
	if err := r.Validate(); err != nil {
		return err
	}
	for _, f := range fields {
		if !slices.Contains(Fields, f) {
			return &InvalidError{"fields", fmt.Sprintf("%q is no field: choose of %s", f, strings.Join(Fields, ", "))}
		}
	}
	return nil
}

// SortYearCounts orders counts by field as in fields, by value, and by year, the
// unknown one last.
func SortYearCounts(counts []YearCount, fields []string) {
	unknown := func(c YearCount) int {
		if c.Year == 0 {
			return 1
		}
		return 0
	}
	slices.SortFunc(counts, func(a, b YearCount) int {
		return cmp.Or(
			cmp.Compare(slices.Index(fields, a.Field), slices.Index(fields, b.Field)),
			cmp.Compare(a.Value, b.Value),
			cmp.Compare(unknown(a), unknown(b)),
			cmp.Compare(a.Year, b.Year))
	})
}

package search

import (
	"fmt"
	"slices"
	"strings"
)

// Validate reports what no engine could answer in r, as an [*InvalidError].
// Values of filters are not judged: one that nothing has finds nothing.
func (r Request) Validate() error {
	for _, check := range []func(Request) error{validSize, validSort, validFilters, validFacets, validDates, validWithout} {
		if err := check(r); err != nil {
			return err
		}
	}
	return nil
}

func validSize(r Request) error {
	if r.Size < 0 || r.Size > MaxSize {
		return &InvalidError{"size", fmt.Sprintf("%d is not a number of hits from 0 to %d", r.Size, MaxSize)}
	}
	return nil
}

func validSort(r Request) error {
	if !slices.Contains([]Sort{"", Relevance, Newest, Oldest}, r.Sort) {
		return &InvalidError{"sort", fmt.Sprintf("%q is no order: choose %s, %s or %s", r.Sort, Relevance, Newest, Oldest)}
	}
	return nil
}

func validFilters(r Request) error {
	for i, f := range r.Filters {
		if !slices.Contains(Fields, f.Field) {
			return &InvalidError{"filter", fmt.Sprintf("%q is no field: choose one of %s", f.Field, strings.Join(Fields, ", "))}
		}
		if slices.ContainsFunc(r.Filters[:i], func(g Filter) bool { return g.Field == f.Field }) {
			return &InvalidError{"filter", fmt.Sprintf("%q is filtered twice: put its values into one filter", f.Field)}
		}
	}
	return nil
}

func validFacets(r Request) error {
	for i, f := range r.Facets {
		if !slices.Contains(Facets, f) {
			return &InvalidError{"facets", fmt.Sprintf("%q is no facet: choose of %s", f, strings.Join(Facets, ", "))}
		}
		if slices.Contains(r.Facets[:i], f) {
			return &InvalidError{"facets", fmt.Sprintf("%q is asked for twice", f)}
		}
	}
	return nil
}

func validDates(r Request) error {
	for _, bound := range []struct {
		name string
		date Date
	}{{"from", r.From}, {"to", r.To}} {
		if bound.date == "" {
			continue
		}
		if _, err := ParseDate(string(bound.date)); err != nil {
			return &InvalidError{bound.name, err.Error()}
		}
	}
	if r.From != "" && r.To != "" && r.From.First() > r.To.Last() {
		return &InvalidError{"from", fmt.Sprintf("%s is after %s: no date is within", r.From, r.To)}
	}
	return nil
}

func validWithout(r Request) error {
	for _, reason := range r.Without {
		if !slices.Contains(Reasons, reason) {
			return &InvalidError{"without", fmt.Sprintf("%q is no reason: choose of %s", reason, strings.Join(Reasons, ", "))}
		}
	}
	return nil
}

// Order is the order of the answer to r: Sort, or what it stands for.
func (r Request) Order() Sort {
	switch {
	case r.Sort == "" && r.Query == nil, r.Sort == Relevance && r.Query == nil:
		return Newest
	case r.Sort == "":
		return Relevance
	}
	return r.Sort
}

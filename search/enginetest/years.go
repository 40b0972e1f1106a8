package enginetest

import (
	"errors"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"demarche/search"
)

// years counts each value of each year anew: by a search for it, of which every
// total has to be the one that was counted, and over the attributions of all hits
// nothing may be missing.
func years(t *testing.T, e search.Engine) {
	for _, q := range variety {
		for _, filters := range [][]search.Filter{
			nil,
			{{Field: "attributed_state", Include: []string{"RU", "KP"}}, {Field: "lang", Exclude: []string{"fr"}}},
			{{Field: "year", Include: []string{search.NoValue, "2021"}}},
			{{Field: "attribution", Exclude: []string{"NO:CN"}}},
		} {
			checkYears(t, e, search.Request{Query: node(t, q), Filters: filters})
		}
	}
	everything, err := e.ByYear(t.Context(), search.Request{}, "attribution")
	if err != nil || len(everything) < 20 {
		t.Errorf("%d values of the field attribution, error %v", len(everything), err)
	}
	var invalid *search.InvalidError
	if _, err := e.ByYear(t.Context(), search.Request{}, "colour"); !errors.As(err, &invalid) || invalid.Field != "fields" {
		t.Errorf("a field that is none: %v", err)
	}
	if _, err := e.ByYear(t.Context(), search.Request{Size: -1}, "year"); !errors.As(err, &invalid) || invalid.Field != "size" {
		t.Errorf("a request that is none: %v", err)
	}
}

func checkYears(t *testing.T, e search.Engine, r search.Request) {
	t.Helper()
	fields := []string{"attribution", "group", "year"}
	counts, err := e.ByYear(t.Context(), r, fields...)
	if err != nil {
		t.Fatal(err)
	}
	sum := map[string]int{}
	for _, c := range counts {
		sum[c.Field] += c.Total.Paragraphs
		one := r
		one.Filters = narrowed(narrowed(r.Filters, c.Field, c.Value), "year", yearValue(c.Year))
		if got := answer(t, e, one).Total; got != c.Total {
			t.Errorf("%s: %+v, a search for it finds %+v", describe(r), c, got)
		}
	}
	want := map[string]int{}
	r.Size = search.MaxSize
	for _, h := range allHits(t, e, r) {
		for _, field := range fields {
			for _, v := range valuesOf(h, field) {
				if v != search.NoValue {
					want[field]++
				}
			}
		}
	}
	if d := cmp.Diff(want, sum, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s: -values of the hits +counted\n%s", describe(r), d)
	}
}

// narrowed adds that a field has a value; what the filter of the field excludes
// stays so.
func narrowed(filters []search.Filter, field, value string) []search.Filter {
	only := search.Filter{Field: field, Include: []string{value}}
	var out []search.Filter
	for _, f := range filters {
		if f.Field == field {
			only.Exclude = f.Exclude
			continue
		}
		out = append(out, f)
	}
	return append(out, only)
}

func yearValue(year int) string {
	if year == 0 {
		return search.NoValue
	}
	return strconv.Itoa(year)
}

// compareYears reports whether two engines count the same by year.
func compareYears(t testing.TB, a, b search.Engine, r search.Request) bool {
	t.Helper()
	x, errX := a.ByYear(t.Context(), r, "attributed_state", "attribution", "lang")
	y, errY := b.ByYear(t.Context(), r, "attributed_state", "attribution", "lang")
	d := cmp.Diff(x, y, cmpopts.EquateEmpty())
	if d != "" || errX != nil || errY != nil {
		t.Errorf("%s: by year: errors %v and %v, -first +second\n%s", describe(r), errX, errY, d)
		return false
	}
	return true
}

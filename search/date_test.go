package search_test

import (
	"strings"
	"testing"
	"time"

	"demarche/search"
)

func TestParseDate(t *testing.T) {
	for _, ok := range []string{"2021", "2021-07", "2021-07-19", "2024-02-29", "0001"} {
		if d, err := search.ParseDate(ok); err != nil || string(d) != ok {
			t.Errorf("%q: got %q, %v", ok, d, err)
		}
	}
	for _, bad := range []string{"", "21", "2021-7", "2021-13", "2021-00", "2021-02-29", "2021/07/19", "19-07-2021", "2021-07-19 ", "20a1", "٢٠٢١"} {
		_, err := search.ParseDate(bad)
		if err == nil {
			t.Errorf("%q is read as a date", bad)
			continue
		}
		if !strings.Contains(err.Error(), "YYYY-MM-DD") {
			t.Errorf("%q: the error does not say what to write: %v", bad, err)
		}
	}
}

func TestBounds(t *testing.T) {
	for _, tt := range []struct {
		date        search.Date
		year        int
		first, last string
	}{
		{"", 0, "", ""},
		{"2021", 2021, "2021-01-01", "2021-12-31"},
		{"2024-02", 2024, "2024-02-01", "2024-02-29"},
		{"2023-02", 2023, "2023-02-01", "2023-02-28"},
		{"2021-12", 2021, "2021-12-01", "2021-12-31"},
		{"2021-07-19", 2021, "2021-07-19", "2021-07-19"},
	} {
		if y, f, l := tt.date.Year(), tt.date.First(), tt.date.Last(); y != tt.year || f != tt.first || l != tt.last {
			t.Errorf("%q: year %d from %s to %s, want %d from %s to %s", tt.date, y, f, l, tt.year, tt.first, tt.last)
		}
	}
}

func TestWithin(t *testing.T) {
	for _, tt := range []struct {
		date, from, to search.Date
		want           bool
	}{
		{"", "", "", true},
		{"", "2021", "", false},
		{"2021-07-19", "2021-07-19", "2021-07-19", true},
		{"2021-07-19", "2021-07-20", "", false},
		{"2021-07-19", "", "2021-07-18", false},
		{"2021-07-19", "2021", "2021", true},
		{"2021-07-19", "2021-07", "2021-07", true},
		{"2021-07-19", "2021-08", "", false},
		// A date that is known by year or month is where it could be.
		{"2021", "2021-07-19", "2021-07-19", true},
		{"2021-07", "2021-07-31", "", true},
		{"2021-07", "2021-08-01", "", false},
		{"2021-07", "", "2021-06-30", false},
		{"2021", "", "2021-01-01", true},
		{"2021", "2020", "2022", true},
	} {
		if got := tt.date.Within(tt.from, tt.to); got != tt.want {
			t.Errorf("%q within %q and %q: %v", tt.date, tt.from, tt.to, got)
		}
	}
}

// FuzzDate holds for any string that is a date: it begins before it ends, both
// days are of the calendar, and it is within itself.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"2021", "2021-07", "2021-07-19", "2024-02-29", "9999-12", "", "0000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := search.ParseDate(s)
		if err != nil {
			return
		}
		first, err := time.Parse(time.DateOnly, d.First())
		if err != nil {
			t.Errorf("%s begins on %q", d, d.First())
		}
		last, err := time.Parse(time.DateOnly, d.Last())
		if err != nil {
			t.Errorf("%s ends on %q", d, d.Last())
		}
		if last.Before(first) || first.Year() != d.Year() || last.Year() != d.Year() {
			t.Errorf("%s is from %v to %v, year %d", d, first, last, d.Year())
		}
		if !d.Within(d, d) || !d.Within("", "") {
			t.Errorf("%s is not within itself", d)
		}
	})
}

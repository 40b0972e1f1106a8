package search

import (
	"fmt"
	"time"
)

// Date is a calendar date of known precision: "2021-07-19", "2021-07", "2021",
// or "" when unknown. Dates of equal precision sort as strings.
type Date string

// layouts by length of the date.
var dateLayouts = map[int]string{4: "2006", 7: "2006-01", 10: time.DateOnly}

// ParseDate reads YYYY, YYYY-MM or YYYY-MM-DD. The error says what is wrong
// with s in words for a reader.
func ParseDate(s string) (Date, error) {
	layout, ok := dateLayouts[len(s)]
	if !ok {
		return "", fmt.Errorf("%q is not a date: write YYYY, YYYY-MM or YYYY-MM-DD", s)
	}
	if _, err := time.Parse(layout, s); err != nil {
		return "", fmt.Errorf("%q is not a date of the calendar: write YYYY, YYYY-MM or YYYY-MM-DD", s)
	}
	return Date(s), nil
}

// Year is the year, or 0 when the date is unknown.
func (d Date) Year() int {
	if len(d) < 4 {
		return 0
	}
	t, err := time.Parse("2006", string(d[:4]))
	if err != nil {
		return 0
	}
	return t.Year()
}

// First is the first day that d can mean, as YYYY-MM-DD; "" when unknown.
func (d Date) First() string {
	switch len(d) {
	case 4:
		return string(d) + "-01-01"
	case 7:
		return string(d) + "-01"
	}
	return string(d)
}

// Last is the last day that d can mean, as YYYY-MM-DD; "" when unknown.
func (d Date) Last() string {
	switch len(d) {
	case 4:
		return string(d) + "-12-31"
	case 7:
		t, err := time.Parse("2006-01", string(d))
		if err != nil {
			return ""
		}
		return t.AddDate(0, 1, -1).Format(time.DateOnly)
	}
	return string(d)
}

// Within reports whether the period that d means overlaps the one from the
// first day of from to the last day of to. An empty bound is open; an unknown
// date is within no period but the one that is open at both ends.
func (d Date) Within(from, to Date) bool {
	if from == "" && to == "" {
		return true
	}
	if d == "" {
		return false
	}
	return (from == "" || d.Last() >= from.First()) && (to == "" || d.First() <= to.Last())
}

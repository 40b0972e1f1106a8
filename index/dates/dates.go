// Package dates finds calendar dates in English, French and Russian text, with
// their precision. It does not say what a date means: whether it is that of the
// statement is for the package annotate.
package dates

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"demarche/search"
)

// Found is a date with the words that state it, as a span of bytes.
type Found struct {
	Date search.Date
	Span search.Span
}

// months has a line a month: its names, cases and abbreviations.
//
//go:embed data/months.txt
var months string

// monthNames maps a name in small letters, without a full stop, to 1 to 12.
var monthNames = readMonths()

func readMonths() map[string]int {
	names := map[string]int{}
	month := 0
	for line := range strings.Lines(months) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		month++
		for name := range strings.FieldsSeq(line) {
			names[name] = month
		}
	}
	return names
}

// form is one way to write a date. Its groups are named y, m, n (a month's name)
// and d.
type form struct {
	pattern *regexp.Regexp
}

const year = `(?P<y>1[89]\d\d|20\d\d)`

// forms in the order of trust: where two overlap, the earlier one counts.
var forms = []form{
	{regexp.MustCompile(`\b` + year + `-(?P<m>\d\d)-(?P<d>\d\d)(?:\b|T)`)},
	{regexp.MustCompile(`\b(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.` + year + `\b`)},
	{regexp.MustCompile(`\b(?P<d>\d{1,2})/(?P<m>\d{1,2})/` + year + `\b`)},
	{regexp.MustCompile(`(?i)\b(?P<d>\d{1,2})(?:er|st|nd|rd|th|-?го|-?е)?\s+(?:day\s+)?(?:of\s+|de\s+)?(?P<n>\p{L}+)\.?,?\s+` + year + `(?:\s+(?:года|год|г\.))?`)},
	{regexp.MustCompile(`(?i)(?P<n>\p{L}+)\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+` + year)},
	{regexp.MustCompile(`(?i)(?P<n>\p{L}+)\.?,?\s+(?:of\s+|de\s+)?` + year + `(?:\s+(?:года|год|г\.))?`)},
	{regexp.MustCompile(`^[\s\[(]*` + year + `(?:\s+(?:года|год|г\.))?[\s\])]*$`)},
}

// Find finds the dates of a text in their order. A year without a month is a date
// only where it is the whole text: elsewhere it is part of a name or a number.
func Find(text string) []Found {
	var found []Found
	for _, f := range forms {
		for _, m := range f.pattern.FindAllStringSubmatchIndex(text, -1) {
			if d, ok := f.read(text, m); ok && !overlaps(found, d.Span) {
				found = append(found, d)
			}
		}
	}
	slices.SortFunc(found, func(a, b Found) int { return a.Span.Start - b.Span.Start })
	return found
}

func overlaps(found []Found, s search.Span) bool {
	return slices.ContainsFunc(found, func(f Found) bool { return s.Start < f.Span.End && f.Span.Start < s.End })
}

// read makes a date of the groups of a match; false when there is no such day.
func (f form) read(text string, m []int) (Found, bool) {
	date := Found{Span: search.Span{Start: m[0], End: m[1]}}
	var y, mon, d int
	for i, name := range f.pattern.SubexpNames() {
		if i == 0 || m[2*i] < 0 {
			continue
		}
		value := text[m[2*i]:m[2*i+1]]
		switch name {
		case "y":
			y, _ = strconv.Atoi(value)
		case "m":
			mon, _ = strconv.Atoi(value)
		case "d":
			d, _ = strconv.Atoi(value)
		case "n":
			if mon = monthNames[strings.ToLower(value)]; mon == 0 {
				return Found{}, false
			}
		}
	}
	switch {
	case mon == 0:
		date.Date = search.Date(fmt.Sprintf("%04d", y))
	case d == 0:
		date.Date = search.Date(fmt.Sprintf("%04d-%02d", y, mon))
	default:
		t := time.Date(y, time.Month(mon), d, 0, 0, 0, 0, time.UTC)
		if t.Day() != d || int(t.Month()) != mon {
			return Found{}, false
		}
		date.Date = search.Date(t.Format(time.DateOnly))
	}
	return date, true
}

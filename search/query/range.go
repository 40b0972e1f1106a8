package query

import (
	"regexp"
	"strings"
	"time"
)

// readRange reads the value of year or date, which stands from start to stop.
func readRange(name, text string, start, stop int) (Field, *fault) {
	f := Field{Name: name}
	if strings.EqualFold(text, unknownValue) {
		f.Value = unknownValue
		return f, nil
	}
	from, to, isRange := strings.Cut(text, "..")
	if !isRange {
		to = from
	}
	from, to = strings.TrimSpace(from), strings.TrimSpace(strings.TrimLeft(to, "."))
	valid := validYear
	if name == "date" {
		valid = validDate
	}
	if from == "" && to == "" || from != "" && !valid(from) || to != "" && !valid(to) {
		return f, newFault("bad_"+name, start, stop, args{"value": text}).replace(start, stop, betterRange(name, text))
	}
	if from != "" && to != "" && from > lastOf(to) {
		return f, newFault("reversed_range", start, stop, args{"value": text}).replace(start, stop, to+".."+from)
	}
	f.From, f.To = from, to
	return f, nil
}

// lastOf is a string behind which no date within d sorts.
func lastOf(d string) string { return d + "~" }

func validYear(s string) bool {
	_, err := time.Parse("2006", s)
	return err == nil && len(s) == 4
}

func validDate(s string) bool {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(layout, s); err == nil && len(s) == len(layout) {
			return true
		}
	}
	return false
}

var (
	yearPattern = regexp.MustCompile(`\d{4}`)
	// comparison is a bound as other query languages write it: >=2018.
	comparison = regexp.MustCompile(`^([<>])=?\s*(\d{4}(?:-\d\d){0,2})$`)
	// dayFirst is a date as it is written by hand: 19.07.2021, 19/7/2021.
	dayFirst = regexp.MustCompile(`\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b`)
	// unpadded is 2021-7-1 or 2021/07/01.
	unpadded = regexp.MustCompile(`\b(\d{4})[./-](\d{1,2})(?:[./-](\d{1,2}))?\b`)
)

// betterRange is what a value of year or date that cannot be read was probably
// meant to be, "" when it cannot be told.
func betterRange(name, text string) string {
	if m := comparison.FindStringSubmatch(text); m != nil {
		if m[1] == ">" {
			return m[2] + ".."
		}
		return ".." + m[2]
	}
	if name == "date" {
		if dates := isoDates(text); len(dates) > 0 {
			return strings.Join(dates, "..")
		}
	}
	years := yearPattern.FindAllString(text, 2)
	if len(years) == 2 && years[0] > years[1] {
		years[0], years[1] = years[1], years[0]
	}
	return strings.Join(years, "..")
}

// isoDates are the dates in text, however they are written, at most two.
func isoDates(text string) []string {
	text = dayFirst.ReplaceAllStringFunc(text, func(s string) string {
		m := dayFirst.FindStringSubmatch(s)
		return pad(m[3], m[2], m[1])
	})
	var dates []string
	for _, m := range unpadded.FindAllStringSubmatch(text, 2) {
		if d := pad(m[1], m[2], m[3]); validDate(d) {
			dates = append(dates, d)
		}
	}
	return dates
}

// pad writes a date in full; day may be empty.
func pad(year, month, day string) string {
	date := year
	for _, part := range []string{month, day} {
		if part != "" {
			date += "-" + strings.Repeat("0", 2-len(part)) + part
		}
	}
	return date
}

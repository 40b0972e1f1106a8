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
	"unicode"

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
var monthNames = readNames(months)

// readNames maps the names of a data file to the numbers of their lines, from 1.
func readNames(data string) map[string]int {
	names := map[string]int{}
	n := 0
	for line := range strings.Lines(data) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		n++
		for name := range strings.FieldsSeq(line) {
			names[name] = n
		}
	}
	return names
}

// The forms in which dates are written, in the order of trust: where two overlap,
// the earlier one counts. Their groups are named y, m (a number) or n (a name of a
// month), and d.
const (
	year  = `(?P<y>1[89]\d\d|20\d\d)`
	ofAge = `(?:\s*(?:года|году|год|г\.))?` // behind the year in Russian
)

var forms = []*regexp.Regexp{
	// 2021-07-19, 2021/07/19
	regexp.MustCompile(`\b` + year + `[-/.](?P<m>\d\d)[-/.](?P<d>\d\d)`),
	// 19.07.2021, 19/07/2021
	regexp.MustCompile(`\b(?P<d>\d{1,2})(?P<sep>[./])(?P<m>\d{1,2})[./]` + year),
	// 19-07-2021, and not the end of a longer number
	regexp.MustCompile(`(?:^|[^\d-])(?P<day>(?P<d>\d{1,2})-(?P<m>\d{1,2})-` + year + `)`),
	// 19-Jul-2021
	regexp.MustCompile(`\b(?P<d>\d{1,2})-(?P<n>\p{L}{3,9})-` + year),
	// 19 Jul. 2021, 1er mars 2020, 12th day of November, 2018, «12» ноября 2018 года
	regexp.MustCompile(`(?i)\b(?P<d>\d{1,2})(?:er|st|nd|rd|th|-?го|-?е)?[»”"]?\s+(?:day\s+)?(?:of\s+|de\s+)?(?P<n>\p{L}+)\.?,?\s+` + year + ofAge),
	// July 19, 2021
	regexp.MustCompile(`(?i)(?P<n>\p{L}+)\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+` + year),
	// July 2021, juillet 2021, в июле 2021 года
	regexp.MustCompile(`(?i)(?P<n>\p{L}+)\.?,?\s+(?:of\s+|de\s+)?` + year + ofAge),
	// 2021, all by itself; "2021." is the end of a sentence
	regexp.MustCompile(`^[\s\[(]*` + year + ofAge + `[\s\])]*$`),
}

// Find finds the dates of a text in a language, in their order. A year without a
// month is a date only where it is the whole text: elsewhere it is part of a name
// or a number. Of 03/05/2024 only the year is certain in English, where either the
// day or the month may come first, and in a language that is not told, unless the day
// of the week before it tells.
func Find(lang, text string) []Found {
	var found []Found // of the forms so far, in order
	for _, f := range forms {
		before := found
		for _, m := range f.FindAllStringSubmatchIndex(text, -1) {
			span := search.Span{Start: m[0], End: m[1]}
			if i := f.SubexpIndex("day"); i >= 0 {
				span.Start = m[2*i]
			}
			if overlaps(before, span) || m[1] < len(text) && isDigit(text[m[1]]) {
				continue
			}
			if date, ok := read(f, lang, text, m); ok {
				found = append(found, Found{date, span})
			}
		}
		if len(found) > len(before) {
			found = slices.SortedFunc(slices.Values(found), func(a, b Found) int { return a.Span.Start - b.Span.Start })
		}
	}
	return slices.DeleteFunc(found, func(f Found) bool { return f.Date == "" })
}

// overlaps reports whether a span has a part of what was found, which is in order.
func overlaps(found []Found, s search.Span) bool {
	i, _ := slices.BinarySearchFunc(found, s, func(f Found, s search.Span) int { return f.Span.End - s.Start - 1 })
	return i < len(found) && found[i].Span.Start < s.End
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// lastDay is the last day that a month can have.
const lastDay = 31

// read makes a date of the groups of a match. ok says that the words are meant as
// one; it is "" all the same when the calendar has no such day, "30 February": the
// month alone would be as good a guess as the one behind it.
func read(form *regexp.Regexp, lang, text string, m []int) (d search.Date, ok bool) {
	group := func(name string) string {
		i := form.SubexpIndex(name)
		if i < 0 || m[2*i] < 0 {
			return ""
		}
		return text[m[2*i]:m[2*i+1]]
	}
	y, month, day := number(group("y")), number(group("m")), number(group("d"))
	if name := group("n"); name != "" {
		if month = monthNames[strings.ToLower(name)]; month == 0 {
			return "", false
		}
	}
	if group("sep") == "/" {
		switch {
		case month > 12, lang == string(MonthFirst) && day <= 12:
			month, day = day, month // as in the United States
		case falls(text[:m[0]], y, day, month) && !falls(text[:m[0]], y, month, day):
			month, day = day, month
		case falls(text[:m[0]], y, month, day):
		case besideSymbol.MatchString(text): // the United Nations write the day first
		case day <= 12 && day != month && lang != "fr" && lang != "ru" && lang != string(DayFirst):
			return search.Date(group("y")), true
		}
	}
	d = date(y, month, day)
	return d, d != "" || day <= lastDay
}

// weekdays has a line a day of the week, Sunday first.
//
//go:embed data/weekdays.txt
var weekdays string

var weekdayNames = readNames(weekdays)

// falls reports whether the last word of what stands before a date is the day of
// the week on which it falls ("Fri, 05/03/2024").
func falls(before string, y, month, day int) bool {
	words := strings.FieldsFunc(before, func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) == 0 || month > 12 {
		return false
	}
	n := weekdayNames[strings.ToLower(words[len(words)-1])]
	return n > 0 && time.Date(y, time.Month(month), day, 0, 0, 0, 0, time.UTC).Weekday() == time.Weekday(n-1)
}

// Order is which number comes first where a field is a date of numbers alone.
type Order string

// The orders, by the language that tells them to [Find].
const (
	Unsure     Order = ""
	MonthFirst Order = "en-US"
	DayFirst   Order = "und-001" // as nearly everywhere
)

// compact is 20210719, which is a date only where it is known to be one.
var compact = regexp.MustCompile(`^(?P<y>1[89]\d\d|20\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:T|$)`)

// OfField reads the value of a field that is known to be a date: any of the forms
// of [Find], 20210719, or one of them with the time of day. Of 03/05/2024 only the
// year is certain where the order is not. It is "" when there is no date.
func OfField(value string, order Order) search.Date {
	value = strings.TrimSpace(value)
	if m := compact.FindStringSubmatchIndex(value); m != nil {
		d, _ := read(compact, "", value, m)
		return d
	}
	if d, err := search.ParseDate(value); err == nil {
		return d
	}
	best := search.Date("")
	for _, f := range Find(string(order), value) {
		if len(f.Date) > len(best) {
			best = f.Date
		}
	}
	return best
}

// besideSymbol is the symbol of a record of the United Nations: A/70/PV.22.
var besideSymbol = regexp.MustCompile(`\b[ASE]/(?:\d{2,4}/|RES/|PV\.)[A-Z\d]`)

func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// date gives the date of a year, a month or 0, and a day or 0; "" when the calendar
// has none.
func date(y, month, day int) search.Date {
	text := fmt.Sprintf("%04d-%02d-%02d", y, month, day)
	switch {
	case month == 0:
		text = text[:4]
	case day == 0:
		text = text[:7]
	}
	d, err := search.ParseDate(text)
	if err != nil {
		return ""
	}
	return d
}

package segment

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/index/dates"
	"demarche/search"
)

// place is a place before a date, apart from what stands before it: ", Oslo, ".
var place = regexp.MustCompile(`(?:^|[,.|–—-] )((?:\p{Lu}[\p{L}-]+ ?){1,3}, )$`)

// list is how a list begins: with a heading before a colon, a number, or somebody's
// surname in capitals before his names.
var list = regexp.MustCompile(`^(?:\p{Lu}[^.!?:]{0,60}:|1[.)] |\p{Lu}{2,} \p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+)`)

// issued finds the date at the head of a page in one line, with the place and the
// words of issue before it: behind the title, before the first sentence ends, and in
// no sentence itself. cuts are where something of its own begins otherwise.
//
// What is in a sentence has a preposition before it and no comma. In Russian it
// need not have one: there the date has to have its hour, or to stand behind a cut,
// or before somebody's turn or a list.
func issued(line string, cuts []int) (span search.Span, ok bool) {
	for _, f := range dates.Find("", line[:firstStop(line)]) {
		start, whole := dateStart(line, f.Span.Start)
		hour := stamp.FindString(line[f.Span.End:min(len(line), f.Span.End+stampSize)])
		end := skip(line, f.Span.End+len(hour))
		switch {
		case len(f.Date) != len("2006-01-02"), !whole, !opensAt(line, end):
		case !isCyrillic(line[start:]), hour != "", slices.Contains(cuts, start), isTurn(line[end:]), list.MatchString(line[end:]):
			return search.Span{Start: start, End: end}, true
		}
	}
	return span, false
}

// separators are what stands between a date and what is beside it.
const separators = " \u00a0,|·–—-"

// skip is where the text behind separators begins.
func skip(line string, at int) int {
	return len(line) - len(strings.TrimLeft(line[at:], separators))
}

// firstStop is where the first sentence of a line ends, at headSize at the latest.
func firstStop(line string) int {
	if m := stop.FindStringIndex(line[:min(len(line), headSize)]); m != nil {
		return m[0]
	}
	return min(len(line), headSize)
}

// dateStart is where the words before a date begin that go with it. whole is false
// where they make it part of a sentence.
func dateStart(line string, date int) (start int, whole bool) {
	start, whole = date, true
	for start > 0 {
		before := strings.TrimRight(line[:start], " \u00a0,")
		word := before[strings.LastIndexAny(before, " \u00a0")+1:]
		preposition := datePrepositions.are(word)
		if strings.HasSuffix(word, ":") || !preposition && !dateWords.are(word) {
			break
		}
		start = len(before) - len(word)
		whole = !preposition || strings.HasSuffix(strings.TrimRight(line[:start], " \u00a0"), ",")
	}
	from := min(overline(line), start)
	if m := place.FindStringSubmatchIndex(line[from:start]); m != nil {
		return from + m[2], true
	}
	return start, whole
}

// opensAt reports whether a sentence or a list can begin at a byte of a line.
func opensAt(line string, at int) bool {
	r, _ := utf8.DecodeRuneInString(line[at:])
	return unicode.IsUpper(r) || strings.HasPrefix(line[at:], "1. ") || strings.ContainsRune(`«“„"`, r) && at < len(line)
}

// isCyrillic reports whether the first letter of a text is.
func isCyrillic(text string) bool {
	i := strings.IndexFunc(text, unicode.IsLetter)
	if i < 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.Is(unicode.Cyrillic, r)
}

// overline is where the line ends that stands above the title of a page in one
// line; 0 when there is none.
func overline(line string) int {
	end := 0
	for i, r := range line[:min(len(line), headSize/10)] {
		if r == ' ' && overlines.are(line[:i]) && opensAt(line, i+1) {
			end = i + 1
		}
	}
	return end
}

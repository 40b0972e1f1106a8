package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/index/dates"
)

// datelineSize is how far into a paragraph its dateline can reach, in bytes, and
// placeNames the greatest number of words of the place in it.
const (
	datelineSize = 160
	placeNames   = 6
)

// dateline gives the place and the date with which agencies and ministries begin
// the first paragraph of a release, before a dash: "WASHINGTON, 3 May 2024 – ". It
// is "" where there is none: a date within a sentence says nothing of the statement.
func dateline(lang, paragraph string) string {
	head := paragraph[:min(len(paragraph), datelineSize)]
	for _, f := range dates.Find(lang, head) {
		behind := strings.TrimLeft(head[f.Span.End:], " \u00a0),.")
		dash, n := utf8.DecodeRuneInString(behind)
		if strings.ContainsRune("–—-", dash) && strings.HasPrefix(behind[n:], " ") && isPlace(head[:f.Span.Start]) {
			return head[:f.Span.End]
		}
	}
	return ""
}

// isPlace reports whether a text is names, beside words that stand by dates, or
// nothing at all.
func isPlace(text string) bool {
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",.()/", r) })
	names := 0
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case dateWords.are(w), strings.Trim(w, "–—-") == "":
		case unicode.IsUpper(first):
			names++
		default:
			return false
		}
	}
	return len(words) <= placeNames && (names > 0 || len(words) == 0)
}

package clean

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/index/marker"
)

// line is a line of a text without its end.
type line struct {
	start, end int // bytes of the text
	text       string
}

// linesOf cuts a text into lines.
func linesOf(text string) []line {
	var lines []line
	at := 0
	for l := range strings.Lines(text) {
		bare := strings.TrimSuffix(l, "\n")
		lines = append(lines, line{at, at + len(bare), bare})
		at += len(l)
	}
	return lines
}

func (l line) blank() bool { return strings.TrimSpace(l.text) == "" }

// columns is the number of characters up to the last that is not a space.
func (l line) columns() int { return utf8.RuneCountInString(strings.TrimRight(l.text, " \t")) }

// hasColumns reports whether there are at least n columns, without counting those of
// a long text.
func (l line) hasColumns(n int) bool {
	count := 0
	for range strings.TrimRight(l.text, " \t") {
		if count++; count >= n {
			return true
		}
	}
	return count >= n
}

// firstWord is the number of characters of the first word.
func (l line) firstWord() int {
	word, _, _ := strings.Cut(strings.TrimSpace(l.text), " ")
	return utf8.RuneCountInString(word)
}

// indent is the number of spaces before the text.
func (l line) indent() int { return len(l.text) - len(strings.TrimLeft(l.text, " \t")) }

// opens reports whether the line begins something of its own, whatever stands
// before it: a numbered paragraph, an item, a heading, a row of a table, a
// quotation.
func (l line) opens() bool {
	if _, _, ok := marker.Read(l.text); ok {
		return true
	}
	text := strings.TrimSpace(l.text)
	return scrap(text) || strings.HasPrefix(text, "#") || strings.HasPrefix(text, `\#`) ||
		strings.HasPrefix(text, ">") || strings.HasPrefix(text, "|")
}

// dash reports whether the line begins with a dash and a space.
func (l line) dash() bool {
	r, n := utf8.DecodeRuneInString(strings.TrimLeft(l.text, " \t"))
	return (r == '-' || r == '–' || r == '—') && strings.HasPrefix(strings.TrimLeft(l.text, " \t")[n:], " ")
}

// alone reports whether nothing can go on behind the line: a heading of
// Markdown, a row of a table, a scrap.
func (l line) alone() bool {
	text := strings.TrimSpace(l.text)
	return scrap(text) || strings.HasPrefix(text, "#") || strings.HasPrefix(text, "|")
}

// address reports whether the line begins with an address of the web or of mail, which
// is in small letters wherever it stands.
func (l line) address() bool {
	word, _, _ := strings.Cut(strings.TrimSpace(l.text), " ")
	return strings.HasPrefix(word, "www.") || strings.Contains(word, "://") || strings.Contains(word, "@")
}

// year is the end of a line that dates a text, "le 2 mai 2020", «от 2 мая 2020 г.».
var year = regexp.MustCompile(`\b(?:1[89]|20)\d\d\P{N}{0,6}$`)

// dated reports whether the line is a few words with a year at their end.
func (l line) dated() bool {
	const longest = 40 // characters
	return !l.hasColumns(longest) && year.MatchString(l.text)
}

// ended reports whether a sentence can end with the line: its last character,
// closing quotes, brackets and marks of emphasis aside, is one that ends
// sentences.
func (l line) ended() bool {
	text := strings.TrimRightFunc(l.text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`"'”’»)]*_`, r)
	})
	r, _ := utf8.DecodeLastRuneInString(text)
	return text == "" || strings.ContainsRune(".!?:;…|", r)
}

// lastWord is the last word of a text in small letters.
func lastWord(text string) string {
	end := strings.TrimRightFunc(tail(text, wordContext), func(r rune) bool { return !unicode.IsLetter(r) })
	return strings.ToLower(lettersBefore(end, nil))
}

// containsAny reports whether one of the signs, which are not ASCII, is in the text.
func containsAny(text string, signs ...string) bool {
	return slices.ContainsFunc(signs, func(s string) bool { return strings.Contains(text, s) })
}

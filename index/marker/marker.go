// Package marker reads what stands before the text of a printed paragraph: its
// number, letter or bullet. It looks at one line; whether the line is a paragraph
// is for the package segment.
package marker

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bullet is the number of items of unnumbered lists.
const Bullet = "-"

// forms are the printed forms, each with the number in its first group and, where
// the text must begin in a certain way, that in its second. Where two fit, the first
// counts. A number of four digits is a year, "3.5 per cent" begins with no number
// of a paragraph, and a single capital letter with a full stop is somebody's initial.
var forms = []*regexp.Regexp{
	// § 3, §§ 4.1.
	regexp.MustCompile(`^[§¶]{1,2} ?(\d{1,3}(?:\.\d{1,3})*)(?:[.):]+(?: +|$)| *$| +(` + begins + `))`),
	// 14(b), 2 (iv), and not 242 (1967), a resolution.
	regexp.MustCompile(`^(\d{1,3}(?:\.\d{1,3})* ?\((?:[a-zа-я]{1,4}|\d{1,2})\))(?:[.):]*(?: +|$))`),
	// 4.1 Text, 4.1. Text
	regexp.MustCompile(`^(\d{1,3}(?:\.\d{1,3})+)(?:[.):]+(?: +|$)| *$| +(` + begins + `))`),
	// 1. 2) 3.) 1\.
	regexp.MustCompile(`^(\d{1,3})(?: ?\\?[.)]|\.\))(?: +|$)`),
	// 1.We observe
	regexp.MustCompile(`^(\d{1,3})[.)](\p{Lu}\p{Ll}|[«“"])`),
	// (1) (a) (iv)
	regexp.MustCompile(`^\((\d{1,3}|[a-zа-я]|[ivx]{1,5})\)(?: +|$)`),
	// a) iv)
	regexp.MustCompile(`^([a-zа-я]|[ivx]{1,5})\)(?: +|$)`),
	// [^1]: Text, a footnote of Markdown
	regexp.MustCompile(`^(\[\^[^\]\s]{1,10}\]):(?: +|$)`),
	// ¹ Text, ²Text, a footnote of print
	regexp.MustCompile(`^([¹²³⁴-⁹][⁰¹²³⁴-⁹]?) ?`),
	// IV. a.
	regexp.MustCompile(`^([ivx]{2,5}|[IVX]{2,5}|[a-hа-к])\.(?: +|$)`),
}

// begins is how a paragraph begins, and a measure behind a number does not.
const begins = `\p{Lu}|["«“„(]`

// bullets are the signs that items of unnumbered lists begin with, a space
// behind them.
var bullets = regexp.MustCompile(`^[-–—‒•·∙▪■□●○◦‣⁃*➢►\x{F0B7}\x{F0A7}](?: +|$)`)

// Read gives the number at the start of a line without its punctuation, and the
// offset of the text behind it. ok is false when there is none.
func Read(line string) (number string, text int, ok bool) {
	text = len(line) - len(strings.TrimLeft(line, " \t"))
	rest := line[text:]
	if plain(rest) {
		return "", text, false
	}
	if m := bullets.FindStringIndex(rest); m != nil {
		return Bullet, text + m[1], true
	}
	for _, form := range forms {
		if m := form.FindStringSubmatchIndex(rest); m != nil {
			end := m[1]
			if len(m) > 4 && m[4] >= 0 {
				end = m[4]
			}
			return strings.ReplaceAll(rest[m[2]:m[3]], " ", ""), text + end, true
		}
	}
	return "", text, false
}

// plain reports whether a line begins with a word that no form fits: most lines
// do, and the patterns are slow.
func plain(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return unicode.IsLetter(r) && !strings.ContainsAny(line[:min(len(line), 8)], ".)")
}

// romans are the numbers in small letters that items are counted with.
var romans = strings.Fields("i ii iii iv v vi vii viii ix x xi xii")

// Before is the number that stands before another in an enumeration: "a" before
// "b", "iii" before "iv", "4" before "5"; "" where there is none or it is not told.
func Before(number string) string {
	if i := slices.Index(romans, number); i > 0 {
		return romans[i-1]
	}
	if n, err := strconv.Atoi(number); err == nil && n > 1 {
		return strconv.Itoa(n - 1)
	}
	r, size := utf8.DecodeRuneInString(number)
	if size != len(number) || r <= 'a' || r > 'z' && r <= 'а' || r > 'я' {
		return ""
	}
	return string(r - 1)
}

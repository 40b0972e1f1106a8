// Package marker reads what stands before the text of a printed paragraph: its
// number, letter or bullet. It looks at one line; whether the line is a paragraph
// is for the package segment.
package marker

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bullet is the number of items of unnumbered lists.
const Bullet = "-"

// forms are the printed forms, each with the number in its first group. Where
// two fit, the first counts. A number of four digits is a year, and a single
// capital letter with a full stop is somebody's initial.
var forms = []*regexp.Regexp{
	regexp.MustCompile(`^[§¶]{1,2} ?(\d{1,3}(?:\.\d{1,3})*)(?:[.):]*(?: +|$))`),
	regexp.MustCompile(`^(\d{1,3}(?:\.\d{1,3})* ?\([a-zа-я0-9]{1,4}\))(?:[.):]*(?: +|$))`),
	regexp.MustCompile(`^(\d{1,3}(?:\.\d{1,3})+)(?:[.):]* +|$)`),
	regexp.MustCompile(`^(\d{1,3})(?: ?\\?[.)]|\.\))(?: +|$)`),
	regexp.MustCompile(`^\((\d{1,3}|[a-zа-я]|[ivx]{1,5})\)(?: +|$)`),
	regexp.MustCompile(`^([a-zа-я]|[ivx]{1,5})\)(?: +|$)`),
	regexp.MustCompile(`^([ivx]{2,5}|[IVX]{2,5}|[a-hа-к])\.(?: +|$)`),
}

// bullets are the signs that items of unnumbered lists begin with, a space
// behind them.
var bullets = regexp.MustCompile(`^[-–—‒•·∙▪■□●○◦‣⁃*➢►\x{F0B7}\x{F0A7}](?: +|$)`)

// glued are numbers that a paragraph follows without a space: "1.We observe".
var glued = regexp.MustCompile(`^(\d{1,3})[.)](\p{Lu}\p{Ll}|[«“"])`)

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
			return strings.ReplaceAll(rest[m[2]:m[3]], " ", ""), text + m[1], true
		}
	}
	if m := glued.FindStringSubmatchIndex(rest); m != nil {
		return rest[m[2]:m[3]], text + m[4], true
	}
	return "", text, false
}

// plain reports whether a line begins with a word that no form fits: most lines
// do, and the patterns are slow.
func plain(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return unicode.IsLetter(r) && !strings.ContainsAny(line[:min(len(line), 8)], ".)")
}

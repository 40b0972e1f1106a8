package analysis

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// expansions are the letters whose plain form is not what is left when marks
// are taken away.
var expansions = map[rune]string{
	'œ': "oe", 'æ': "ae", 'ß': "ss", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'þ': "th", 'ı': "i",
	'ё': "е",
}

// Fold is s without what an exact comparison does not care about: case, accents
// of Latin letters, ё for е, ligatures, marks of stress, invisible characters.
// Folding twice is folding once.
func Fold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	// Where bytes are not UTF-8 the library leaves what stands beside them as it is.
	for _, r := range norm.NFKC.String(strings.ToValidUTF8(s, "\uFFFD")) {
		foldRune(&b, unicode.ToLower(r))
	}
	return b.String()
}

// foldRune writes the plain form of a lower-case character.
func foldRune(b *strings.Builder, r rune) {
	if r >= utf8.RuneSelf && unicode.In(r, unicode.Latin, unicode.Greek) {
		r, _ = utf8.DecodeRuneInString(norm.NFKD.String(string(r)))
		r = unicode.ToLower(r)
	}
	switch {
	case expansions[r] != "":
		b.WriteString(expansions[r])
	case !unicode.IsMark(r) && !isInvisible(r):
		b.WriteRune(r)
	}
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isInvisible reports whether r can stand inside a word unseen: the soft hyphen,
// zero-width spaces and joiners, the byte order mark.
func isInvisible(r rune) bool {
	switch r {
	case '\u00AD', '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF':
		return true
	}
	return false
}

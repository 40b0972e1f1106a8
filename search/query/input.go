package query

import (
	"unicode"
	"unicode/utf8"
)

// input is a query in plain characters.
type input struct {
	runes []rune
	// offsets are the code points of the original query at which each rune
	// stands, and its length at the end.
	offsets []int
}

func newInput(s string) input {
	in := input{make([]rune, 0, len(s)), make([]int, 0, len(s)+1)}
	n := 0
	for _, r := range s {
		if isPlain(r) {
			in.runes = append(in.runes, r)
			in.offsets = append(in.offsets, n)
		} else {
			for _, p := range plain(r) {
				in.runes = append(in.runes, p)
				in.offsets = append(in.offsets, n)
			}
		}
		n++
	}
	in.offsets = append(in.offsets, n)
	return in
}

// Plain is a query with its typographic and full-width signs in their plain forms,
// as [Parse] reads it.
func Plain(s string) string { return string(newInput(s).runes) }

// plainRunes are the plain forms of typographic signs. Quotes keep their shape,
// which tells how they pair, see [closers].
var plainRunes = map[rune]string{
	'’': "'", '‘': "'", '‛': "'", 'ʼ': "'", '′': "'", '`': "'", '´': "'",
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '−': "-", '—': " ", '―': " ",
	'‹': "«", '›': "»", '‟': "“", '″': `"`, '〝': `"`, '〞': `"`,
	'…': "..", '｜': "|", '∗': "*", '＊': "*",
	utf8.RuneError: " ",
}

// isPlain reports whether r is read as itself, of the characters that are typed
// most.
func isPlain(r rune) bool {
	return r != '`' && ' ' <= r && r < 0x7F || 'А' <= r && r <= 'я'
}

// plain is what r is read as: one character mostly, none when it is invisible.
func plain(r rune) string {
	if p, ok := plainRunes[r]; ok {
		return p
	}
	switch {
	case unicode.IsSpace(r) || unicode.IsControl(r):
		return " "
	case unicode.Is(unicode.Cf, r):
		return ""
	case '！' <= r && r <= '～':
		// Full-width forms of ASCII, in the order of ASCII.
		return string(r - '！' + '!')
	}
	return string(r)
}

// isWord reports whether r is part of words: the same letters, digits and marks
// that the analysis makes words of.
func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// closers are the quotes that close each opening one, by the habits of the
// languages; among them first its own partner.
var closers = map[rune]string{
	'"': `"`,
	'“': `”“"`,
	'”': `”"`,
	'„': `“”"`,
	'«': `»`,
	'»': `«»`,
}

func isQuote(r rune) bool { return closers[r] != "" }

// separates reports whether r ends a word and means nothing itself.
func separates(r rune) bool {
	switch r {
	case ' ', ',', ';', '!', '[', ']', '{', '}', '&', '\\':
		return true
	}
	return false
}

// isSign reports whether r is a symbol, such as < or €, that separates words and that
// no query means anything by.
func isSign(r rune) bool {
	return unicode.IsSymbol(r) && r != '~' && r != '^' && r != '|'
}

// endsRun reports whether r cannot be part of a run of characters that is read
// as a word, an operator or a field.
func endsRun(r rune) bool {
	return separates(r) || isQuote(r) || r == '(' || r == ')' || r == '|'
}

package phrase

import (
	"unicode"
	"unicode/utf8"
)

// Kind says what a token is.
type Kind uint8

// A word is a run of letters, a number a run of digits, so "APT28" is both, one
// after the other. A mark is any other single character but white space.
const (
	Word Kind = iota
	Number
	Mark
)

// Case says how a word is written.
type Case uint8

// A single capital letter is Upper. Numbers and marks are Lower.
const (
	Lower Case = iota
	Capital
	Upper
)

// Token is a word, a number or a mark of a text.
type Token struct {
	// Start and End are bytes of the text.
	Start, End int
	Kind       Kind
	Case       Case
	// Spaced says that white space stands before the token.
	Spaced bool
}

// Tokens cuts a text. Combining marks belong to the word they follow.
func Tokens(text string) []Token {
	tokens := make([]Token, 0, len(text)/5+1)
	spaced := false
	for i := 0; i < len(text); {
		r, size := decode(text, i)
		kind, space := classify(r)
		if space {
			spaced = true
			i += size
			continue
		}
		end, c := i+size, Lower
		if kind != Mark {
			end, c = extend(text, i, kind)
		}
		tokens = append(tokens, Token{Start: i, End: end, Kind: kind, Case: c, Spaced: spaced})
		spaced = false
		i = end
	}
	return tokens
}

func decode(text string, i int) (rune, int) {
	if c := text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(text[i:])
}

// classify gives the kind of a character, and whether it is white space or
// invisible.
func classify(r rune) (kind Kind, space bool) {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
		return Word, false
	case '0' <= r && r <= '9':
		return Number, false
	case r < utf8.RuneSelf:
		return Mark, r <= ' ' || r == 0x7f
	case r == 'ʼ': // an apostrophe that Unicode holds for a letter
		return Mark, false
	case unicode.IsLetter(r):
		return Word, false
	case unicode.IsDigit(r):
		return Number, false
	}
	return Mark, unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsMark(r)
}

// extend finds the end of the run of letters or digits that begins at i.
func extend(text string, i int, kind Kind) (end int, c Case) {
	letters, capitals, first := 0, 0, false
	for end = i; end < len(text); {
		r, size := decode(text, end)
		if k, _ := classify(r); k != kind && !unicode.IsMark(r) {
			break
		}
		if kind == Word {
			upper := isUpper(r)
			first = first || upper && letters == 0
			letters++
			if upper {
				capitals++
			}
		}
		end += size
	}
	switch {
	case letters > 0 && capitals == letters:
		return end, Upper
	case first:
		return end, Capital
	}
	return end, Lower
}

func isUpper(r rune) bool {
	if r < utf8.RuneSelf {
		return 'A' <= r && r <= 'Z'
	}
	return unicode.IsUpper(r)
}

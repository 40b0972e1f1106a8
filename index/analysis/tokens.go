package analysis

import (
	"unicode"
	"unicode/utf8"
)

// Token is a word of a text.
type Token struct {
	// Start and End are the bytes of the text that the token covers.
	Start, End int
	// Position counts the tokens of the text from 0.
	Position int
	// Exact is the folded word.
	Exact string
	// Stems are one or two; none for a stop word. They are shared between
	// tokens and must not be written to.
	Stems []string
}

// Tokens cuts text, which is in the language lang. Bytes that are not UTF-8
// separate words.
func Tokens(lang, text string) []Token {
	l := languageOf(lang)
	tokens := make([]Token, 0, len(text)/6+1)
	for at := 0; ; {
		start, end := nextWord(text, at)
		if start == end {
			return tokens
		}
		w := l.word(text[start:end])
		tokens = append(tokens, Token{start, end, len(tokens), w.exact, w.stems})
		at = end
	}
}

// nextWord finds the first token of text from byte at on. Both results are
// len(text) when there is none.
func nextWord(text string, at int) (start, end int) {
	for start = at; start < len(text); {
		first, size := classAt(text, start)
		if first == letter || first == digit {
			end, characters := wordEnd(text, start)
			if characters == 1 && first == letter {
				end = abbreviationEnd(text, end)
			}
			return start, end
		}
		start += size
	}
	return len(text), len(text)
}

// wordEnd is the end of the run of word characters that begins at start, and
// how many there are, leaving out invisible ones; 0, 0 when there are none.
func wordEnd(text string, start int) (end, characters int) {
	for i := start; i < len(text); {
		c, size := classAt(text, i)
		if c == separator {
			break
		}
		i += size
		if c != invisible {
			end, characters = i, characters+1
		}
	}
	return end, characters
}

// abbreviationEnd is the end of the abbreviation that the single letter before
// end begins, "U.S." with its last dot; it is end when the letter begins none.
func abbreviationEnd(text string, end int) int {
	long := end
	for long+1 < len(text) && text[long] == '.' {
		first, _ := classAt(text, long+1)
		next, characters := wordEnd(text, long+1)
		if first != letter || characters != 1 {
			break
		}
		long = next
	}
	if long > end && long < len(text) && text[long] == '.' {
		long++
	}
	return long
}

// class is what a character is to the tokenizer.
type class uint8

const (
	separator class = iota
	letter
	digit
	mark      // belongs to the letter before it
	invisible // belongs to a word when it stands inside one
)

// classes are those of ASCII.
var classes = func() (table [utf8.RuneSelf]class) {
	for c := range table {
		table[c] = classOf(rune(c))
	}
	return table
}()

// classAt is the class of the character at byte i, and its length in bytes.
func classAt(text string, i int) (c class, size int) {
	if b := text[i]; b < utf8.RuneSelf {
		return classes[b], 1
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	// Most of what is not ASCII here is Russian.
	if 'А' <= r && r <= 'я' {
		return letter, size
	}
	return classOf(r), size
}

func classOf(r rune) class {
	switch {
	case r == 'ʼ':
		return separator // a letter to Unicode, an apostrophe to those who type it
	case r == 'ﾞ' || r == 'ﾟ':
		return mark // letters to Unicode that are marks once they are folded
	case unicode.IsLetter(r):
		return letter
	case unicode.IsDigit(r):
		return digit
	case unicode.IsMark(r):
		return mark
	case isInvisible(r):
		return invisible
	}
	return separator
}

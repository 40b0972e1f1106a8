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
		size, word := runeAt(text, start)
		if word && !isMarkAt(text, start) {
			end, letters := wordEnd(text, start)
			if letters == 1 && !isDigitAt(text, start) {
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
func wordEnd(text string, start int) (end, letters int) {
	for i := start; i < len(text); {
		size, word := runeAt(text, i)
		if !word && !isInvisibleAt(text, i) {
			break
		}
		i += size
		if word {
			end, letters = i, letters+1
		}
	}
	return end, letters
}

// abbreviationEnd is the end of the abbreviation that the single letter before
// end begins, "U.S." with its last dot; it is end when the letter begins none.
func abbreviationEnd(text string, end int) int {
	long := end
	for long < len(text) && text[long] == '.' {
		next, letters := wordEnd(text, long+1)
		if letters != 1 || isDigitAt(text, long+1) {
			break
		}
		long = next
	}
	if long > end && long < len(text) && text[long] == '.' {
		long++
	}
	return long
}

func isDigitAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsDigit(r)
}

func isMarkAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsMark(r)
}

func isInvisibleAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return isInvisible(r)
}

// modifierApostrophe is a letter to Unicode and an apostrophe to those who type it.
const modifierApostrophe = 'ʼ'

// runeAt is the length in bytes of the character at i, and whether it belongs
// to a word.
func runeAt(text string, i int) (size int, word bool) {
	if c := text[i]; c < utf8.RuneSelf {
		return 1, 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	// Most of what is not ASCII here is Russian.
	if 'А' <= r && r <= 'я' {
		return size, true
	}
	word = unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
	return size, word && r != modifierApostrophe
}

package phrase

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is the form in which words are compared: lower case, Latin letters
// without accents, е for ё, two letters for œ and æ. й stays what it is.
func Fold(word string) string {
	return string(appendFolded(nil, word))
}

func appendFolded(b []byte, word string) []byte {
	for i := 0; i < len(word); {
		if c := word[i]; c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			b = append(b, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(word[i:])
		b = appendRune(b, r)
		i += size
	}
	return b
}

func appendRune(b []byte, r rune) []byte {
	switch {
	case 'а' <= r && r <= 'я':
		return utf8.AppendRune(b, r)
	case 'А' <= r && r <= 'Я':
		return utf8.AppendRune(b, r+('а'-'А'))
	case r == 'ё' || r == 'Ё':
		return utf8.AppendRune(b, 'е')
	case r == 'œ' || r == 'Œ':
		return append(b, "oe"...)
	case r == 'æ' || r == 'Æ':
		return append(b, "ae"...)
	case unicode.IsMark(r):
		return b
	}
	return appendBase(b, unicode.ToLower(r))
}

// appendBase drops the accents of a Latin letter.
func appendBase(b []byte, r rune) []byte {
	if !unicode.Is(unicode.Latin, r) {
		return utf8.AppendRune(b, r)
	}
	var buf [utf8.UTFMax]byte
	decomposed := norm.NFD.PropertiesString(string(buf[:utf8.EncodeRune(buf[:], r)])).Decomposition()
	if len(decomposed) == 0 {
		return utf8.AppendRune(b, r)
	}
	base, _ := utf8.DecodeRune(decomposed)
	if base >= utf8.RuneSelf {
		return appendBase(b, base)
	}
	return append(b, byte(base))
}

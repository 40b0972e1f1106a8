// Package lang tells in which language a run of text is.
package lang

import (
	"strings"
	"unicode"
)

// Detect gives "en", "fr" or "ru", or "und" when the text is in none of them or
// too short to tell.
func Detect(text string) string {
	cyr, lat := 0, 0
	for _, r := range text {
		if unicode.Is(unicode.Cyrillic, r) {
			cyr++
		} else if unicode.Is(unicode.Latin, r) {
			lat++
		}
	}
	if cyr > lat {
		return "ru"
	}
	en, fr := 0, 0
	for _, w := range strings.Fields(strings.ToLower(text)) {
		switch w {
		case "the", "of", "and", "to", "in", "we", "by", "for", "with":
			en++
		case "le", "la", "les", "de", "des", "du", "et", "à", "nous", "une":
			fr++
		}
	}
	switch {
	case en > fr:
		return "en"
	case fr > en:
		return "fr"
	}
	return "und"
}

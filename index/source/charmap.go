package source

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// charmaps are the eight-bit encodings that are told apart. Of equal scores the
// first wins.
var charmaps = []struct {
	name    string
	charmap *charmap.Charmap
}{
	{"windows-1252", charmap.Windows1252},
	{"windows-1251", charmap.Windows1251},
	{"koi8-r", charmap.KOI8R},
	{"cp866", charmap.CodePage866},
	{"iso-8859-5", charmap.ISO8859_5},
	{"macintosh", charmap.Macintosh},
}

// bestCharmap decodes data with the encoding whose text scores highest; encoding
// is "" when none makes sense.
func bestCharmap(data []byte) (text, encoding string) {
	best := 0.0
	for _, c := range charmaps {
		var b strings.Builder
		for _, x := range data {
			b.WriteRune(c.charmap.DecodeByte(x))
		}
		if s := score(b.String()); s > best {
			best, text, encoding = s, b.String(), c.name
		}
	}
	return text, encoding
}

// The letters of Russian from frequent to rare, the accented ones of western
// Europe, and the signs of printed text that are not ASCII. What is in none of
// them speaks against an encoding.
const (
	frequentCyrillic = "оеаинтсрвл"
	commonCyrillic   = "кмдпуяыьгзбчй"
	rareCyrillic     = "хжшюцщэфъёіїєўґјљњћђџ"
	accentedLatin    = "éèêëàâäçîïôöùûüÿœæñáíóúãõåøßìòš"
	printedSigns     = "\u00a0«»“”„‘’–—…•·§°№©®™€£"
)

// score says how much the letters that are not ASCII look as in words: higher
// is better, 0 or less is nonsense. A letter counts by its frequency when its
// neighbours are of its own script, and against the text when they are of
// another or when a capital follows a small letter. Cyrillic counts the less the
// more of the letters around are Latin: an "à" between French words is no "а".
func score(text string) float64 {
	latin, cyrillic := 0.0, 0.0
	other, prev := 0.0, ' '
	letters := 0.0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic += weight(r, prev)
			letters++
		case r > unicode.MaxASCII:
			other += weight(r, prev)
		case unicode.IsLetter(r):
			latin++
			if unicode.Is(unicode.Cyrillic, prev) {
				other -= 2
			}
		}
		prev = r
	}
	if letters > 0 {
		cyrillic *= letters / (letters + latin)
	}
	return other + cyrillic
}

// weight is what one character after another adds to the score.
func weight(r, prev rune) float64 {
	low := unicode.ToLower(r)
	w := -2.0
	switch {
	case strings.ContainsRune(printedSigns, r):
		return 0.5
	case strings.ContainsRune(frequentCyrillic, low):
		w = 1
	case strings.ContainsRune(commonCyrillic, low):
		w = 0.7
	case strings.ContainsRune(rareCyrillic, low):
		w = 0.2
	case strings.ContainsRune(accentedLatin, low):
		w = 0.7
	}
	if !unicode.IsLetter(prev) {
		return w
	}
	if unicode.IsUpper(r) && unicode.IsLower(prev) {
		w -= 2
	}
	if unicode.Is(unicode.Cyrillic, r) != unicode.Is(unicode.Cyrillic, prev) {
		w -= 2
	}
	// Accented letters of Latin stand among plain ones.
	if unicode.Is(unicode.Latin, r) && prev > unicode.MaxASCII {
		w -= 1.5
	}
	return w
}

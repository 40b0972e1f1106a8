// Package lang tells whether a run of text is English, French or Russian. It is
// made for paragraphs and headings of statements; it does not name other
// languages, and does not say where in a text the language changes.
package lang

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"demarche/search"
)

// words has frequent words of languages, a language a line: those that are told,
// and those that might be taken for them.
//
//go:embed data/words.txt
var words string

// endings has endings and beginnings of words, a language a line.
//
//go:embed data/affixes.txt
var affixes string

const (
	// sample is how many bytes of a long text are looked at: some 150 words.
	sample = 1 << 10
	// wordShare is the least share of frequent words in a text of its language.
	// Real paragraphs have a quarter and more, headings less.
	wordShare = 0.12
	// lead is how many times the score of the next language the best must have.
	lead = 1.25
	// foreign is the greatest share of letters that the alphabet does not have:
	// names are spelt with them.
	foreign = 0.02
)

// Detect gives "en", "fr" or "ru", or "und" when the text is in none of them or
// too short to tell.
func Detect(text string) string {
	if len(text) > sample {
		text = text[:sample+strings.IndexByte(text[sample:]+" ", ' ')]
	}
	text = strings.ToLower(text)
	cyrillic, latin, other, alien := letters(text)
	if other > cyrillic+latin {
		return search.Undetermined
	}
	scores, count := score(text)
	if cyrillic > latin {
		return russian(scores, float64(alien)/float64(cyrillic), count)
	}
	best, second := top(scores, "ru")
	if best != "en" && best != "fr" || scores[best] < 1 || scores[best] < lead*second ||
		scores[best] < wordShare*float64(count) {
		return search.Undetermined
	}
	return best
}

// russian tells Russian from the other languages of its script: by letters that it
// does not have, and by their frequent words.
func russian(scores map[string]float64, alien float64, count int) string {
	best, second := top(scores, "en", "fr")
	switch {
	case alien > foreign, best != "" && best != "ru", scores["ru"] < lead*second:
		return search.Undetermined
	case count >= 12 && scores["ru"] < wordShare/2*float64(count):
		return search.Undetermined
	}
	return "ru"
}

// letters counts the letters of a text: Cyrillic, Latin, of other scripts, and
// those Cyrillic ones that Russian does not have.
func letters(text string) (cyrillic, latin, other, alien int) {
	for _, r := range text {
		switch {
		case r < 'a', !unicode.IsLetter(r):
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
			if r != 'ё' && (r < 'а' || r > 'я') {
				alien++
			}
		case unicode.Is(unicode.Latin, r):
			latin++
		default:
			other++
		}
	}
	return cyrillic, latin, other, alien
}

// top gives the language with the best score and the score of the next, of all but
// some.
func top(scores map[string]float64, but ...string) (best string, second float64) {
	highest := 0.0
	for lang, s := range scores {
		switch {
		case strings.Contains(strings.Join(but, " "), lang):
		case s > highest || s == highest && lang < best:
			best, second, highest = lang, highest, s
		case s > second:
			second = s
		}
	}
	return best, second
}

// score counts for every language its frequent words, and half for its endings,
// and gives the number of words.
func score(text string) (scores map[string]float64, count int) {
	known := tables()
	scores = map[string]float64{}
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		count++
		langs, found := known.words[w]
		for _, l := range langs {
			scores[l]++
		}
		if found {
			continue
		}
		for _, a := range known.affixes {
			if len(w) > len(a.text)+2 && strings.HasSuffix(w, a.text) {
				scores[a.lang] += 0.5
				break
			}
		}
	}
	return scores, count
}

// table is the data read.
type table struct {
	words   map[string][]string // languages by word
	affixes []affix
}

type affix struct{ lang, text string }

var tables = sync.OnceValue(func() table {
	t := table{words: map[string][]string{}}
	for line := range strings.Lines(words) {
		lang, list := entry(line)
		for _, w := range list {
			if !slices.Contains(t.words[w], lang) {
				t.words[w] = append(t.words[w], lang)
			}
		}
	}
	for line := range strings.Lines(affixes) {
		lang, list := entry(line)
		for _, a := range list {
			t.affixes = append(t.affixes, affix{lang, a})
		}
	}
	return t
})

// entry reads a line "code: word word …". A line that begins with # is a remark.
func entry(line string) (lang string, list []string) {
	if strings.HasPrefix(line, "#") {
		return "", nil
	}
	lang, rest, _ := strings.Cut(line, ":")
	return lang, strings.Fields(rest)
}

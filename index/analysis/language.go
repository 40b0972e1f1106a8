package analysis

import (
	"embed"
	"io/fs"
	"path"
	"strings"
	"sync"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/russian"
	"golang.org/x/text/unicode/norm"
)

//go:embed data
var data embed.FS

// language is what is known of one language.
type language struct {
	// stem is nil for a language without a stemmer.
	stem func(*snowballstem.Env) bool
	// stop has the stop words as written, in lower case, and as folded.
	stop map[string]bool
	// acronyms are stop words that are names where they are in capitals.
	acronyms map[string]bool
	// elisions lead from the folded stop words that stand for another to all
	// that stand for it, themselves included.
	elisions map[string][]string
	// fixed are stems that are not left to the stemmer, by the word as written
	// and as folded.
	fixed map[string]string
	// canonical brings a word to the spelling whose stem it has, other to the
	// other spelling of a word that is in that one.
	canonical, other *respeller
	// classes are made when the first query asks for them.
	classes func() classStems
	// compounds are the beginnings of words that are written apart too, with the
	// beginnings of what may follow.
	compounds map[string][]string

	mu    sync.RWMutex
	words map[string]word
}

// word is a token without its place.
type word struct {
	exact string
	stems []string
}

// maxWords bounds the words that a language remembers. Texts use some 50,000
// forms again and again; the rest is not worth keeping.
const maxWords = 1 << 16

var (
	languages = map[string]*language{
		"en": newLanguage("en", english.Stem),
		"fr": newLanguage("fr", french.Stem),
		"ru": newLanguage("ru", russian.Stem),
	}
	undetermined = newLanguage("und", nil)
)

func languageOf(code string) *language {
	if l := languages[code]; l != nil {
		return l
	}
	return undetermined
}

func newLanguage(code string, stem func(*snowballstem.Env) bool) *language {
	l := &language{
		stem:     stem,
		stop:     map[string]bool{},
		acronyms: map[string]bool{},
		elisions: map[string][]string{},
		fixed:    map[string]string{},
		words:    map[string]word{},
	}
	l.canonical, l.other = newRespellers(code)
	l.classes = sync.OnceValue(l.classStems)
	l.compounds = readCompounds(code)
	for line := range lines(code, "stopwords.txt") {
		for _, w := range line {
			l.stop[written(w)] = true
			l.stop[Fold(w)] = true
		}
	}
	for line := range lines(code, "acronyms.txt") {
		for _, w := range line {
			l.acronyms[Fold(w)] = true
		}
	}
	for line := range lines(code, "elisions.txt") {
		for _, w := range line {
			l.elisions[w] = line
		}
	}
	for line := range lines(code, "stems.txt") {
		for _, w := range line[1:] {
			l.fixed[written(w)] = line[0]
			l.fixed[Fold(w)] = line[0]
		}
	}
	return l
}

// lines yields the words of each line of a data file of a language, without
// comments and blank lines. A language may lack the file.
func lines(code, name string) func(yield func([]string) bool) {
	text, err := fs.ReadFile(data, path.Join("data", code, name))
	if err != nil {
		return func(func([]string) bool) {}
	}
	return func(yield func([]string) bool) {
		for line := range strings.Lines(string(text)) {
			line, _, _ = strings.Cut(line, "#")
			if words := strings.Fields(line); len(words) > 0 && !yield(words) {
				return
			}
		}
	}
}

// word analyses a token as it stands in the text.
func (l *language) word(raw string) word {
	l.mu.RLock()
	w, ok := l.words[raw]
	l.mu.RUnlock()
	if ok {
		return w
	}
	w = l.analyse(raw)
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.words) >= maxWords {
		clear(l.words)
	}
	// The clone keeps the text that raw is cut from out of memory.
	l.words[strings.Clone(raw)] = w
	return w
}

func (l *language) analyse(raw string) word {
	letters := strings.ReplaceAll(raw, ".", "")
	exact := Fold(letters)
	name := isCapitals(letters) && (len(letters) < len(raw) || l.acronyms[exact])
	switch {
	case name:
		return word{exact, []string{exact}}
	case l.stop[written(letters)]:
		return word{exact, nil}
	}
	return word{exact, l.stems(letters, exact)}
}

func (l *language) stems(raw, exact string) []string {
	if l.stem == nil {
		return []string{exact}
	}
	plain := l.classStem(exact)
	if w := written(raw); w != exact {
		if accented := l.classStem(w); accented != plain {
			return []string{accented, plain}
		}
	}
	return []string{plain}
}

// classStem is the folded stem of the class of spelling of w, marked where w is
// not in the first spelling of it.
func (l *language) classStem(w string) string {
	first, ok := l.canonical.respell(w)
	if ok {
		return Fold(l.snowball(first)) + respelled
	}
	return Fold(l.snowball(w))
}

func (l *language) snowball(w string) string {
	if stem, ok := l.fixed[w]; ok {
		return stem
	}
	env := snowballstem.NewEnv(w)
	l.stem(env)
	return env.Current()
}

// written is a word as a dictionary writes it: in lower case, accents kept, but
// with е for ё, which dictionaries of Russian keep and writers do not.
func written(raw string) string {
	w := strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		return r
	}, norm.NFC.String(strings.ToLower(raw)))
	return strings.ReplaceAll(w, "ё", "е")
}

// isCapitals reports whether raw is two letters or more, all of them capitals.
func isCapitals(raw string) bool {
	n := 0
	for _, r := range raw {
		if !unicode.IsUpper(r) {
			return false
		}
		n++
	}
	return n > 1
}

// IsStop reports whether a word, written or folded, is a stop word of lang.
func IsStop(lang, exact string) bool {
	return languageOf(lang).stop[written(exact)]
}

// Elisions are the folded words that count as one with a folded stop word where
// inflection does not matter: l, le and la for each of the three. Only the word
// itself for most.
func Elisions(lang, exact string) []string {
	if words := languageOf(lang).elisions[exact]; words != nil {
		return words
	}
	return []string{exact}
}

// Possessive is the exact word that a language adds to a noun behind an
// apostrophe and that is no word of its own; "" when it has none.
func Possessive(lang string) string {
	if lang == "en" {
		return "s"
	}
	return ""
}

// Stem is the stem of a word as written: what Snowball makes of it, but for the
// words that the data of the language sets right; the word itself in a language
// without a stemmer.
func Stem(lang, word string) string {
	word = written(word)
	if l := languageOf(lang); l.stem != nil {
		return l.snowball(word)
	}
	return word
}

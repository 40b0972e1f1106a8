package annotate

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"demarche/index/annotate/pattern"
	"demarche/index/gazetteer"
	"demarche/index/phrase"
)

// endings tell the cases that a word may stand in, by its form ("adjective",
// "state", "noun") and its ending.
type endings map[string]map[string]pattern.Mask

// longestEnding is in letters.
const longestEnding = 3

// readEndings reads the endings of a language that has cases; one that has none has
// no file.
func (l *language) readEndings(files fs.FS, name string) error {
	f, err := files.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	l.endings = endings{}
	for _, row := range rows[1:] {
		var mask pattern.Mask
		for _, name := range strings.Fields(row[2]) {
			class, err := l.grammar.Class(name)
			if err != nil {
				return err
			}
			mask = mask.Or(pattern.Of(class))
		}
		if l.endings[row[0]] == nil {
			l.endings[row[0]] = map[string]pattern.Mask{}
		}
		l.endings[row[0]][row[1]] = mask
	}
	return nil
}

// of finds the longest known ending of a folded word, in the first form that has one.
func (e endings) of(word string, forms ...string) pattern.Mask {
	starts := tails(word)
	for _, form := range forms {
		for i := len(starts) - 1; i >= 0; i-- {
			if mask, ok := e[form][word[starts[i]:]]; ok {
				return mask
			}
		}
	}
	return pattern.Mask{}
}

// tails are the bytes at which the last letters of a word begin: none of them, one, two …
func tails(word string) (starts [longestEnding + 1]int) {
	at := len(word)
	for i := range starts {
		starts[i] = at
		_, size := utf8.DecodeLastRuneInString(word[:at])
		at -= size
	}
	return starts
}

// casesOf are the cases that a name may stand in: all of them where it does not
// change. A name of several words is inflected in the first of them.
func (l *language) casesOf(text string, m gazetteer.Match) pattern.Mask {
	if l.endings == nil {
		return pattern.Mask{}
	}
	word := phrase.Fold(text[m.Span.Start:m.Span.End])
	every := pattern.Of(l.class.nominative, l.class.genitive, l.class.instrumental)
	base := m.Kind == gazetteer.State && word == l.base[m.ID]
	first, _, several := strings.Cut(word, " ")
	switch {
	case m.Abbreviation, word[0] < utf8.RuneSelf, base && strings.ContainsAny(word[len(word)-2:], "оуеэюи"):
		return every
	case base:
		return pattern.Of(l.class.nominative)
	case m.Form == gazetteer.Adjective:
		return l.endings.of(word, "adjective", "noun")
	case several:
		return l.endings.of(first, "adjective", "noun")
	case m.Form == gazetteer.Place, m.Kind != gazetteer.State:
		return l.endings.of(word, "noun")
	}
	return l.endings.of(word, "state", "noun")
}

// casesOfWord are the cases that a word for those who act may stand in.
func (l *language) casesOfWord(word string, mask pattern.Mask) pattern.Mask {
	if l.endings == nil || !mask.Meets(pattern.Of(l.class.organ, l.class.person, l.class.hacker)) {
		return pattern.Mask{}
	}
	return l.endings.of(phrase.Fold(word), "noun")
}

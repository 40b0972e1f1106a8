package annotate

import (
	"errors"
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
const longestEnding = 5

// readEndings reads the endings of a language that has cases; one that has none has
// no file.
func (l *language) readEndings(files fs.FS, name string) error {
	rows, err := readTable(files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	l.endings = endings{}
	for _, row := range rows {
		mask, err := l.readCases(row[2])
		if err != nil {
			return err
		}
		if l.endings[row[0]] == nil {
			l.endings[row[0]] = map[string]pattern.Mask{}
		}
		l.endings[row[0]][row[1]] = mask
	}
	return nil
}

// readCases reads the cases of an ending. Where it is none but the nominative, the
// word is SUBJECT too.
func (l *language) readCases(names string) (pattern.Mask, error) {
	var mask pattern.Mask
	for name := range strings.FieldsSeq(names) {
		class, err := l.grammar.Class(name)
		if err != nil {
			return mask, err
		}
		mask = mask.Or(pattern.Of(class))
	}
	if names == "NOM" {
		mask = mask.Or(pattern.Of(l.class.subject))
	}
	return mask, nil
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
// change.
func (l *language) casesOf(text string, m gazetteer.Match) pattern.Mask {
	if l.endings == nil {
		return pattern.Mask{}
	}
	word := phrase.Fold(text[m.Span.Start:m.Span.End])
	base := m.Kind == gazetteer.State && word == l.base[m.ID]
	words := strings.Fields(word)
	switch {
	case m.Abbreviation, word[0] < utf8.RuneSelf, base && strings.ContainsAny(word[len(word)-2:], "оуеэюиш"):
		return l.everyCase()
	case base:
		return pattern.Of(l.class.nominative, l.class.subject)
	case m.Form == gazetteer.Adjective:
		return l.endings.of(word, "adjective", "noun")
	case len(words) > 1:
		return l.agreed(words)
	case m.Form == gazetteer.Place, m.Kind != gazetteer.State:
		return l.endings.of(word, "place", "noun")
	}
	return l.endings.of(word, "state", "noun")
}

// agreed are the cases of a name of several words: those of the first, an adjective or
// a noun, and where they leave a choice, those that the nouns behind it share.
func (l *language) agreed(words []string) pattern.Mask {
	cases := l.endings.of(words[0], "adjective", "noun")
	for _, word := range words[1:] {
		if l.endings.of(word, "epithet") != (pattern.Mask{}) {
			continue
		}
		if both := l.shared(cases, l.endings.of(word, "state", "noun")); both != (pattern.Mask{}) {
			cases = both
		}
	}
	return cases
}

// shared are the cases that two words both may stand in; the nominative alone makes a
// subject.
func (l *language) shared(one, other pattern.Mask) pattern.Mask {
	var both pattern.Mask
	for _, c := range []pattern.Class{l.class.nominative, l.class.genitive, l.class.instrumental} {
		if one.Has(c) && other.Has(c) {
			both = both.Or(pattern.Of(c))
		}
	}
	if both == pattern.Of(l.class.nominative) {
		return both.Or(pattern.Of(l.class.subject))
	}
	return both
}

// casesOfWord are the cases that a word for those who act may stand in; of a word for
// what they do, whether it is a participle.
func (l *language) casesOfWord(word string, mask pattern.Mask) pattern.Mask {
	switch {
	case l.endings == nil:
		return pattern.Mask{}
	case mask.Has(l.class.sponsor):
		return l.endings.of(phrase.Fold(word), "adjective")
	case mask.Meets(pattern.Of(l.class.breach, l.class.smash)) && !mask.Meets(pattern.Of(l.class.organ, l.class.person, l.class.hacker)):
		return l.endings.of(phrase.Fold(word), "participle")
	case !mask.Meets(pattern.Of(l.class.organ, l.class.person, l.class.hacker)):
		return pattern.Mask{}
	case word == strings.ToUpper(word):
		return l.everyCase()
	}
	return l.endings.of(phrase.Fold(word), "noun")
}

// casesOfPhrase are the cases of a phrase by its last word; of a verb and what belongs to
// it ("to put out of work") by the first that tells whether it is a participle.
func (l *language) casesOfPhrase(first, last string, mask pattern.Mask) pattern.Mask {
	if mask.Meets(pattern.Of(l.class.breach, l.class.smash)) {
		if cases := l.endings.of(phrase.Fold(first), "participle"); cases != (pattern.Mask{}) {
			return cases
		}
	}
	return l.casesOfWord(last, mask)
}

func (l *language) everyCase() pattern.Mask {
	return pattern.Of(l.class.nominative, l.class.genitive, l.class.instrumental)
}

// owned leaves out agencies that the name beside says are another state's: the main
// intelligence directorate of the DPRK is not that of Russia, in Russian, nor is Bhutan's
// Ministry of State Security that of China, in English.
func (l *language) owned(text string, names []gazetteer.Match) []gazetteer.Match {
	if l == nil || l.endings == nil && l.code != "en" {
		return names
	}
	var out []gazetteer.Match
	for i, n := range names {
		switch {
		case n.Agency && l.endings != nil && i+1 < len(names) && l.owns(text, names[i+1], n):
		case n.Agency && l.code == "en" && i > 0 && possesses(text, names[i-1], n):
		default:
			out = append(out, n)
		}
	}
	return out
}

// possesses reports whether an English name right before an agency, "Bhutan's" or
// "Bhutanese", is that of another state than the one that the agency is known for.
func possesses(text string, owner, agency gazetteer.Match) bool {
	switch strings.TrimSpace(text[owner.Span.End:agency.Span.Start]) {
	case "", "'s", "’s", "'", "’":
		return owner.Kind == gazetteer.State && owner.State != agency.State
	}
	return false
}

// owns reports whether a name in the genitive, right behind an agency, is that of
// another state than the one that the agency is known for.
func (l *language) owns(text string, owner, agency gazetteer.Match) bool {
	return owner.First == agency.End && owner.Kind == gazetteer.State && owner.Form != gazetteer.Adjective &&
		owner.State != agency.State && l.casesOf(text, owner).Has(l.class.genitive)
}

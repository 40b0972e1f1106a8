// Package formula knows the recurring wordings of statements and what stands for
// them in the other languages. The wordings are data (formulas.txt); that one is a
// wording of a formula is told by its stems. It finds nothing in texts: index/plan
// makes conditions of wordings.
package formula

import (
	_ "embed"
	"strings"
	"sync"

	"demarche/index/analysis"
	"demarche/search"
)

//go:embed formulas.txt
var file string

// Formula is a wording in each of [search.Languages], with other wordings of the
// same language behind it.
type Formula struct{ Wordings map[string][]string }

// formulas are all of them, and those that have a wording by its key. Of wordings
// that are equal by their stems, the first formula has the key.
type formulas struct {
	all   []Formula
	byKey map[string]int
}

var load = sync.OnceValue(func() formulas {
	f := formulas{byKey: map[string]int{}}
	for line := range strings.Lines(file) {
		columns := strings.Split(strings.TrimSpace(line), "|")
		if strings.HasPrefix(line, "#") || len(columns) != len(search.Languages) {
			continue
		}
		wordings := map[string][]string{}
		for i, lang := range search.Languages {
			for wording := range strings.SplitSeq(columns[i], ";") {
				wording = strings.TrimSpace(wording)
				wordings[lang] = append(wordings[lang], wording)
				if k := key(lang, wording); f.byKey[k] == 0 {
					f.byKey[k] = len(f.all) + 1
				}
			}
		}
		f.all = append(f.all, Formula{wordings})
	}
	return f
})

// All are the formulas in the order of their file.
func All() []Formula { return load().all }

// Find is the formula that text is a wording of, in whatever language, inflection
// and spelling; stop words do not matter.
func Find(text string) (Formula, bool) {
	known := load()
	for _, lang := range search.Languages {
		if n := known.byKey[key(lang, text)]; n > 0 {
			return known.all[n-1], true
		}
	}
	return Formula{}, false
}

// Quotes reports whether text is a wording of f word for word: stop words matter, so
// that "use in force" is none of "use of force".
func (f Formula) Quotes(text string) bool {
	for lang, wordings := range f.Wordings {
		for _, wording := range wordings {
			if wordsOf(lang, text, true) == wordsOf(lang, wording, true) {
				return true
			}
		}
	}
	return false
}

// IsWording reports whether text is the same as a wording of a language, as
// [Find] compares them.
func IsWording(lang, text, wording string) bool { return key(lang, text) == key(lang, wording) }

// key is what wordings of a language are compared by. It is not empty only for texts
// with words that have stems.
func key(lang, text string) string {
	if words := wordsOf(lang, text, false); words != "" {
		return lang + " " + words
	}
	return ""
}

// wordsOf is the stems of the words of text in a language, compounds as one word and
// spellings as one; and the stop words in between, where they are asked for.
func wordsOf(lang, text string, stop bool) string {
	var words []string
	tokens := analysis.Tokens(lang, text)
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if i+1 < len(tokens) {
			if word, ok := analysis.Joined(lang, t.Exact, tokens[i+1].Exact); ok {
				t = analysis.Tokens(lang, word)[0]
				i++
			}
		}
		switch {
		case len(t.Stems) > 0:
			// The last stem is that of the folded word, which all ways to type it have.
			words = append(words, analysis.FirstSpelling(t.Stems[len(t.Stems)-1]))
		case stop:
			words = append(words, analysis.Elisions(lang, t.Exact)[0])
		}
	}
	return strings.Join(words, " ")
}

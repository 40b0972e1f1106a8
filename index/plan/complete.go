package plan

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"demarche/index/analysis"
	"demarche/index/formula"
	"demarche/search"
	"demarche/search/query"
)

// minCompleted is the number of letters from which on something is completed.
const minCompleted = 2

// openingQuotes may stand before a wording that is being typed.
const openingQuotes = `"“„« `

// LastWord is the last word of a text, folded, as the words that may complete it
// begin; "" where it is too short, or part of the value of a field that has no words.
func LastWord(text string) string {
	tokens := analysis.Tokens(search.Undetermined, text)
	if len(tokens) == 0 {
		return ""
	}
	last := tokens[len(tokens)-1]
	if last.End < len(text) || utf8.RuneCountInString(last.Exact) < minCompleted || inValue(text) {
		return ""
	}
	return last.Exact
}

// inValue reports whether a text ends in the value of a field other than title.
func inValue(text string) bool {
	run := text[strings.LastIndexByte(text, ' ')+1:]
	name, _, ok := strings.Cut(strings.TrimLeft(run, "-("), ":")
	name = strings.ToLower(name)
	return ok && name != "title" && slices.Contains(query.Fields, name)
}

// Complete chooses what a text may go on to. entries hold at least the words that
// begin with its [LastWord].
func Complete(text string, entries []Entry) []search.Completion {
	found := completedFormulas(analysis.Fold(strings.TrimLeft(strings.TrimSpace(text), openingQuotes)))
	word := LastWord(text)
	entries = slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool {
		return word == "" || e.Text == word || !strings.HasPrefix(e.Text, word) || isStop(e.Text)
	})
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(b.Paragraphs, a.Paragraphs), cmp.Compare(a.Text, b.Text))
	})
	for _, e := range entries[:min(len(entries), search.MaxCompletions)] {
		found = append(found, search.Completion{Text: e.Text, Paragraphs: e.Paragraphs})
	}
	return found
}

// completedFormulas are the wordings that begin with a folded text.
func completedFormulas(text string) []search.Completion {
	var found []search.Completion
	if utf8.RuneCountInString(text) < minCompleted {
		return nil
	}
	for _, f := range formula.All() {
		for _, lang := range search.Languages {
			for _, wording := range f.Wordings[lang] {
				c := search.Completion{Text: wording, Lang: lang}
				if strings.HasPrefix(analysis.Fold(wording), text) && !slices.Contains(found, c) {
					found = append(found, c)
				}
				if len(found) == search.MaxCompletions {
					return found
				}
			}
		}
	}
	return found
}

func isStop(word string) bool {
	return slices.ContainsFunc(search.Languages, func(lang string) bool { return analysis.IsStop(lang, word) })
}

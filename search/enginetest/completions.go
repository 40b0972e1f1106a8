package enginetest

import (
	"slices"
	"testing"

	"demarche/search"
)

// completions checks that formulas and words are completed, of words the last one
// that is being typed.
func completions(t *testing.T, e search.Engine) {
	for _, tt := range []struct{ text, lang, want string }{
		{"Responsible st", "en", "responsible state behaviour"},
		{"COMPORTEMENT resp", "fr", "comportement responsable des États"},
		{"ответственное пов", "ru", "ответственное поведение государств"},
		{"norms behav", "", "behaviour"},
		{"cy", "", "cyberspace"},
		{"etat", "", "etats"},
		{`"responsible st`, "en", "responsible state behaviour"},
		{"« comportement resp", "fr", "comportement responsable des États"},
		{"title:cy", "", "cyberspace"},
		{"note:cy", "", "cyberspace"},
	} {
		found, err := e.Complete(t.Context(), tt.text)
		if err != nil {
			t.Fatal(err)
		}
		isWanted := func(c search.Completion) bool {
			return c.Text == tt.want && c.Lang == tt.lang && (c.Paragraphs > 0) == (c.Lang == "")
		}
		if !slices.ContainsFunc(found, isWanted) {
			t.Errorf("%q is completed to %v", tt.text, found)
		}
		if len(found) > 2*search.MaxCompletions {
			t.Errorf("%q has %d completions", tt.text, len(found))
		}
	}
	for _, text := range []string{"", "c", "norms ", "xyzzyx", "norms (", "the", "actor:behav", "norms -(Lang:cy"} {
		found, err := e.Complete(t.Context(), text)
		words := slices.DeleteFunc(found, func(c search.Completion) bool { return c.Lang != "" })
		if err != nil || slices.ContainsFunc(words, func(c search.Completion) bool { return c.Text == text }) || text != "the" && len(words) > 0 {
			t.Errorf("%q is completed to %v (%v)", text, words, err)
		}
	}
}

package formula_test

import (
	"testing"

	"demarche/index/formula"
	"demarche/search"
)

// TestAll checks that formulas are whole and that every wording leads back to a
// formula that has it.
func TestAll(t *testing.T) {
	all := formula.All()
	if len(all) < 120 {
		t.Errorf("%d formulas, want at least 120", len(all))
	}
	for _, f := range all {
		for _, lang := range search.Languages {
			if len(f.Wordings[lang]) == 0 {
				t.Errorf("%v: no wording in %s", f.Wordings, lang)
			}
			for _, wording := range f.Wordings[lang] {
				found, ok := formula.Find(wording)
				if !ok {
					t.Errorf("%s: %q is not found", lang, wording)
					continue
				}
				if found.Wordings["en"][0] != f.Wordings["en"][0] && !has(found, wording) {
					t.Errorf("%s: %q leads to %q and %q", lang, wording, found.Wordings["en"][0], f.Wordings["en"][0])
				}
			}
		}
	}
}

func has(f formula.Formula, text string) bool {
	for lang, wordings := range f.Wordings {
		for _, w := range wordings {
			if formula.IsWording(lang, text, w) {
				return true
			}
		}
	}
	return false
}

func TestFind(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"responsible state behaviour", "responsible state behaviour"},
		{"Responsible State Behavior", "responsible state behaviour"},
		{"responsible behaviors of the states", "responsible state behaviour"},
		{"comportements responsables des Etats", "responsible state behaviour"},
		{"ответственного поведения государств", "responsible state behaviour"},
		{"due diligence", "due diligence"},
		{"chaînes d’approvisionnement", "supply chain"},
		{"cyber-attack", "cyber attack"},
		{"cyberattaques", "cyber attack"},
		{"state behaviour responsible", ""},
		{"responsible state", ""},
		{"the", ""},
		{"", ""},
	} {
		f, ok := formula.Find(tt.text)
		got := ""
		if ok {
			got = f.Wordings["en"][0]
		}
		if got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestQuotes holds for wordings of "use of force" in all languages.
func TestQuotes(t *testing.T) {
	f, ok := formula.Find("use of force")
	if !ok {
		t.Fatal("no such formula")
	}
	for text, want := range map[string]bool{
		"use of force":         true,
		"Uses of Force":        true,
		"use in force":         false,
		"use force":            false,
		"the use of force":     false,
		"recours a la force":   true,
		"recours à force":      false,
		"применением силы":     true,
		"применение силы и":    false,
		"responsible behavior": false,
		"":                     false,
	} {
		if got := f.Quotes(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

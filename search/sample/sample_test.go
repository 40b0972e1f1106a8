package sample_test

import (
	"testing"
	"unicode/utf8"

	"demarche/search"
	"demarche/search/sample"
)

// TestStatements checks what the types promise of a statement.
func TestStatements(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range sample.Statements() {
		if seen[s.ID] {
			t.Errorf("%s: the ID is used twice", s.ID)
		}
		seen[s.ID] = true
		for _, v := range s.Versions {
			for i, p := range v.Paragraphs {
				if p.Position != i+1 {
					t.Errorf("%s: position %d, want %d", p.ID, p.Position, i+1)
				}
				if seen[p.ID] {
					t.Errorf("%s: the ID is used twice", p.ID)
				}
				seen[p.ID] = true
				checkParagraph(t, p)
			}
		}
	}
}

func checkParagraph(t *testing.T, p search.Paragraph) {
	if !utf8.ValidString(p.Text) {
		t.Errorf("%s: the text is not UTF-8", p.ID)
	}
	for _, a := range p.Attributions {
		e := a.Evidence
		if e.Span.Start < 0 || e.Span.End > len(p.Text) || p.Text[e.Span.Start:e.Span.End] != e.Text {
			t.Errorf("%s: the evidence %q is not at %v", p.ID, e.Text, e.Span)
		}
	}
}

// TestEveryKind checks that the sample still has what it is there for.
func TestEveryKind(t *testing.T) {
	dates, langs, stances := map[int]bool{}, map[string]bool{}, map[search.Stance]bool{}
	for _, s := range sample.Statements() {
		dates[len(s.Date)] = true
		for _, v := range s.Versions {
			langs[v.Lang] = true
			for _, p := range v.Paragraphs {
				for _, a := range p.Attributions {
					stances[a.Stance] = true
				}
			}
		}
	}
	for _, length := range []int{0, 4, 7, 10} {
		if !dates[length] {
			t.Errorf("no date of %d characters", length)
		}
	}
	for _, lang := range []string{"en", "fr", "ru", "und"} {
		if !langs[lang] {
			t.Errorf("no version in %s", lang)
		}
	}
	for _, s := range []search.Stance{search.StanceOwn, search.StanceReported, search.StanceDenied} {
		if !stances[s] {
			t.Errorf("no attribution that is %s", s)
		}
	}
}

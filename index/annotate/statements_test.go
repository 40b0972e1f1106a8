package annotate_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"demarche/index/annotate"
	"demarche/index/annotate/labelled"
	"demarche/index/gazetteer"
	"demarche/index/segment"
	"demarche/index/source"
	"demarche/search"
)

// TestStatements scores the made-up statements of each language by paragraph. Weights were
// learned from them: what they come to on statements that they were not learned from is told
// by `go run ./cmd/dev weights`.
func TestStatements(t *testing.T) {
	floors := readFloors(t, "statements")
	a := annotator(t)
	for _, lang := range search.Languages {
		t.Run(lang, func(t *testing.T) {
			statements, err := labelled.Statements(os.DirFS("testdata"), lang)
			if err != nil || len(statements) == 0 {
				t.Fatalf("%d statements: %v", len(statements), err)
			}
			s := &scoring{outcomes: map[string]outcome{}}
			for _, one := range statements {
				s.statement(one, readStatement(a, one))
			}
			t.Logf("misses and false alarms:\n%s", strings.Join(s.findings, "\n"))
			for _, m := range measures {
				o := s.outcomes[m]
				t.Logf("%s %-8s precision %.3f recall %.3f (%d hits, %d misses, %d false alarms)", lang, m, o.precision(), o.recall(), o.hits, o.misses, o.alarms)
				s.check(t, m, o, floors[lang][m])
			}
		})
	}
}

// readStatement is what the program makes of the paragraphs of a statement whose speakers
// are declared.
func readStatement(a *annotate.Annotator, s labelled.Statement) [][]search.Attribution {
	draft := a.Annotate(segment.Document{
		Source:   search.Source{File: s.ID},
		Declared: []source.Declared{{Actors: s.Speaker}},
		Versions: []segment.Version{s.Version()},
	})
	var out [][]search.Attribution
	for _, p := range draft.Document.Versions[0].Paragraphs {
		out = append(out, annotate.Resolve(p.Attributions, draft.Notes[0].Actors))
	}
	return out
}

// statement scores the paragraphs of a statement one by one. What is found of a state of which
// the labels are not sure counts neither way; parties that are not named are the speakers.
func (s *scoring) statement(one labelled.Statement, found [][]search.Attribution) {
	for i, p := range one.Paragraphs {
		labels := slices.Clone(p.Attributions)
		for j := range labels {
			if labels[j].By == nil {
				labels[j].By = one.Speaker
			}
		}
		sure := slices.DeleteFunc(slices.Clone(found[i]), func(f search.Attribution) bool { return slices.Contains(p.Unsure, f.State) })
		s.score(labelled.Sentence{ID: fmt.Sprintf("%s %s ¶%d", one.File, one.ID, i+1), Text: p.Text, Attributions: labels}, sure)
	}
}

// TestUnweighed goes by patterns alone, so that weights can be learned where those that ship are
// out of date: nothing is weighed, and every name that could be is a candidate.
func TestUnweighed(t *testing.T) {
	names, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	a, err := annotate.Unweighed(names)
	if err != nil {
		t.Fatal(err)
	}
	const text = "Instructors from Bolivian military intelligence sit in the same rooms as the people who switched off our hospitals' servers."
	s := labelled.Statement{Lang: "en", Speaker: []string{"CL"}, Paragraphs: []labelled.Paragraph{{Text: text}}}
	if found := readStatement(a, s); len(found[0]) > 0 {
		t.Errorf("found %+v, want nothing", found[0])
	}
	if found := readStatement(annotator(t), s); len(found[0]) != 1 || found[0][0].Assertions[0].Rule != "weighing" {
		t.Errorf("weighed, found %+v, want one state by weighing", found[0])
	}
	candidates := a.Candidates(segment.Document{Versions: []segment.Version{s.Version()}})
	if len(candidates) == 0 || candidates[0].State != "BO" || candidates[0].Held || candidates[0].Clear || len(candidates[0].Features) == 0 {
		t.Errorf("candidates %+v, want Bolivia first, of which patterns say nothing", candidates)
	}
	if none := a.Candidates(segment.Document{}); none != nil {
		t.Errorf("candidates %+v of a document without versions", none)
	}
}

package annotate_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"demarche/index/annotate"
	"demarche/index/annotate/labelled"
	"demarche/search"
)

var held = flag.Bool("held", false, "score the sentences kept aside, instead of testing the others")

// outcome counts what one measure came to.
type outcome struct{ hits, misses, alarms int }

func (o outcome) precision() float64 { return ratio(o.hits, o.hits+o.alarms) }
func (o outcome) recall() float64    { return ratio(o.hits, o.hits+o.misses) }

func (o outcome) f1() float64 { return ratio(2*o.hits, 2*o.hits+o.misses+o.alarms) }

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// floor is what the outcome of a measure must reach.
type floor struct{ Precision, Recall float64 }

var measures = []string{"states", "parties", "stance", "denials"}

// TestSentences scores every part that floors.json names, or the part kept
// aside alone.
func TestSentences(t *testing.T) {
	floors := readFloors(t, "sentences")
	a := annotator(t)
	for _, lang := range search.Languages {
		t.Run(lang, func(t *testing.T) {
			if *held {
				scored(t, a, "held", lang)
				return
			}
			for _, part := range partsOf(floors, lang) {
				s := scored(t, a, part, lang)
				t.Logf("misses and false alarms:\n%s", strings.Join(s.findings, "\n"))
				for _, m := range measures {
					s.check(t, part+" "+m, s.outcomes[m], floors[part+"."+lang][m])
				}
			}
		})
	}
}

// scored logs what the sentences of one part in one language come to.
func scored(t *testing.T, a *annotate.Annotator, part, lang string) *scoring {
	t.Helper()
	s := &scoring{outcomes: map[string]outcome{}}
	for _, one := range readSentences(t, part, lang) {
		s.score(one, attributed(a, lang, one))
	}
	for _, m := range measures {
		o := s.outcomes[m]
		t.Logf("%s %s %-8s precision %.3f recall %.3f F1 %.3f (%d hits, %d misses, %d false alarms)",
			part, lang, m, o.precision(), o.recall(), o.f1(), o.hits, o.misses, o.alarms)
	}
	return s
}

// partsOf are the parts of a language that have floors, such as "dev".
func partsOf(floors map[string]map[string]floor, lang string) []string {
	var out []string
	for key := range floors {
		if part, of, _ := strings.Cut(key, "."); of == lang {
			out = append(out, part)
		}
	}
	slices.Sort(out)
	return out
}

// TestSentenceLabels keeps the parts whole: their size, their share, labels
// that can be scored.
func TestSentenceLabels(t *testing.T) {
	floors := readFloors(t, "sentences")
	for _, lang := range search.Languages {
		dev, kept := readSentences(t, "dev", lang), readSentences(t, "held", lang)
		if n := len(dev) + len(kept); n < 150 || len(kept) != n/3 {
			t.Errorf("%s: %d sentences, %d of them kept aside; want 150 or more and a third", lang, n, len(kept))
		}
		all := kept
		for _, part := range partsOf(floors, lang) {
			all = slices.Concat(all, readSentences(t, part, lang))
		}
		seen := map[string]bool{}
		for _, s := range all {
			if seen[s.ID] || seen[s.Text] || s.Text == "" || len(s.Speaker) == 0 {
				t.Errorf("%s: a sentence twice, or without text or speaker", s.ID)
			}
			seen[s.ID], seen[s.Text] = true, true
			for _, a := range s.Attributions {
				if len(a.State) != 2 || slices.Contains(s.Mentions, a.State) && !slices.Contains(s.Speaker, a.State) {
					t.Errorf("%s: state %q cannot be scored", s.ID, a.State)
				}
			}
		}
	}
}

// scoring sums the outcomes of sentences and says where they went wrong.
type scoring struct {
	outcomes map[string]outcome
	findings []string
}

func (s *scoring) score(one labelled.Sentence, found []search.Attribution) {
	want := map[string]int{}
	for i, a := range one.Attributions {
		want[a.State] = i
	}
	for _, f := range found {
		i, ok := want[f.State]
		if !ok {
			s.count(one, claim(f.Stance), f.State, outcome{alarms: 1})
			continue
		}
		delete(want, f.State)
		s.compare(one, i, f)
	}
	for state, i := range want {
		s.count(one, claim(one.Attributions[i].Stance), state, outcome{misses: 1})
	}
	slices.Sort(s.findings)
}

// compare scores an attribution found to a state that the label i names too.
func (s *scoring) compare(one labelled.Sentence, i int, f search.Attribution) {
	label := one.Attributions[i]
	if claim(label.Stance) != claim(f.Stance) {
		s.count(one, claim(label.Stance), f.State, outcome{misses: 1})
		s.count(one, claim(f.Stance), f.State, outcome{alarms: 1})
		return
	}
	s.count(one, claim(f.Stance), f.State, outcome{hits: 1})
	if label.Stance == search.StanceDenied {
		return
	}
	if label.Stance == f.Stance {
		s.count(one, "stance", string(f.Stance), outcome{hits: 1})
	} else {
		s.count(one, "stance", string(f.Stance)+" for "+string(label.Stance), outcome{misses: 1, alarms: 1})
	}
	for _, by := range label.By {
		if slices.Contains(f.By, by) {
			s.count(one, "parties", by, outcome{hits: 1})
		} else {
			s.count(one, "parties", by, outcome{misses: 1})
		}
	}
	for _, by := range f.By {
		if !slices.Contains(label.By, by) {
			s.count(one, "parties", by, outcome{alarms: 1})
		}
	}
}

// claim is the measure that a stance counts for: what is denied is no
// attribution.
func claim(s search.Stance) string {
	if s == search.StanceDenied {
		return "denials"
	}
	return "states"
}

func (s *scoring) count(one labelled.Sentence, measure, value string, o outcome) {
	sum := s.outcomes[measure]
	s.outcomes[measure] = outcome{sum.hits + o.hits, sum.misses + o.misses, sum.alarms + o.alarms}
	for _, kind := range []struct {
		name string
		n    int
	}{{"missed", o.misses}, {"false", o.alarms}} {
		if kind.n > 0 {
			s.findings = append(s.findings,
				fmt.Sprintf("  %s %-7s %-6s %s (%s): %s", one.ID, measure, kind.name, value, one.Note, one.Text))
		}
	}
}

// check holds what a measure came to against its floor.
func (s *scoring) check(t *testing.T, measure string, o outcome, least floor) {
	t.Helper()
	if o.precision() < least.Precision || o.recall() < least.Recall {
		t.Errorf("%s: precision %.3f, recall %.3f; want %.3f and %.3f or more",
			measure, o.precision(), o.recall(), least.Precision, least.Recall)
	}
}

// attributed is what the program makes of a sentence in a document whose
// speaker is declared.
func attributed(a *annotate.Annotator, lang string, one labelled.Sentence) []search.Attribution {
	paragraphs := readStatement(a, one.Statement("", lang))
	return paragraphs[len(paragraphs)-1]
}

func readSentences(t *testing.T, part, lang string) []labelled.Sentence {
	t.Helper()
	out, err := labelled.Sentences(os.DirFS("testdata"), part, lang)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// readFloors returns the floors of a folder of testdata by part and language, such as
// "dev.en", and measure.
func readFloors(t *testing.T, folder string) map[string]map[string]floor {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", folder, "floors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]map[string]floor
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatalf("floors.json: %v", err)
	}
	return out
}

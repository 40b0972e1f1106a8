package align_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"demarche/index/annotate"
	"demarche/index/segment"
	"demarche/index/source"
	"demarche/search"
)

// TestLists checks that a list that one version has in one paragraph and another
// in a paragraph for each item is one passage, and that what stands around it
// keeps its own.
func TestLists(t *testing.T) {
	m := newMaker(t, 3)
	tests := []struct {
		name        string
		whole       string // language of the version with one paragraph
		broken      string
		number      func(item int) string
		least, most int // items
		accuracy    float64
	}{
		{"two or three sentences", "en", "fr", func(int) string { return "" }, 2, 3, 0.97},
		{"bullets", "en", "fr", func(int) string { return "-" }, 4, 9, 0.97},
		{"letters", "en", "ru", func(i int) string { return string(rune('a' + i)) }, 4, 9, 0.97},
		{"numbers, the first version broken", "ru", "en", func(i int) string { return fmt.Sprint(i + 1) }, 4, 9, 0.97},
		{"long lists", "fr", "en", func(int) string { return "-" }, 10, 20, 0.97},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			right, all := 0, 0
			for range 60 {
				one := m.listed(tt.whole, tt.broken, tt.least+m.random.IntN(tt.most-tt.least+1), tt.number)
				s := statements(t, one.drafts(m.annotator), m.names)[0]
				r, n := one.right(s)
				right, all = right+r, all+n
			}
			accuracy := float64(right) / float64(all)
			t.Logf("%d of %d paragraphs are in their passage (%.3f)", right, all, accuracy)
			if accuracy < tt.accuracy {
				t.Errorf("want %.2f", tt.accuracy)
			}
		})
	}
}

// listed is a statement with a list that one of its two versions breaks up.
type listed struct {
	whole, broken segment.Version
	// first is the position of the list in both, items how many paragraphs the
	// broken version has of it.
	first, items int
}

func (m *maker) listed(whole, broken string, items int, number func(int) string) listed {
	one := listed{whole: segment.Version{Lang: whole}, broken: segment.Version{Lang: broken}, items: items}
	add := func(v *segment.Version, number, text string) {
		v.Paragraphs = append(v.Paragraphs, search.Paragraph{Position: len(v.Paragraphs) + 1, Number: number, Text: text})
	}
	around := func() {
		for _, r := range m.statement(1)[:2+m.random.IntN(3)] {
			add(&one.whole, "", r[whole])
			add(&one.broken, "", r[broken])
		}
	}
	around()
	one.first = len(one.whole.Paragraphs) + 1
	var parts []string
	for i := range items {
		r := m.fill(m.clauses[m.random.IntN(len(m.clauses))])
		parts = append(parts, r[whole])
		add(&one.broken, number(i), r[broken])
	}
	add(&one.whole, "", strings.Join(parts, " "))
	around()
	return one
}

// drafts are of one statement by what is declared: only passages count here.
func (one listed) drafts(a *annotate.Annotator) []annotate.Draft {
	x := a.Annotate(segment.Document{Source: search.Source{File: "x"}, Versions: []segment.Version{one.whole}})
	y := a.Annotate(segment.Document{Source: search.Source{File: "y"}, Versions: []segment.Version{one.broken}})
	x.Notes[0].Statement, y.Notes[0].Statement = "one", "one"
	return []annotate.Draft{x, y}
}

// right counts the paragraphs of the whole version whose passage has just their
// counterparts in the broken one.
func (one listed) right(s search.Statement) (right, all int) {
	whole, broken := s.Versions[0], s.Versions[1]
	if whole.Lang != one.whole.Lang {
		whole, broken = broken, whole
	}
	for _, p := range whole.Paragraphs {
		var want []int
		switch {
		case p.Position < one.first:
			want = []int{p.Position}
		case p.Position > one.first:
			want = []int{p.Position + one.items - 1}
		default:
			for i := range one.items {
				want = append(want, one.first+i)
			}
		}
		all++
		if slices.Equal(passage(broken, p.Passage), want) {
			right++
		}
	}
	return right, all
}

// FuzzPassages checks that whatever two versions hold, each paragraph is kept,
// in its order, in one passage, and that those of a passage stand together.
func FuzzPassages(f *testing.F) {
	f.Add(english, french)
	f.Add(english, "\n\n1\n22\n"+russian)
	f.Add("", "Un seul.")
	g := names(f)
	a := annotate.New(g)
	f.Fuzz(func(t *testing.T, x, y string) {
		x, y = strings.ToValidUTF8(x, ""), strings.ToValidUTF8(y, "")
		declared := source.Declared{Statement: "one"}
		drafts := []annotate.Draft{file(a, "x", "en", x, declared), file(a, "y", "fr", y, declared)}
		s := statements(t, drafts, g)
		if len(s) != 1 || len(s[0].Versions) != 2 {
			t.Fatalf("%d statements", len(s))
		}
		for i, v := range s[0].Versions {
			given := drafts[i].Document.Versions[0].Paragraphs
			if len(v.Paragraphs) != len(given) {
				t.Fatalf("%s: %d paragraphs of %d", v.Lang, len(v.Paragraphs), len(given))
			}
			for j, p := range v.Paragraphs {
				held := passage(v, p.Passage)
				if p.Text != given[j].Text || held[len(held)-1]-held[0] != len(held)-1 {
					t.Errorf("%s: paragraph %d is in passage %s with %v", v.Lang, j+1, p.Passage, held)
				}
			}
		}
	})
}

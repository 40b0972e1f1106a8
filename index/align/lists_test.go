package align_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"demarche/index/annotate"
	"demarche/index/segment"
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

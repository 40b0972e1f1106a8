package plan

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestScatteredIsUnordered holds the short way to the long one on random
// paragraphs, windows and their parts alike.
func TestScatteredIsUnordered(t *testing.T) {
	met := 0
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "s", "x"}), 1, 16).Draw(t, "paragraph")
		var s Sequence
		for _, word := range rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 3, 5).Draw(t, "slots") {
			s.Slots = append(s.Slots, Slot{Alternatives: []Alternative{{Term{Texts: []string{word}}}}})
		}
		s.Slack = rapid.IntRange(0, 8).Draw(t, "slack")
		if rapid.Bool().Draw(t, "skip") {
			s.Skip = Term{Texts: []string{"s"}}
		}
		at := func(term Term) []int {
			var positions []int
			for p, word := range words {
				if slices.Contains(term.Texts, word) {
					positions = append(positions, p)
				}
			}
			return positions
		}
		w := newWalk(s, at)
		short, ok := newScattered(w)
		if !ok {
			t.Fatal("it is not seen as scattered")
		}
		var want []Window
		for _, start := range w.starts() {
			if found, ok := w.unordered(start); ok {
				want = append(want, found)
			}
		}
		got := slices.Collect(short.windows)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("-long +short\n%s", diff)
		}
		met += len(got)
	})
	if met == 0 {
		t.Error("no window was met")
	}
}

// TestScatteredIsQuick asks for what made the long way try everything: few
// words, many times, far apart.
func TestScatteredIsQuick(t *testing.T) {
	s := Sequence{Slack: 100}
	for i := range 40 {
		s.Slots = append(s.Slots, Slot{Alternatives: []Alternative{{Term{Texts: []string{string("ab"[i%2])}}}}})
	}
	every := func(n, of int) (all []int) {
		for p := n; p < 4000; p += of {
			all = append(all, p)
		}
		return all
	}
	at := func(term Term) []int {
		if term.Texts[0] == "a" {
			return every(0, 3)
		}
		return every(1, 3)
	}
	began, found := time.Now(), 0
	for range Windows(s, at) {
		found++
	}
	if took := time.Since(began); found == 0 || took > 5*time.Second {
		t.Errorf("%d windows in %v", found, took)
	}
}

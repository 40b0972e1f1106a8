package plan_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"demarche/index/plan"
)

// lettersAt looks terms up in a text of letters, one a position; "." is any.
func lettersAt(text string) func(plan.Term) []int {
	return func(t plan.Term) []int {
		var at []int
		for i := range len(text) {
			if slices.Contains(t.Texts, text[i:i+1]) {
				at = append(at, i)
			}
		}
		return at
	}
}

// letters makes a sequence of slots such as "ab|c": a run of a and b, or c.
func letters(ordered bool, slack int, skip string, slots ...string) plan.Sequence {
	s := plan.Sequence{Ordered: ordered, Slack: slack}
	if skip != "" {
		s.Skip.Texts = []string{skip}
	}
	for _, slot := range slots {
		var alternatives []plan.Alternative
		for run := range strings.SplitSeq(slot, "|") {
			var a plan.Alternative
			for _, l := range run {
				if l == '.' {
					a = append(a, plan.Term{})
				} else {
					a = append(a, plan.Term{Texts: []string{string(l)}})
				}
			}
			alternatives = append(alternatives, a)
		}
		s.Slots = append(s.Slots, plan.Slot{Alternatives: alternatives})
	}
	return s
}

func windows(s plan.Sequence, text string) []string {
	var all []string
	for w := range plan.Windows(s, lettersAt(text)) {
		line := fmt.Sprintf("%d-%d", w.Start, w.End)
		for _, p := range w.Parts {
			line += fmt.Sprintf(" %d-%d", p.Start, p.End)
		}
		all = append(all, line)
	}
	return all
}

func TestWindows(t *testing.T) {
	ordered, free := true, false
	many := strings.Repeat("a", plan.MaxSlots)
	for _, tt := range []struct {
		name, text string
		sequence   plan.Sequence
		want       []string
	}{
		{"phrase", "abxab", letters(ordered, 0, "", "a", "b"), []string{"0-2", "3-5"}},
		{"other order", "ba", letters(ordered, 0, "", "a", "b"), nil},
		{"skipped", "asbssb", letters(ordered, 0, "s", "a", "b"), []string{"0-3"}},
		{"skipped twice", "assb", letters(ordered, 0, "s", "a", "b"), []string{"0-4"}},
		{"not skipped at the end", "abs", letters(ordered, 0, "s", "a", "b"), []string{"0-2"}},
		{"skipped or meant", "assb", letters(ordered, 0, "s", "a", "s", "b"), []string{"0-4"}},
		{"slack", "axxb", letters(ordered, 2, "", "a", "b"), []string{"0-4"}},
		{"too much slack", "axxb", letters(ordered, 1, "", "a", "b"), nil},
		{"slack in all", "axbxc", letters(ordered, 1, "", "a", "b", "c"), nil},
		{"gap", "axb", letters(ordered, 0, "", "a", ".", "b"), []string{"0-3"}},
		{"alternatives of two lengths", "abcd", letters(ordered, 0, "", "a", "b|bc", "d"), []string{"0-4"}},
		{"any order", "cab", letters(free, 0, "", "a", "b", "c"), []string{"0-3 0-1 1-2 2-3"}},
		{"within", "axxb", letters(free, 2, "", "b", "a"), []string{"0-4 0-1 3-4"}},
		{"not within", "axxb", letters(free, 1, "", "b", "a"), nil},
		{"the same twice", "axa", letters(free, 1, "", "a", "a"), []string{"0-3 0-1 2-3"}},
		{"the same once", "ax", letters(free, 1, "", "a", "a"), nil},
		{"not overlapping", "ab", letters(free, 1, "", "ab", "b"), nil},
		{"shared words", "ab", letters(free, 0, "", "a|b", "a"), []string{"0-2 0-1 1-2"}},
		{"every start", "aab", letters(free, 1, "", "a", "b"), []string{"0-3 0-1 2-3", "1-3 1-2 2-3"}},
		{"nothing", "ab", plan.Sequence{Ordered: true}, nil},
		{"most slots", many, letters(ordered, 0, "", strings.Split(many, "")...), []string{fmt.Sprintf("0-%d", plan.MaxSlots)}},
		{"too many slots", many + "a", letters(ordered, 0, "", strings.Split(many+"a", "")...), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, windows(tt.sequence, tt.text)); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
		})
	}
}

// naive finds the windows of a sequence by trying everything: for each start the
// end that comes first.
func naive(s plan.Sequence, text string) map[int]int {
	found := map[int]int{}
	var place func(slots []plan.Slot, start, end, covered int)
	skips := func(from, to int) int {
		n := 0
		for i := from; i < to; i++ {
			if slices.Contains(s.Skip.Texts, text[i:i+1]) {
				n++
			}
		}
		return n
	}
	used := make([]bool, len(text)+1)
	place = func(slots []plan.Slot, start, end, covered int) {
		if len(slots) == 0 {
			uncovered := 0
			for i := start; i < end; i++ {
				if !used[i] && skips(i, i+1) == 0 {
					uncovered++
				}
			}
			if old, ok := found[start]; uncovered <= s.Slack && (!ok || end < old) {
				found[start] = end
			}
			return
		}
		for p := range len(text) {
			if s.Ordered && len(slots) < len(s.Slots) && p < end {
				continue
			}
			for _, e := range naiveEnds(s, slots[0], text, p) {
				if slices.Contains(used[p:e], true) {
					continue
				}
				for i := p; i < e; i++ {
					used[i] = true
				}
				place(slots[1:], min(start, p), max(end, e), covered)
				for i := p; i < e; i++ {
					used[i] = false
				}
			}
		}
	}
	place(s.Slots, len(text), 0, 0)
	return found
}

// naiveEnds are the ends of a slot that begins at p. Inside a run, what may be
// skipped is, unless the run asks for it.
func naiveEnds(s plan.Sequence, slot plan.Slot, text string, p int) []int {
	if len(slot.Alternatives) == 0 {
		return []int{p + 1}
	}
	holds := func(t plan.Term, p int) bool {
		return p < len(text) && (len(t.Texts) == 0 || slices.Contains(t.Texts, text[p:p+1]))
	}
	var ends []int
	for _, run := range slot.Alternatives {
		at, ok := p, true
		for i, t := range run {
			for i > 0 && !holds(t, at) && at < len(text) && slices.Contains(s.Skip.Texts, text[at:at+1]) {
				at++
			}
			ok = ok && holds(t, at)
			at++
		}
		if ok {
			ends = append(ends, at)
		}
	}
	return ends
}

// TestWindowsAgainstAll compares random sequences in random texts with what
// trying everything finds.
func TestWindowsAgainstAll(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	from := func(some ...string) string { return some[r.IntN(len(some))] }
	matches := 0
	for range 30_000 {
		text := ""
		for range 1 + r.IntN(8) {
			text += from("a", "b", "c", "s")
		}
		var slots []string
		for range 1 + r.IntN(4) {
			slots = append(slots, from("a", "b", "c", "a", "b", "ab", "a|b", "a|bc", "b|ab", "ca|s", "s"))
		}
		s := letters(r.IntN(2) == 0, r.IntN(4), from("", "s"), slots...)
		got := map[int]int{}
		for w := range plan.Windows(s, lettersAt(text)) {
			got[w.Start] = w.End
		}
		if d := cmp.Diff(naive(s, text), got); d != "" {
			t.Fatalf("%s in %s (ordered %v, slack %d, skip %v): -all +got\n%s", slots, text, s.Ordered, s.Slack, s.Skip.Texts, d)
		}
		if near := (plan.Plan{Near: &s}).Tier(lettersAt(text)) == plan.NearEachOther; near != (len(got) > 0) {
			t.Fatalf("%s in %s (ordered %v, slack %d, skip %v): near %v, %d windows", slots, text, s.Ordered, s.Slack, s.Skip.Texts, near, len(got))
		}
		matches += len(got)
	}
	if matches < 10_000 {
		t.Errorf("only %d windows: the texts test nothing", matches)
	}
}

// TestWindowsAreBounded looks for sequences that could be tried in more ways than
// there is time for.
func TestWindowsAreBounded(t *testing.T) {
	text := strings.Repeat("abcdefgh", 250)
	overlapping := []string{}
	for i := range 16 {
		overlapping = append(overlapping, string("abcdefgh"[i%8])+"|"+string("abcdefgh"[(i+3)%8]))
	}
	for name, s := range map[string]plan.Sequence{
		"shared words":  letters(false, 99, "", append(overlapping, "z|a")...),
		"same words":    letters(false, 99, "", strings.Split(strings.Repeat("a", 32), "")...),
		"many lengths":  letters(true, 99, "", strings.Split(strings.Repeat("a|ab|abc|abcd ", 20)[:20*14-1], " ")...),
		"missing words": letters(true, 99, "", append(strings.Split(strings.Repeat("a", 31), ""), "z")...),
	} {
		start := time.Now()
		for range plan.Windows(s, lettersAt(text)) {
			continue
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

func BenchmarkWindows(b *testing.B) {
	text := strings.Repeat("xxaxxbxxcxxabcxx", 8)
	for name, s := range map[string]plan.Sequence{
		"phrase":       letters(true, 0, "s", "a", "b", "c"),
		"alternatives": letters(true, 0, "s", "a", "b|x", "c"),
		"near":         letters(false, 4, "s", "a", "c"),
	} {
		positions := map[string][]int{}
		at := func(t plan.Term) []int {
			if _, ok := positions[t.Texts[0]]; !ok {
				positions[t.Texts[0]] = lettersAt(text)(t)
			}
			return positions[t.Texts[0]]
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for range plan.Windows(s, at) {
					continue
				}
			}
		})
	}
}

package plan

import (
	"slices"
	"strings"
)

// line is an ordered sequence of single terms without slack.
type line struct {
	// terms are the positions of each slot.
	terms [][]int
	skip  *skipped
}

// skipped are the positions of what may be passed over. They are looked up when a
// word is missing where it should stand, which is rare: the possessive s is among the
// most frequent words.
type skipped struct {
	term  Term
	at    func(Term) []int
	known []int
	read  bool
}

func (s *skipped) has(p int) bool {
	if len(s.term.Texts) == 0 {
		return false
	}
	if !s.read {
		s.known, s.read = s.at(s.term), true
	}
	return has(s.known, p)
}

// newLine returns s as a line, if it is one. A sequence in which a term may hold at
// a token that may also be skipped has two ways to go on there, and is none.
func newLine(s Sequence, at func(Term) []int) (line, bool) {
	if !s.Ordered || s.Slack > 0 {
		return line{}, false
	}
	for _, slot := range s.Slots {
		if len(slot.Alternatives) != 1 || len(slot.Alternatives[0]) != 1 || len(slot.Alternatives[0][0].Texts) == 0 {
			return line{}, false
		}
		if mayHoldWith(slot.Alternatives[0][0], s.Skip) {
			return line{}, false
		}
	}
	l := line{terms: make([][]int, len(s.Slots)), skip: &skipped{term: s.Skip, at: at}}
	for i, slot := range s.Slots {
		if l.terms[i] = at(slot.Alternatives[0][0]); len(l.terms[i]) == 0 {
			l.terms = [][]int{nil}
			break
		}
	}
	return l, true
}

// mayHoldWith reports whether t may hold at a token at which skip holds.
func mayHoldWith(t, skip Term) bool {
	return slices.ContainsFunc(skip.Texts, func(s string) bool {
		return slices.ContainsFunc(t.Texts, func(text string) bool {
			return text == s || t.Kind == Begin && strings.HasPrefix(s, text)
		})
	})
}

func has(positions []int, p int) bool {
	_, ok := slices.BinarySearch(positions, p)
	return ok
}

func (l line) windows(yield func(Window) bool) {
	for _, start := range l.terms[0] {
		if end, ok := l.end(start); ok && !yield(Window{Run: Run{start, end}}) {
			return
		}
	}
}

// end is the position behind the line that begins at start.
func (l line) end(start int) (end int, ok bool) {
	p := start + 1
	for _, positions := range l.terms[1:] {
		i, found := slices.BinarySearch(positions, p)
		for ; !found; p++ {
			if i == len(positions) || !l.skip.has(p) {
				return 0, false
			}
			found = positions[i] == p+1
		}
		p++
	}
	return p, true
}

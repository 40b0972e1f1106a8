package plan

import "slices"

// line is an ordered sequence of single terms without slack.
type line struct {
	// terms are the positions of each slot.
	terms [][]int
	skip  []int
}

// newLine returns s as a line, if it is one. A sequence in which a term holds at
// a token that may also be skipped has two ways to go on there, and is none.
func newLine(s Sequence, at func(Term) []int) (line, bool) {
	if !s.Ordered || s.Slack > 0 {
		return line{}, false
	}
	for _, slot := range s.Slots {
		if len(slot.Alternatives) != 1 || len(slot.Alternatives[0]) != 1 || len(slot.Alternatives[0][0].Texts) == 0 {
			return line{}, false
		}
	}
	l := line{terms: make([][]int, len(s.Slots))}
	if len(s.Skip.Texts) > 0 {
		l.skip = at(s.Skip)
	}
	for i, slot := range s.Slots {
		l.terms[i] = at(slot.Alternatives[0][0])
		if intersect(l.terms[i], l.skip) {
			return line{}, false
		}
	}
	return l, true
}

func intersect(a, b []int) bool {
	if len(b) == 0 {
		return false
	}
	return slices.ContainsFunc(a, func(p int) bool { return has(b, p) })
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
		for len(l.skip) > 0 && has(l.skip, p) {
			p++
		}
		if !has(positions, p) {
			return 0, false
		}
		p++
	}
	return p, true
}

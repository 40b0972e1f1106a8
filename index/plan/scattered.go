package plan

import "slices"

// scattered is a sequence that is not ordered, of single terms of which no two
// that differ hold at one position. There is nothing to choose then: the window
// that begins at a position ends first where each term was met as often as there
// are slots for it.
type scattered struct {
	*walk
	// places are where any slot begins, by position.
	places []place
	// slots are how many slots there are of each term.
	slots []int
}

// place is a position at which a term holds.
type place struct{ at, term int }

// newScattered returns w as scattered, if it is.
func newScattered(w *walk) (scattered, bool) {
	s := scattered{walk: w}
	terms := map[int]int{} // by the first slot of the term
	for i, slot := range w.Slots {
		if len(slot.Alternatives) != 1 || len(slot.Alternatives[0]) != 1 || w.terms[i][0][0] == nil || mayHoldWith(slot.Alternatives[0][0], w.Skip) {
			return s, false
		}
		first := i
		for w.twin[first] >= 0 {
			first = w.twin[first]
		}
		term, known := terms[first]
		if !known {
			term = len(s.slots)
			terms[first] = term
			s.slots = append(s.slots, 0)
			for _, p := range w.terms[i][0][0] {
				s.places = append(s.places, place{p, term})
			}
		}
		s.slots[term]++
	}
	slices.SortFunc(s.places, func(a, b place) int { return a.at - b.at })
	for i := range s.places {
		if i > 0 && s.places[i].at == s.places[i-1].at {
			return s, false
		}
	}
	return s, true
}

func (s scattered) windows(yield func(Window) bool) {
	for first := range s.places {
		if last, ok := s.last(first); ok && !yield(s.window(first, last)) {
			return
		}
	}
}

// last is the place with which the window that begins with a place is complete.
func (s scattered) last(first int) (last int, ok bool) {
	free, missing, slack := slices.Clone(s.slots), len(s.Slots), 0
	for i := first; i < len(s.places); i++ {
		if i > first {
			slack = s.between(slack, s.places[i-1].at+1, s.places[i].at)
		}
		if free[s.places[i].term] > 0 {
			free[s.places[i].term]--
			missing--
		} else {
			slack++
		}
		if slack > s.Slack {
			return 0, false
		}
		if missing == 0 {
			return i, true
		}
	}
	return 0, false
}

// between adds to slack the positions from p to q that may not be skipped. It
// stops where there is too much of it.
func (s scattered) between(slack, p, q int) int {
	for ; p < q && slack <= s.Slack; p++ {
		if !s.skips(p) {
			slack++
		}
	}
	return slack
}

// window covers the first place and, of each term, the last ones.
func (s scattered) window(first, last int) Window {
	free := slices.Clone(s.slots)
	begin := s.places[first]
	free[begin.term]--
	var parts []Run
	for i := last; i > first; i-- {
		if p := s.places[i]; free[p.term] > 0 {
			free[p.term]--
			parts = append(parts, Run{p.at, p.at + 1})
		}
	}
	parts = append(parts, Run{begin.at, begin.at + 1})
	slices.Reverse(parts)
	return Window{Run{begin.at, s.places[last].at + 1}, parts}
}

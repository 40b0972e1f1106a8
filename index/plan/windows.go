package plan

import (
	"iter"
	"slices"
)

// MaxSlots bounds the slots of a sequence: more do not match.
const MaxSlots = 64

// maxStates bounds the work on one sequence in one paragraph. Only many slots
// that share words in a long text come near it; from there on windows are missed
// rather than time spent.
const maxStates = 20_000

// Run is a half-open range of positions.
type Run struct{ Start, End int }

// Window is one place where a sequence holds.
type Window struct {
	Run
	// Parts are the runs that the slots cover. They are kept apart for a
	// sequence that is not ordered only.
	Parts []Run
}

// Windows yields where s holds in a paragraph, by their start: for each
// position at which a slot can begin, the window that ends first. at returns the
// sorted positions at which a term holds.
//
// # Algorithm
//
// Positions of terms become, for a slot and a start, the ends that its
// alternatives reach. An ordered sequence is walked slot by slot from each start
// of the first one, keeping for every end the least slack used; there are no more
// ends than Slack and the lengths of the alternatives allow. A sequence that is
// not ordered is walked position by position from each start of any slot: a
// position is left uncovered, at the price of one slack, or covered by a slot that
// is not used yet; the state is the set of used slots. Slots that are alike are
// used in their order, so that they do not multiply the states. Where no two
// terms hold at one position there is nothing to try, see scattered.go.
func Windows(s Sequence, at func(Term) []int) iter.Seq[Window] {
	return func(yield func(Window) bool) {
		if len(s.Slots) == 0 || len(s.Slots) > MaxSlots {
			return
		}
		if l, ok := newLine(s, at); ok {
			l.windows(yield)
			return
		}
		w := newWalk(s, at)
		if !s.Ordered && len(s.Slots) > 2 {
			if short, ok := newScattered(w); ok {
				short.windows(yield)
				return
			}
		}
		next := w.unordered
		switch {
		case s.Ordered:
			next = w.ordered
		case len(s.Slots) == 2:
			next = w.pair
		}
		for _, start := range w.starts() {
			if found, ok := next(start); ok && !yield(found) {
				return
			}
		}
	}
}

// walk is a sequence with the positions of its terms in one paragraph.
type walk struct {
	Sequence
	// terms are the sorted positions of each term of each alternative of each
	// slot; nil for a term that is any one token.
	terms [][][][]int
	skip  skipped
	// twin is for each slot the one before it that is alike, or -1.
	twin []int
	// states are how many more may be looked at.
	states int
	// buffer is for the ends of a slot, second for those of the slot behind it.
	buffer, second []int
}

func newWalk(s Sequence, at func(Term) []int) *walk {
	w := &walk{Sequence: s, terms: make([][][][]int, len(s.Slots)), states: maxStates, skip: skipped{term: s.Skip, at: at}}
	for i, slot := range s.Slots {
		for _, alternative := range slot.Alternatives {
			run := make([][]int, len(alternative))
			for j, t := range alternative {
				if len(t.Texts) > 0 {
					run[j] = nonNil(at(t))
				}
			}
			w.terms[i] = append(w.terms[i], run)
		}
	}
	if !s.Ordered {
		w.twin = twins(s.Slots)
	}
	return w
}

func nonNil(positions []int) []int {
	if positions == nil {
		return []int{}
	}
	return positions
}

func twins(slots []Slot) []int {
	twin := make([]int, len(slots))
	for i := range slots {
		twin[i] = -1
		for j := range i {
			if slices.EqualFunc(slots[i].Alternatives, slots[j].Alternatives, sameAlternative) {
				twin[i] = j
			}
		}
	}
	return twin
}

func sameAlternative(a, b Alternative) bool {
	return slices.EqualFunc(a, b, func(a, b Term) bool {
		return a.Kind == b.Kind && slices.Equal(a.Texts, b.Texts)
	})
}

// starts are the positions at which a window can begin, sorted: none when a
// slot has no place at all.
func (w *walk) starts() []int {
	var all []int
	for i := range w.Slots {
		begins, any := w.slotStarts(i)
		if !any && len(begins) == 0 {
			return nil
		}
		if i == 0 || !w.Ordered {
			all = append(all, begins...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// slotStarts are the positions at which slot i begins; any when it holds
// everywhere.
func (w *walk) slotStarts(i int) (begins []int, any bool) {
	if len(w.terms[i]) == 0 {
		return nil, true
	}
	for _, run := range w.terms[i] {
		if run[0] == nil {
			return nil, true
		}
		for _, p := range run[0] {
			if _, ok := w.runEnd(run, p); ok {
				begins = append(begins, p)
			}
		}
	}
	return begins, false
}

// ends are the positions behind slot i where it begins at p, each once, in
// buffer.
func (w *walk) ends(buffer []int, i, p int) []int {
	ends := buffer[:0]
	if len(w.terms[i]) == 0 {
		return append(ends, p+1)
	}
	for _, run := range w.terms[i] {
		if end, ok := w.runEnd(run, p); ok && !slices.Contains(ends, end) {
			ends = append(ends, end)
		}
	}
	return ends
}

// runEnd is the position behind a run of terms that begins at p.
func (w *walk) runEnd(run [][]int, p int) (end int, ok bool) {
	for j, positions := range run {
		for j > 0 && !holds(positions, p) && w.skips(p) {
			p++
		}
		if !holds(positions, p) {
			return 0, false
		}
		p++
	}
	return p, true
}

func holds(positions []int, p int) bool {
	return positions == nil || has(positions, p)
}

func (w *walk) skips(p int) bool { return w.skip.has(p) }

// ordered finds the window that begins with the first slot at start.
func (w *walk) ordered(start int) (Window, bool) {
	reached := map[int]int{} // least slack by end
	for _, end := range w.ends(nil, 0, start) {
		reached[end] = 0
	}
	for i := 1; i < len(w.Slots) && len(reached) > 0; i++ {
		next := map[int]int{}
		for end, slack := range reached {
			w.follow(i, end, slack, next)
		}
		reached = next
	}
	if len(reached) == 0 {
		return Window{}, false
	}
	first := -1
	for end := range reached {
		if first < 0 || end < first {
			first = end
		}
	}
	return Window{Run: Run{start, first}}, true
}

// follow adds to next the ends of slot i behind p, where slack was used so far.
func (w *walk) follow(i, p, slack int, next map[int]int) {
	for slack <= w.Slack {
		if w.states--; w.states < 0 {
			return
		}
		w.buffer = w.ends(w.buffer, i, p)
		for _, end := range w.buffer {
			if least, ok := next[end]; !ok || slack < least {
				next[end] = slack
			}
		}
		if !w.skips(p) {
			slack++
		}
		p++
	}
}

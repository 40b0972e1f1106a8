package plan

// state is a set of used slots at a position.
type state struct {
	used  uint64
	slack int
	parts []Run
}

// layer holds the states at one position, one for each set of used slots, in
// the order in which they were reached, so that the outcome is the same each time.
type layer struct {
	states []state
	index  map[uint64]int
}

// unordered finds the window that begins with any slot at start and ends first.
func (w *walk) unordered(start int) (Window, bool) {
	// Every state leads to later positions only, so they are done in order.
	ahead := map[int]*layer{}
	add(ahead, start, state{})
	for p := start; len(ahead) > 0; p++ {
		here := ahead[p]
		if here == nil {
			continue
		}
		delete(ahead, p)
		if i, ok := here.index[w.all()]; ok {
			return Window{Run{start, p}, here.states[i].parts}, true
		}
		for _, s := range here.states {
			if w.states--; w.states < 0 {
				return Window{}, false
			}
			w.leave(s, start, p, ahead)
			w.cover(s, p, ahead)
		}
	}
	return Window{}, false
}

func (w *walk) all() uint64 { return 1<<len(w.Slots) - 1 }

// leave goes on from s with position p uncovered. A window begins with a slot,
// so its start is never left.
func (w *walk) leave(s state, start, p int, ahead map[int]*layer) {
	if p == start {
		return
	}
	if !w.skips(p) {
		s.slack++
	}
	if s.slack <= w.Slack {
		add(ahead, p+1, s)
	}
}

// cover goes on from s with each slot that is free and begins at p.
func (w *walk) cover(s state, p int, ahead map[int]*layer) {
	for i := range w.Slots {
		bit := uint64(1) << i
		if s.used&bit != 0 || w.twin[i] >= 0 && s.used&(1<<w.twin[i]) == 0 {
			continue
		}
		w.buffer = w.ends(w.buffer, i, p)
		for _, end := range w.buffer {
			parts := append(s.parts[:len(s.parts):len(s.parts)], Run{p, end})
			add(ahead, end, state{s.used | bit, s.slack, parts})
		}
	}
}

// add keeps of states with the same slots the one with the least slack.
func add(ahead map[int]*layer, p int, s state) {
	l := ahead[p]
	if l == nil {
		l = &layer{index: map[uint64]int{}}
		ahead[p] = l
	}
	i, ok := l.index[s.used]
	switch {
	case !ok:
		l.index[s.used] = len(l.states)
		l.states = append(l.states, s)
	case s.slack < l.states[i].slack:
		l.states[i] = s
	}
}

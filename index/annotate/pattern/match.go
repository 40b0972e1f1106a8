package pattern

// Match is where a pattern stands, in words, half-open.
type Match struct {
	Start, End int
	// Captures are the remembered runs in the order of the text of the
	// pattern; a name that stands there several times is there as often.
	Captures []Capture
}

// Capture is a remembered run of words, half-open.
type Capture struct {
	Name       string
	Start, End int
}

// All finds all matches in a text given as the classes of its words: the first
// that begins leftmost, and of these the one that the pattern prefers; then the
// next behind it. Time is linear in the words and in the pattern for each match.
func (p *Pattern) All(words []Mask) []Match {
	var present Mask
	for _, w := range words {
		present = present.Or(w)
	}
	t := p.grammar.Read(words, present)
	defer t.Done()
	return p.In(t)
}

// In is [Pattern.All] for a text of the pattern's grammar that has been read.
func (p *Pattern) In(t *Text) []Match {
	if !p.likely(t) {
		return nil
	}
	starts := p.starts(t)
	at := starts.next(0)
	if at < 0 {
		return nil
	}
	var matches []Match
	for t.run.begin(p, t); at >= 0; {
		m, ok := t.run.from(at)
		if ok {
			matches = append(matches, m)
			at = max(m.End-1, m.Start)
		}
		at = starts.next(at + 1)
	}
	return matches
}

// run is a backtracking search that never looks twice at the same instruction
// and word, as RE2's bit-state search does.
type run struct {
	pattern *Pattern
	text    *Text
	visited []uint64
	slots   []int
	stack   []job
}

// begin clears a run for a pattern and a text.
func (r *run) begin(p *Pattern, t *Text) {
	r.pattern, r.text = p, t
	r.visited = sized(r.visited, (len(p.program)*(len(t.words)+1)+63)/64)
	clear(r.visited)
	r.slots = sized(r.slots, 2*len(p.names))
}

// job is a place to try, or, with slot >= 0, a slot to set back.
type job struct{ pc, at, slot, old int }

// from searches from a place. What has led nowhere leads nowhere from another place
// either.
func (r *run) from(start int) (Match, bool) {
	for i := range r.slots {
		r.slots[i] = -1
	}
	r.stack = append(r.stack[:0], job{pc: 0, at: start, slot: -1})
	for len(r.stack) > 0 {
		j := r.stack[len(r.stack)-1]
		r.stack = r.stack[:len(r.stack)-1]
		if j.slot >= 0 {
			r.slots[j.slot] = j.old
			continue
		}
		if end, ok := r.walk(j.pc, j.at); ok {
			clear(r.visited)
			return r.match(start, end), true
		}
	}
	return Match{}, false
}

// walk follows the preferred way from an instruction until it fails or is done.
func (r *run) walk(pc, at int) (end int, ok bool) {
	for {
		key := pc*(len(r.text.words)+1) + at
		if r.visited[key/64]>>(key%64)&1 == 1 {
			return 0, false
		}
		r.visited[key/64] |= 1 << (key % 64)
		i := &r.pattern.program[pc]
		pc++
		switch i.op {
		case take:
			if !r.text.set(int(i.set)).has(at) {
				return 0, false
			}
			at++
		case peek:
			if beside := at + int(i.x); beside < 0 || !r.text.set(int(i.set)).has(beside) {
				return 0, false
			}
		case split:
			r.stack = append(r.stack, job{pc: int(i.y), at: at, slot: -1})
			pc = int(i.x)
		case jump:
			pc = int(i.x)
		case save:
			r.stack = append(r.stack, job{slot: int(i.x), old: r.slots[i.x]})
			r.slots[i.x] = at
		case done:
			return at, true
		}
	}
}

func (r *run) match(start, end int) Match {
	m := Match{Start: start, End: end}
	for i, name := range r.pattern.names {
		if s, e := r.slots[2*i], r.slots[2*i+1]; s >= 0 && e >= s {
			m.Captures = append(m.Captures, Capture{Name: name, Start: s, End: e})
		}
	}
	return m
}

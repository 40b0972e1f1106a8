package pattern

import "sync"

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
	return p.Within(words, present)
}

// Possible reports whether the pattern could match among words with this union.
func (p *Pattern) Possible(present Mask) bool {
	for i := range p.needs {
		if !p.needs[i].mask.Meets(present) {
			return false
		}
	}
	return true
}

// Within is [Pattern.All] for words whose union is known.
func (p *Pattern) Within(words []Mask, present Mask) []Match {
	if !p.Possible(present) {
		return nil
	}
	var matches []Match
	var r *run
	for at := 0; at <= len(words); {
		if !p.anyone && (at == len(words) || !p.first.Meets(words[at])) {
			at++
			continue
		}
		if r == nil {
			r = p.run(words)
		}
		m, ok := r.from(at)
		if !ok {
			at++
			continue
		}
		matches = append(matches, m)
		at = max(m.End, m.Start+1)
		clear(r.visited)
	}
	if r != nil {
		r.words = nil
		runs.Put(r)
	}
	return matches
}

// run is a backtracking search that never looks twice at the same instruction
// and word, as RE2's bit-state search does.
type run struct {
	pattern *Pattern
	words   []Mask
	visited []uint64
	slots   []int
	stack   []job
}

// runs are kept to be used again: most sentences are tried by many patterns.
var runs = sync.Pool{New: func() any { return new(run) }}

// run takes a run and clears it for a text.
func (p *Pattern) run(words []Mask) *run {
	r := runs.Get().(*run)
	r.pattern, r.words = p, words
	r.visited = cleared(r.visited, (len(p.program)*(len(words)+1)+63)/64)
	r.slots = cleared(r.slots, 2*len(p.names))
	return r
}

func cleared[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// job is a place to try, or, with slot >= 0, a slot to set back.
type job struct{ pc, at, slot, old int }

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
			return r.match(start, end), true
		}
	}
	return Match{}, false
}

// walk follows the preferred way from an instruction until it fails or is done.
func (r *run) walk(pc, at int) (end int, ok bool) {
	for {
		key := pc*(len(r.words)+1) + at
		if r.visited[key/64]>>(key%64)&1 == 1 {
			return 0, false
		}
		r.visited[key/64] |= 1 << (key % 64)
		i := &r.pattern.program[pc]
		pc++
		switch i.op {
		case take:
			if at == len(r.words) || !i.set.holds(r.words[at]) {
				return 0, false
			}
			at++
		case peek:
			if beside := at + i.x; beside < 0 || beside >= len(r.words) || !i.set.holds(r.words[beside]) {
				return 0, false
			}
		case split:
			r.stack = append(r.stack, job{pc: i.y, at: at, slot: -1})
			pc = i.x
		case jump:
			pc = i.x
		case save:
			r.stack = append(r.stack, job{slot: i.x, old: r.slots[i.x]})
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

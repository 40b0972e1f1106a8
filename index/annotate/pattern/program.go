package pattern

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// op is what an instruction does.
type op uint8

const (
	take  op = iota // a word of set, then the next instruction
	peek            // the word beside (x: -1 before, 0 at) is of set
	split           // try x, then y
	jump            // go to x
	save            // remember the position in slot x
	done
)

// It is small: the patterns of the three languages have more than three million of them.
type instruction struct {
	op        op
	set, x, y int16
}

// Pattern is a compiled pattern. It is safe for use by many goroutines.
type Pattern struct {
	grammar *Grammar
	tree    tree // as written, to find where matches start
	program []instruction
	names   []string // capture i has slots 2i and 2i+1
	needs   []int    // sets that every match has a word of, one behind the other
}

// maxProgram bounds the size of a pattern, in instructions. An instruction has room for no
// number above math.MaxInt16.
const maxProgram = 20000

// Compile makes a pattern ready to run. The error says where in the text it is
// wrong.
func (g *Grammar) Compile(text string) (*Pattern, error) {
	t, err := g.parse(text)
	if err != nil {
		return nil, err
	}
	p := &Pattern{grammar: g, tree: t, program: g.scratch[:0]}
	p.emit(t)
	p.add(instruction{op: done})
	g.scratch = p.program
	p.needs = g.needs(t)
	switch {
	case len(p.program) > maxProgram:
		return nil, fmt.Errorf("the pattern is too large: %d instructions, %d are allowed", len(p.program), maxProgram)
	case len(g.sets) > math.MaxInt16:
		return nil, fmt.Errorf("the patterns name %d sets of words, %d are allowed", len(g.sets), math.MaxInt16)
	}
	p.program = slices.Clone(p.program)
	return p, nil
}

func (p *Pattern) add(i instruction) int {
	p.program = append(p.program, i)
	return len(p.program) - 1
}

// next is where the next instruction will stand.
func (p *Pattern) next() int16 { return int16(len(p.program)) }

func (p *Pattern) emit(t tree) {
	switch t := t.(type) {
	case one:
		p.add(instruction{op: take, set: int16(t.set)})
	case look:
		p.add(instruction{op: peek, set: int16(t.set), x: int16(t.by)})
	case all:
		for _, part := range t {
			p.emit(part)
		}
	case any1:
		p.branches(t)
	case part:
		p.emit(t.tree)
	case saved:
		slot := 2 * p.slot(t.name)
		p.add(instruction{op: save, x: int16(slot)})
		p.emit(t.tree)
		p.add(instruction{op: save, x: int16(slot + 1)})
	case repeat:
		p.repeat(t)
	}
}

func (p *Pattern) branches(branches any1) {
	var ends []int
	for i, b := range branches {
		if i == len(branches)-1 {
			p.emit(b.tree)
			break
		}
		at := p.add(instruction{op: split})
		p.program[at].x = p.next()
		p.emit(b.tree)
		ends = append(ends, p.add(instruction{op: jump}))
		p.program[at].y = p.next()
	}
	for _, end := range ends {
		p.program[end].x = p.next()
	}
}

func (p *Pattern) repeat(r repeat) {
	for range r.min {
		p.emit(r.tree)
	}
	if r.max < 0 {
		at := p.add(instruction{op: split})
		p.fork(at, r, func() { p.add(instruction{op: jump, x: int16(at)}) })
		return
	}
	var forks []int
	for range r.max - r.min {
		at := p.add(instruction{op: split})
		forks = append(forks, at)
		p.emit(r.tree)
	}
	for _, at := range forks {
		p.choose(at, r.few)
	}
}

// fork emits the repeated tree behind the split at a place.
func (p *Pattern) fork(at int, r repeat, after func()) {
	p.emit(r.tree)
	after()
	p.choose(at, r.few)
}

// choose lets a split go on with the next instruction or past all emitted.
func (p *Pattern) choose(at int, few bool) {
	in, out := int16(at+1), p.next()
	if few {
		in, out = out, in
	}
	p.program[at].x, p.program[at].y = in, out
}

// slot numbers a capture. A name that stands at several places has one each.
func (p *Pattern) slot(name string) int {
	p.names = append(p.names, name)
	return len(p.names) - 1
}

// needs collects sets that a match has a word of, one behind the other, to pass over
// texts quickly.
func (g *Grammar) needs(t tree) []int {
	switch t := t.(type) {
	case one:
		if !g.sets[t.set].not {
			return []int{t.set}
		}
	case all:
		var ids []int
		for _, part := range t {
			ids = append(ids, g.needs(part)...)
		}
		return ids
	case any1:
		return g.needsOfAny(t)
	case part:
		return g.needs(t.tree)
	case saved:
		return g.needs(t.tree)
	case repeat:
		if t.min > 0 {
			return g.needs(t.tree)
		}
	}
	return nil
}

// needsOfAny joins one need of each branch, that of the fewest classes; there is none
// where a branch has none.
func (g *Grammar) needsOfAny(branches any1) []int {
	var joined set
	for _, b := range branches {
		ids := g.needs(b.tree)
		if len(ids) == 0 {
			return nil
		}
		id := slices.MinFunc(ids, func(a, b int) int { return cmp.Compare(len(g.sets[a].classes), len(g.sets[b].classes)) })
		joined.mask = joined.mask.Or(g.sets[id].mask)
	}
	return []int{g.set(joined)}
}

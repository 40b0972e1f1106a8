package pattern

import "fmt"

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

type instruction struct {
	op   op
	set  set
	x, y int
}

// Pattern is a compiled pattern. It is safe for use by many goroutines.
type Pattern struct {
	program []instruction
	names   []string // capture i has slots 2i and 2i+1
	needs   []set    // sets that every match has a word of
	first   Mask     // classes of the word that a match begins with
	anyone  bool     // a match can begin with any word, or with none
}

// maxProgram bounds the size of a pattern, in instructions.
const maxProgram = 20000

// Compile makes a pattern ready to run. The error says where in the text it is
// wrong.
func (g *Grammar) Compile(text string) (*Pattern, error) {
	t, err := g.parse(text)
	if err != nil {
		return nil, err
	}
	p := &Pattern{}
	p.emit(t)
	p.add(instruction{op: done})
	if len(p.program) > maxProgram {
		return nil, fmt.Errorf("the pattern is too large: %d instructions, %d are allowed", len(p.program), maxProgram)
	}
	p.needs = needs(t)
	p.begin(0, map[int]bool{})
	return p, nil
}

// begin gathers the classes of the words that can come first from an
// instruction on.
func (p *Pattern) begin(pc int, seen map[int]bool) {
	if seen[pc] {
		return
	}
	seen[pc] = true
	switch i := p.program[pc]; i.op {
	case take:
		p.first = p.first.Or(i.set.mask)
		p.anyone = p.anyone || i.set.not
	case done:
		p.anyone = true
	case split:
		p.begin(i.x, seen)
		p.begin(i.y, seen)
	case jump:
		p.begin(i.x, seen)
	case save, peek:
		p.begin(pc+1, seen)
	}
}

func (p *Pattern) add(i instruction) int {
	p.program = append(p.program, i)
	return len(p.program) - 1
}

func (p *Pattern) emit(t tree) {
	switch t := t.(type) {
	case one:
		p.add(instruction{op: take, set: t.set})
	case look:
		p.add(instruction{op: peek, set: t.set, x: t.by})
	case all:
		for _, part := range t {
			p.emit(part)
		}
	case any1:
		p.branches(t)
	case saved:
		slot := 2 * p.slot(t.name)
		p.add(instruction{op: save, x: slot})
		p.emit(t.tree)
		p.add(instruction{op: save, x: slot + 1})
	case repeat:
		p.repeat(t)
	}
}

func (p *Pattern) branches(branches any1) {
	var ends []int
	for i, b := range branches {
		if i == len(branches)-1 {
			p.emit(b)
			break
		}
		at := p.add(instruction{op: split})
		p.program[at].x = len(p.program)
		p.emit(b)
		ends = append(ends, p.add(instruction{op: jump}))
		p.program[at].y = len(p.program)
	}
	for _, end := range ends {
		p.program[end].x = len(p.program)
	}
}

func (p *Pattern) repeat(r repeat) {
	for range r.min {
		p.emit(r.tree)
	}
	if r.max < 0 {
		at := p.add(instruction{op: split})
		p.fork(at, r, func() { p.add(instruction{op: jump, x: at}) })
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
	in, out := at+1, len(p.program)
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

// needs collects sets that a text must have a word of for the pattern to
// match, to pass over texts quickly.
func needs(t tree) []set {
	switch t := t.(type) {
	case one:
		if !t.set.not {
			return []set{t.set}
		}
	case all:
		var sets []set
		for _, part := range t {
			sets = append(sets, needs(part)...)
		}
		return sets
	case any1:
		return needsOfAny(t)
	case saved:
		return needs(t.tree)
	case repeat:
		if t.min > 0 {
			return needs(t.tree)
		}
	}
	return nil
}

// needsOfAny joins one need of each branch; there is none where a branch has
// none.
func needsOfAny(branches any1) []set {
	var joined set
	for _, b := range branches {
		n := needs(b)
		if len(n) == 0 {
			return nil
		}
		joined.mask = joined.mask.Or(n[0].mask)
	}
	return []set{joined}
}

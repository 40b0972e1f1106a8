package annotate

import (
	"slices"

	"demarche/index/annotate/pattern"
)

// widened is a match whose whom( ) takes in the whole list that a name in it is one of:
// what is said of one adjective of "Russian, Chinese and Iranian hacking" is said of all,
// whichever of them the pattern took; so it is of "Russia's and China's hacking".
func (r *reading) widened(m pattern.Match) pattern.Match {
	if !r.sentence.present.Has(r.lang.class.and) {
		return m
	}
	m.Captures = slices.Clone(m.Captures)
	for i, c := range m.Captures {
		if c.Name != "whom" {
			continue
		}
		for at := c.Start; at < c.End; at++ {
			first, last := r.run(at)
			c.Start, c.End = min(c.Start, first), max(c.End, last+1)
		}
		m.Captures[i] = c
		m.Start, m.End = min(m.Start, c.Start), max(m.End, c.End)
	}
	return m
}

// run is the first and the last symbol of the list that the one at i is part of: adjectives,
// or states with a possessive ending, with commas between them and a conjunction somewhere.
// Without one the list is that symbol alone.
func (r *reading) run(i int) (first, last int) {
	first, joinedLeft := r.reach(i, -1)
	last, joinedRight := r.reach(i, 1)
	if !joinedLeft && !joinedRight {
		return i, i
	}
	return first, last
}

// reach is the farthest symbol of the list on one side of the one at i, and whether a
// conjunction stands before it.
func (r *reading) reach(i, step int) (at int, joined bool) {
	k, masks := r.lang.class, r.sentence.masks
	possessive := func(j int) bool { return 0 < j && j < len(masks) && masks[j].Has(k.possessive) }
	for at = i; ; {
		next, and := at+step, false
		if possessive(next) {
			next += step
		}
		from := next
		for 0 < next && next < len(masks) && masks[next].Meets(pattern.Of(k.and, k.comma)) {
			and = and || masks[next].Has(k.and)
			next += step
		}
		if next != from && possessive(next) {
			next += step
		}
		if next == from || next <= 0 || next >= len(masks) || !r.alike(i, next) {
			return at, joined
		}
		at, joined = next, joined || and
	}
}

// alike reports whether two symbols may be parts of one list.
func (r *reading) alike(i, j int) bool {
	k, masks := r.lang.class, r.sentence.masks
	owns := func(i int) bool {
		return masks[i].Meets(pattern.Of(k.state, k.place)) && i+1 < len(masks) && masks[i+1].Has(k.possessive)
	}
	return masks[i].Has(k.adjective) && masks[j].Has(k.adjective) || owns(i) && owns(j)
}

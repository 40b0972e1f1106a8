package pattern

import "math/bits"

// Index finds the patterns of a list that could match, without trying each.
//
// Each pattern stands under the words that it cannot do without and that few others
// need; so a sentence is tried with those whose rarest words it has.
type Index struct {
	patterns []*Pattern
	classes  [maxClasses]Numbers // by class: the patterns under it
	always   Numbers             // the patterns that need no word
}

// Numbers is a set of the numbers of patterns in a list, from 0.
type Numbers []uint64

// Add adds the numbers of a half-open range.
func (n Numbers) Add(start, end int) {
	for i := start; i < end; i++ {
		n[i/64] |= 1 << (i % 64)
	}
}

// Remove takes away the numbers of another set.
func (n Numbers) Remove(others Numbers) {
	for i, w := range others {
		n[i] &^= w
	}
}

// NewIndex makes an index of patterns of one grammar.
func NewIndex(patterns []*Pattern) *Index {
	x := &Index{patterns: patterns, always: make(Numbers, len(patterns)/64+1)}
	users := usersOf(patterns)
	for n, p := range patterns {
		rarest, fewest := -1, 0
		for _, id := range p.needs {
			weight := 0
			for _, c := range p.grammar.sets[id].classes {
				weight += users[c]
			}
			if rarest < 0 || weight < fewest {
				rarest, fewest = id, weight
			}
		}
		x.enter(n, p, rarest)
	}
	return x
}

// usersOf counts the patterns that need a word of a class, maybe among others.
func usersOf(patterns []*Pattern) (users [maxClasses]int) {
	for _, p := range patterns {
		var classes Mask
		for _, id := range p.needs {
			classes = classes.Or(p.grammar.sets[id].mask)
		}
		for c := range classes.Classes() {
			users[c]++
		}
	}
	return users
}

// enter puts pattern n under the classes of a set; under none where it is -1.
func (x *Index) enter(n int, p *Pattern, set int) {
	if set < 0 {
		x.always.Add(n, n+1)
		return
	}
	for _, c := range p.grammar.sets[set].classes {
		if x.classes[c] == nil {
			x.classes[c] = make(Numbers, len(x.always))
		}
		x.classes[c].Add(n, n+1)
	}
}

// None is an empty set of numbers of patterns.
func (x *Index) None() Numbers { return make(Numbers, len(x.always)) }

// Possible are the numbers of the patterns that could match among words with this union,
// in order, of those asked for.
func (x *Index) Possible(present Mask, among Numbers) (to []int) {
	under := append(make(Numbers, 0, 32), x.always...)
	for c := range present.Classes() {
		for i, w := range x.classes[c] {
			under[i] |= w
		}
	}
	for i, w := range under {
		for w &= among[i]; w != 0; w &= w - 1 {
			if n := 64*i + bits.TrailingZeros64(w); x.patterns[n].possible(present) {
				to = append(to, n)
			}
		}
	}
	return to
}

// possible reports whether words with this union have all that the pattern needs.
func (p *Pattern) possible(present Mask) bool {
	for _, id := range p.needs {
		if !p.grammar.sets[id].mask.Meets(present) {
			return false
		}
	}
	return true
}

package pattern

import "math/bits"

// Index finds the patterns of a list that could match, without trying each.
//
// Each pattern stands under the words that it cannot do without and that few others
// need; so a sentence is tried with those whose rarest words it has.
type Index struct {
	patterns []*Pattern
	classes  [maxClasses]numbers // by class: the patterns under it
	always   numbers             // the patterns that need no word
}

// numbers is a set of the numbers of patterns in a list.
type numbers []uint64

// NewIndex makes an index of patterns of one grammar.
func NewIndex(patterns []*Pattern) *Index {
	x := &Index{patterns: patterns, always: make(numbers, len(patterns)/64+1)}
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
		for c := range classes.classes() {
			users[c]++
		}
	}
	return users
}

// enter puts pattern n under the classes of a set; under none where it is -1.
func (x *Index) enter(n int, p *Pattern, set int) {
	if set < 0 {
		places(x.always).add(n)
		return
	}
	for _, c := range p.grammar.sets[set].classes {
		if x.classes[c] == nil {
			x.classes[c] = make(numbers, len(x.always))
		}
		places(x.classes[c]).add(n)
	}
}

// Possible appends the numbers of the patterns that could match among words with
// this union, in order.
func (x *Index) Possible(present Mask, to []int) []int {
	under := append(make(numbers, 0, 32), x.always...)
	for c := range present.classes() {
		for i, w := range x.classes[c] {
			under[i] |= w
		}
	}
	for i, w := range under {
		for ; w != 0; w &= w - 1 {
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

package align

import (
	"cmp"
	"slices"
)

// anchor stands for something that survives translation: a number, a name of
// the gazetteer, the sound of a word. It is a hash whose last two bits are its
// kind.
type anchor uint32

// Kinds of anchors, those that tell most first.
const (
	aNumber  anchor = iota
	aName           // of the gazetteer
	aSound          // of a capitalised or foreign word
	aCognate        // the sound of any other word
	kinds    = 3    // mask
)

func newAnchor(kind anchor, text string) anchor {
	return anchor(fold32(hash(text)))&^kinds | kind
}

func (a anchor) kind() anchor { return a & kinds }

// weight is how much an anchor tells: numbers and names of the gazetteer more
// than sounds, which words share by chance.
func (a anchor) weight() float64 {
	return weights[a.kind()]
}

var weights = [...]float64{aNumber: 1, aName: 1, aSound: 0.5, aCognate: 0.5}

// bag counts anchors; it is sorted by them.
type bag []tally

type tally struct {
	anchor anchor
	n      int32
}

// collect makes a bag of anchors, which it sorts.
func collect(anchors []anchor) bag {
	slices.Sort(anchors)
	out := make(bag, 0, len(anchors))
	for _, a := range anchors {
		if last := len(out) - 1; last >= 0 && out[last].anchor == a {
			out[last].n++
			continue
		}
		out = append(out, tally{a, 1})
	}
	return slices.Clip(out)
}

// join is the sum of bags.
func join(bags []bag) bag {
	if len(bags) == 1 {
		return bags[0]
	}
	all := slices.Concat(bags...)
	slices.SortFunc(all, func(x, y tally) int { return cmp.Compare(x.anchor, y.anchor) })
	out := all[:0]
	for _, t := range all {
		if last := len(out) - 1; last >= 0 && out[last].anchor == t.anchor {
			out[last].n += t.n
			continue
		}
		out = append(out, t)
	}
	return slices.Clip(out)
}

// overlap is the weight of the anchors that two bags share, and of all.
func overlap(a, b bag) (shared, all float64) {
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j == len(b) || i < len(a) && a[i].anchor < b[j].anchor:
			all += a[i].anchor.weight() * float64(a[i].n)
			i++
		case i == len(a) || b[j].anchor < a[i].anchor:
			all += b[j].anchor.weight() * float64(b[j].n)
			j++
		default:
			w := a[i].anchor.weight()
			shared += w * float64(min(a[i].n, b[j].n))
			all += w * float64(max(a[i].n, b[j].n))
			i, j = i+1, j+1
		}
	}
	return shared, all
}

// weight is that of all anchors.
func (b bag) weight() (w float64) {
	for _, t := range b {
		w += t.anchor.weight() * float64(t.n)
	}
	return w
}

func (b bag) has(a anchor) bool {
	_, ok := slices.BinarySearchFunc(b, a, func(t tally, a anchor) int { return cmp.Compare(t.anchor, a) })
	return ok
}

// exceeds reports whether a has more of some number than b has.
func (a bag) exceeds(b bag) bool {
	j := 0
	for _, t := range a {
		if t.anchor.kind() != aNumber {
			continue
		}
		for j < len(b) && b[j].anchor < t.anchor {
			j++
		}
		if j == len(b) || b[j].anchor != t.anchor || b[j].n < t.n {
			return true
		}
	}
	return false
}

// hash is FNV-1a: the same in every run of the program.
func hash(text string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return h
}

// mix spreads the bits of a hash, so that those that are left out tell nothing.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

func fold32(h uint64) uint32 { return uint32(mix(h)) }

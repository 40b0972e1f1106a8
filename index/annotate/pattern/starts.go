package pattern

import "slices"

// longest is a text, in words, beyond which sets of places cost more than they
// save: they take quadratic time, the search takes linear time.
const longest = 500

// starts are the places where matches of a pattern start. In a long text other
// places may be among them.
func (p *Pattern) starts(t *Text) places {
	if len(t.words) > longest {
		return t.every
	}
	t.scratch = t.scratch[:0]
	return t.leading(p.tree, t.every)
}

// likely reports whether the words that a match must have stand in a text, one
// behind the other.
func (p *Pattern) likely(t *Text) bool {
	at := 0
	for _, id := range p.needs {
		if at = t.set(id).next(at); at < 0 {
			return false
		}
		at++
	}
	return true
}

// leading are the places from which a tree leads to one of the given places. All
// ways through the text are gone at once, backwards.
func (t *Text) leading(x tree, to places) places {
	switch x := x.(type) {
	case one:
		return t.before(t.set(x.set), to)
	case look:
		return t.beside(t.set(x.set), x.by, to)
	case all:
		for i := len(x) - 1; i >= 0 && !to.none(); i-- { // slices.Backward takes a tenth of the time
			to = t.leading(x[i], to)
		}
		return to
	case any1:
		return t.branches(x, to)
	case saved:
		return t.leading(x.tree, to)
	case part:
		return t.part(x, to)
	case repeat:
		return t.repeated(x, to)
	}
	return to
}

// branches are the places from which one of several trees leads to one of the given places.
// Most do not: no word with which they end stands before any.
func (t *Text) branches(x any1, to places) places {
	from := t.fresh()
	clear(from)
	for _, b := range x {
		if b.end >= 0 && !t.joins(t.set(b.end), to) {
			continue
		}
		for i, w := range t.leading(b.tree, to) {
			from[i] |= w
		}
	}
	return from
}

// joins reports whether a place of a set has one of the given places behind it.
func (t *Text) joins(set, to places) bool {
	carry := uint64(0)
	for i := len(to) - 1; i >= 0; i-- {
		if set[i]&(to[i]>>1|carry) != 0 {
			return true
		}
		carry = to[i] << 63
	}
	return false
}

// before are the places of a set that have one of the given places behind them.
func (t *Text) before(set, to places) places {
	from := t.fresh()
	carry := uint64(0)
	for i := len(to) - 1; i >= 0; i-- {
		from[i] = set[i] & (to[i]>>1 | carry)
		carry = to[i] << 63
	}
	return from
}

// beside are those of the given places where the word before (by -1) or behind them
// (by 0) is of a set.
func (t *Text) beside(set places, by int, to places) places {
	from := t.fresh()
	carry := uint64(0)
	for i, w := range set {
		if by < 0 {
			w, carry = w<<1|carry, w>>63
		}
		from[i] = to[i] & w
	}
	return from
}

func (t *Text) either(a, b places) places {
	from := t.fresh()
	for i := range from {
		from[i] = a[i] | b[i]
	}
	return from
}

// runs is repeated for a word of one set: most of what patterns repeat is one.
func (t *Text) runs(set, to places, times int) places {
	from, last := append(t.fresh()[:0], to...), append(t.fresh()[:0], to...)
	for n := 0; n != times; n++ {
		left := uint64(0)
		for i := range last {
			next := last[i] >> 1
			if i+1 < len(last) {
				next |= last[i+1] << 63
			}
			last[i] = next & set[i] &^ from[i]
			from[i] |= last[i]
			left |= last[i]
		}
		if left == 0 {
			break
		}
	}
	return from
}

// repeated goes on until the tree leads to no new place.
func (t *Text) repeated(r repeat, to places) places {
	tree := r.tree
	if p, ok := tree.(part); ok {
		tree = p.tree
	}
	if word, ok := tree.(one); ok && r.min == 0 {
		return t.runs(t.set(word.set), to, r.max)
	}
	from, last := to, to
	for n := r.min; n != r.max; n++ {
		last = t.leading(r.tree, last)
		if within(last, from) {
			break
		}
		from = t.either(from, last)
	}
	for range r.min {
		from = t.leading(r.tree, from)
	}
	return from
}

func within(a, b places) bool {
	for i := range a {
		if a[i]&^b[i] != 0 {
			return false
		}
	}
	return true
}

// part remembers where a part leads to the places that were asked for last: most
// patterns that end with it ask the same.
func (t *Text) part(x part, to places) places {
	known := &t.parts[x.id]
	if known.known == t.read && slices.Equal(known.to, to) {
		return append(t.fresh()[:0], known.from...) // what is remembered is written over
	}
	from := t.leading(x.tree, to)
	known.known = t.read
	known.to = append(known.to[:0], to...)
	known.from = append(known.from[:0], from...)
	return from
}

// fresh is a set of places that is written before it is read. It lasts until the
// next pattern is looked for.
func (t *Text) fresh() places {
	n := len(t.scratch)
	if n+t.width > cap(t.scratch) {
		t.scratch, n = make([]uint64, 0, max(256, 2*(cap(t.scratch)+t.width))), 0
	}
	t.scratch = t.scratch[:n+t.width]
	return t.scratch[n : n+t.width : n+t.width]
}

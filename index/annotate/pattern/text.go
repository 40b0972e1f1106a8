package pattern

import (
	"math/bits"
	"sync"
)

// Text is a run of words made ready to be matched with patterns of one grammar. It
// is not for several goroutines at once.
//
// What patterns ask is answered for all words at once, by sets of places, and kept:
// a set of words that ten patterns begin with is looked up once.
type Text struct {
	grammar *Grammar
	words   []Mask
	present Mask
	width   int    // of a set of places, in uint64
	read    uint64 // how often this Text was read into: what was kept before is stale
	// classes and sets have the places of words, width of them for each class and
	// each set of the grammar. Classes are all empty in a Text that is not in use.
	classes, sets []uint64
	known         []uint64 // by set: the reading that it is from
	parts         []lead   // by part
	every         places
	scratch       []uint64
	run           run
}

// lead is what was found last of a part: from is where it leads to the places to from.
type lead struct {
	known    uint64
	to, from places
}

// texts are kept to be used again: there are as many as sentences.
var texts = sync.Pool{New: func() any { return new(Text) }}

// Read makes words with this union ready. [Text.Done] must be called at the end.
func (g *Grammar) Read(words []Mask, present Mask) *Text {
	t := texts.Get().(*Text)
	t.grammar, t.words, t.present = g, words, present
	t.width = len(words)/64 + 1
	t.read++
	t.classes = sized(t.classes, maxClasses*t.width)
	t.sets = sized(t.sets, len(g.sets)*t.width)
	t.known = sized(t.known, len(g.sets))
	t.parts = sized(t.parts, len(g.parts))
	t.every = sized(t.every, t.width)
	for i := range words {
		t.every.add(i)
		for c := range words[i].Classes() {
			places(t.classes[int(c)*t.width:]).add(i)
		}
	}
	t.every.add(len(words))
	return t
}

// Done gives a text back. It must not be used any more.
func (t *Text) Done() {
	for c := range t.present.Classes() {
		clear(t.classes[int(c)*t.width:][:t.width])
	}
	clear(t.every)
	t.words = nil
	texts.Put(t)
}

// sized has n elements: those that it had, or zeros.
func sized[S ~[]T, T any](s S, n int) S {
	if cap(s) < n {
		return append(s[:cap(s)], make(S, n-cap(s))...)
	}
	return s[:n]
}

// set are the places where words of a set of the grammar stand.
func (t *Text) set(id int) places {
	p := places(t.sets[id*t.width:][:t.width])
	if t.known[id] == t.read {
		return p
	}
	t.known[id] = t.read
	clear(p)
	s := &t.grammar.sets[id]
	for _, c := range s.classes {
		for i, w := range t.classes[int(c)*t.width:][:t.width] {
			p[i] |= w
		}
	}
	if s.not {
		for i := range p {
			p[i] = t.every[i] &^ p[i]
		}
		p.drop(len(t.words))
	}
	return p
}

// places is a set of places of a text. Place i is before word i, and the word
// itself; the last one is behind all words.
type places []uint64

func (p places) add(i int)      { p[i/64] |= 1 << (i % 64) }
func (p places) drop(i int)     { p[i/64] &^= 1 << (i % 64) }
func (p places) has(i int) bool { return p[i/64]>>(i%64)&1 == 1 }

func (p places) none() bool {
	for _, w := range p {
		if w != 0 {
			return false
		}
	}
	return true
}

// next is the first place from i on; -1 where there is none.
func (p places) next(i int) int {
	for at := i / 64; at < len(p); at++ {
		w := p[at]
		if at == i/64 {
			w &= ^uint64(0) << (i % 64)
		}
		if w != 0 {
			return 64*at + bits.TrailingZeros64(w)
		}
	}
	return -1
}

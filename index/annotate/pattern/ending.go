package pattern

// ending is the set of the words with which the matches of a tree end, -1 where one may be
// empty or end with any word.
func (g *Grammar) ending(t tree) int {
	if words, empty, anything := g.lastWords(t); !empty && !anything {
		return g.set(set{mask: words})
	}
	return -1
}

// lastWords are the words with which matches of a tree may end; empty is whether one may
// have none, anything whether any word may.
func (g *Grammar) lastWords(t tree) (words Mask, empty, anything bool) {
	switch t := t.(type) {
	case one:
		return g.sets[t.set].mask, false, g.sets[t.set].not
	case all:
		empty = true
		for i := len(t) - 1; i >= 0 && empty; i-- {
			last, none, free := g.lastWords(t[i])
			words, empty, anything = words.Or(last), none, anything || free
		}
		return words, empty, anything
	case any1:
		for _, b := range t {
			last, none, free := g.lastWords(b.tree)
			words, empty, anything = words.Or(last), empty || none, anything || free
		}
		return words, empty, anything
	case part:
		return g.lastWords(t.tree)
	case saved:
		return g.lastWords(t.tree)
	case repeat:
		words, empty, anything = g.lastWords(t.tree)
		return words, empty || t.min == 0, anything
	}
	return words, true, false // a look takes no word
}

package plan

import (
	"slices"

	"demarche/index/analysis"
	"demarche/search"
	"demarche/search/query"
)

// maxWritings bounds the ways to write one word or phrase that are looked for; one
// with more is looked for as it is typed.
const maxWritings = 16

// spelled adds to a term the other spelling of its word.
func (c *compiler) spelled(t Term) Term {
	if !c.reads(search.ReasonSpelling) {
		return t
	}
	var others []string
	switch {
	case t.Kind == Stem:
		for _, s := range t.Texts {
			if other, ok := analysis.OtherStem(c.lang, s); ok {
				others = append(others, other)
			}
		}
	case t.Kind == Exact:
		if other, ok := analysis.OtherSpelling(c.lang, t.Texts[0]); ok {
			others = []string{other}
		}
	}
	t.Texts = slices.Concat(t.Texts, others)
	t.Spellings += len(others)
	return t
}

// otherSpelling is a run that nobody typed.
func otherSpelling(run Alternative) Alternative {
	marked := slices.Clone(run)
	for i := range marked {
		marked[i].Spellings = len(marked[i].Texts)
	}
	return marked
}

// wordOf is the folded word that a term was made of; "" when there is none.
func wordOf(t Term) string {
	switch {
	case t.Kind == Stem:
		return t.Typed
	case t.Kind == Exact && len(t.Texts) > 0:
		return t.Texts[0]
	}
	return ""
}

// joined is the run of the one word that two are also written as.
func (c *compiler) joined(head, rest string) (run Alternative, ok bool) {
	if head == "" || rest == "" || !c.reads(search.ReasonSpelling) {
		return nil, false
	}
	word, ok := analysis.Joined(c.lang, head, rest)
	if !ok {
		return nil, false
	}
	return otherSpelling(c.inflected(analysis.Tokens(c.lang, word))), true
}

// parted is a run of terms in which one term that is also written apart is so;
// none where there is no such term.
func (c *compiler) parted(run Alternative) (all []Alternative) {
	if !c.reads(search.ReasonSpelling) {
		return nil
	}
	for i, t := range run {
		head, rest, ok := analysis.Parts(c.lang, wordOf(t))
		if !ok {
			continue
		}
		parts := c.inflected(analysis.Tokens(c.lang, head+" "+rest))
		all = append(all, slices.Concat(run[:i], otherSpelling(parts), run[i+1:]))
	}
	return all
}

// apart adds to each slot the ways to write its words apart.
func (c *compiler) apart(slots []Slot) []Slot {
	all := make([]Slot, len(slots))
	for i, slot := range slots {
		all[i] = c.slotApart(slot)
	}
	return all
}

func (c *compiler) slotApart(slot Slot) Slot {
	alternatives := slices.Clone(slot.Alternatives)
	for _, run := range slot.Alternatives {
		alternatives = append(alternatives, c.parted(run)...)
	}
	return Slot{alternatives}
}

// compounds adds to slots that stand in order the ways to write their words
// apart, and two words as one, which makes one slot of two.
func (c *compiler) compounds(slots []Slot) []Slot {
	var all []Slot
	for i := 0; i < len(slots); i++ {
		if i+1 < len(slots) {
			if both, ok := c.slotsJoined(slots[i], slots[i+1]); ok {
				all = append(all, both)
				i++
				continue
			}
		}
		all = append(all, c.slotApart(slots[i]))
	}
	return all
}

// slotsJoined is one slot for two; not ok where none of their words are one.
func (c *compiler) slotsJoined(a, b Slot) (both Slot, ok bool) {
	var typed, joined []Alternative
	for _, left := range a.Alternatives {
		for _, right := range b.Alternatives {
			typed = append(typed, slices.Concat(left, right))
			last := len(left) - 1
			if word, ok := c.joined(wordOf(left[last]), wordOf(right[0])); ok {
				joined = append(joined, slices.Concat(left[:last], word, right[1:]))
			}
		}
	}
	return Slot{append(typed, joined...)}, len(joined) > 0
}

// writings are a run of terms and the other ways to write it.
func (c *compiler) writings(run Alternative) []Alternative {
	all := []Alternative{nil}
	for _, slot := range c.compounds(slotsOf(run)) {
		var longer []Alternative
		for _, beginning := range all {
			for _, end := range slot.Alternatives {
				longer = append(longer, slices.Concat(beginning, end))
			}
		}
		all = longer
		if len(all) > maxWritings {
			return []Alternative{run}
		}
	}
	return all
}

// anyOf asks for any of some runs. One of them is looked up faster alone than as
// one of several in a slot.
func (c *compiler) anyOf(runs []Alternative) Expr {
	if len(runs) == 1 {
		return c.leaf(sequence(slotsOf(runs[0]), c.skip()))
	}
	or := Or{}
	for _, run := range runs {
		or.Exprs = append(or.Exprs, c.leaf(sequence(slotsOf(run), c.skip())))
	}
	return or
}

// joinedWords is what asks for the first two nodes as one word, or as the beginning
// of one.
func (c *compiler) joinedWords(nodes []query.Node) (Expr, bool) {
	if len(nodes) < 2 {
		return nil, false
	}
	head := c.singleWord(nodes[0])
	var run Alternative
	var ok bool
	switch n := nodes[1].(type) {
	case query.Word:
		run, ok = c.joined(head, c.singleWord(n))
	case query.Prefix:
		run, ok = c.joinedPrefix(head, n)
	}
	if !ok {
		return nil, false
	}
	return c.leaf(sequence(slotsOf(run), c.skip())), true
}

// singleWord is the folded word that a node is; "" where it is none or several.
func (c *compiler) singleWord(n query.Node) string {
	if w, ok := n.(query.Word); ok {
		if tokens := analysis.Tokens(c.lang, w.Text); len(tokens) == 1 {
			return tokens[0].Exact
		}
	}
	return ""
}

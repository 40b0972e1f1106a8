package plan

import (
	"slices"

	"demarche/index/analysis"
	"demarche/search/query"
)

// A Tier is how near each other the words of a query stand in a paragraph. It comes
// before all counting of words: engines add it to a score between 0 and 1.
type Tier int

const (
	// Apart is the tier of words that stand apart, and of queries of one word.
	Apart Tier = iota
	// NearEachOther is the tier of paragraphs that [Plan.Near] holds for.
	NearEachOther
	// AsPhrase is the tier of paragraphs that [Plan.Phrase] holds for.
	AsPhrase
)

// nearSlack is how many other words may stand among those of a query that are near
// each other. A sentence of the field has some 25 words, a clause half as many: two
// words and eight others between them are within a clause.
const nearSlack = 8

// Tier is that of a paragraph. at returns the sorted positions at which a term
// holds.
func (p Plan) Tier(at func(Term) []int) Tier {
	switch {
	case p.Phrase != nil && occurs(*p.Phrase, at):
		return AsPhrase
	case p.Near != nil && occurs(*p.Near, at):
		return NearEachOther
	}
	return Apart
}

// MaxTier is the highest tier that a paragraph can be of.
func (p Plan) MaxTier() Tier {
	switch {
	case p.Phrase != nil:
		return AsPhrase
	case p.Near != nil:
		return NearEachOther
	}
	return Apart
}

func occurs(s Sequence, at func(Term) []int) bool {
	if !s.Ordered {
		if holds, known := standNear(s, at); known {
			return holds
		}
	}
	for range Windows(s, at) {
		return true
	}
	return false
}

// rankingPhrase is the words of the query as an inflected phrase, stop words
// included: the longest run of words that stand side by side at its top, fields
// and exclusions between them aside. It is nil where it would be match itself.
func (c *compiler) rankingPhrase(n query.Node, match Expr) *Sequence {
	words := longestRun(topOf(n))
	var slots []Slot
	for _, text := range words {
		slots = append(slots, slotsOf(c.inflected(analysis.Tokens(c.lang, text)))...)
	}
	if len(slots) < 2 || len(words) == 1 && asksInOrder(match) {
		return nil
	}
	return &Sequence{Slots: c.compounds(slots), Ordered: true, Skip: c.skip()}
}

// rankingNear is the words at the top of the query near each other in any order,
// stop words aside. Two that may be written as one are near each other where they
// stand side by side, or are that one. A word that is typed twice is asked for once. It
// is nil where there are fewer than two.
func (c *compiler) rankingNear(n query.Node) *Sequence {
	var slots []Slot
	for _, n := range topOf(n) {
		w, ok := n.(query.Word)
		if !ok || !c.hasContent(w) {
			continue
		}
		run := c.word(w.Text)
		known := func(s Slot) bool { return sameAlternative(s.Alternatives[0], run) }
		if !slices.ContainsFunc(slots, known) {
			slots = append(slots, Slot{[]Alternative{run}})
		}
	}
	if slots = c.compounds(slots); len(slots) < 2 {
		return nil
	}
	return &Sequence{Slots: slots, Slack: nearSlack, Skip: c.skip()}
}

// topOf are the nodes that a query asks for all of.
func topOf(n query.Node) []query.Node {
	if and, ok := n.(query.And); ok {
		return and.Nodes
	}
	return []query.Node{n}
}

// asksInOrder reports whether e is what a word that is several asks for.
func asksInOrder(e Expr) bool {
	switch e := e.(type) {
	case Sequence:
		return true
	case Or:
		return len(e.Exprs) > 0 && asksInOrder(e.Exprs[0])
	}
	return false
}

func longestRun(nodes []query.Node) []string {
	var run, longest []string
	for _, n := range nodes {
		switch n := n.(type) {
		case query.Word:
			run = append(run, n.Text)
		case query.Field, query.Not:
		default:
			run = nil
		}
		if len(run) > len(longest) {
			longest = append(longest[:0], run...)
		}
	}
	return longest
}

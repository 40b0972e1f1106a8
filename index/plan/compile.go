package plan

import (
	"slices"
	"strings"

	"demarche/index/analysis"
	"demarche/search"
	"demarche/search/query"
)

// Of is what n means in a language, for any reason.
func Of(n query.Node, lang string) Plan { return For(search.Request{Query: n}, lang) }

// For is what the query of r means in a language, leaving out the readings that r
// is without.
func For(r search.Request, lang string) Plan {
	c := &compiler{lang: lang, without: r.Without}
	p := Plan{Lang: lang}
	if r.Formulas && c.reads(search.ReasonFormula) {
		p.Match = c.withEquivalents(r.Query)
	} else {
		p.Match = c.node(r.Query)
	}
	p.Phrase = c.rankingPhrase(r.Query, p.Match)
	p.Near = c.rankingNear(r.Query)
	p.Ignored = c.ignored
	return p
}

type compiler struct {
	lang    string
	without []string
	ignored []string
}

// reads reports whether a reason is one for which a paragraph may be a hit.
func (c *compiler) reads(reason string) bool { return !slices.Contains(c.without, reason) }

func (c *compiler) node(n query.Node) Expr {
	switch n := n.(type) {
	case query.And:
		return c.and(n.Nodes)
	case query.Or:
		or := Or{}
		for _, n := range n.Nodes {
			or.Exprs = append(or.Exprs, c.node(n))
		}
		return or
	case query.Not:
		return Not{c.node(n.Node)}
	case query.Word:
		return c.anyOf(c.writings(c.word(n.Text)))
	case query.Prefix:
		return c.anyOf(c.prefixes(n))
	case query.Phrase:
		return c.phrase(n)
	case query.Near:
		return c.near(n)
	case query.Field:
		return c.field(n)
	}
	return All{}
}

// and asks for all nodes, but for stop words only where there is no other word
// among them. Two words in a row may be written as one.
func (c *compiler) and(nodes []query.Node) Expr {
	content := slices.ContainsFunc(nodes, c.hasContent)
	var exprs []Expr
	for i := 0; i < len(nodes); i++ {
		joined, ok := c.joinedWords(nodes[i:])
		if !ok {
			exprs = append(exprs, c.required(nodes[i:i+1], content)...)
			continue
		}
		exprs = append(exprs, Or{[]Expr{conjunction(c.required(nodes[i:i+2], content)), joined}})
		i++
	}
	return conjunction(exprs)
}

// required are the nodes that are asked for, beside other words where content is
// set.
func (c *compiler) required(nodes []query.Node, content bool) []Expr {
	var exprs []Expr
	for _, n := range nodes {
		if w, ok := n.(query.Word); ok && content && !c.hasContent(n) {
			c.ignored = append(c.ignored, w.Text)
			continue
		}
		exprs = append(exprs, c.node(n))
	}
	return exprs
}

func conjunction(exprs []Expr) Expr {
	if len(exprs) == 1 {
		return exprs[0]
	}
	return And{exprs}
}

// hasContent reports whether n asks for a word of the text that is no stop word.
func (c *compiler) hasContent(n query.Node) bool {
	switch n := n.(type) {
	case query.And:
		return slices.ContainsFunc(n.Nodes, c.hasContent)
	case query.Or:
		return slices.ContainsFunc(n.Nodes, c.hasContent)
	case query.Word:
		return slices.ContainsFunc(analysis.Tokens(c.lang, n.Text), isContent)
	case query.Prefix, query.Phrase, query.Near:
		return true
	}
	return false
}

func isContent(t analysis.Token) bool { return len(t.Stems) > 0 }

// word is what an unquoted word asks for: the words it analyses to, in order.
// Stop words at its edges, such as an elided article, are not asked for unless
// there is nothing else, or a slash makes them part of a name such as A/RES/73/27.
func (c *compiler) word(text string) Alternative {
	tokens := analysis.Tokens(c.lang, text)
	asked := func(t analysis.Token) bool {
		return isContent(t) || strings.HasPrefix(text[t.End:], "/") || strings.HasSuffix(text[:t.Start], "/")
	}
	if !slices.ContainsFunc(tokens, isContent) {
		return exactly(tokens)
	}
	first, last := slices.IndexFunc(tokens, asked), 0
	for i, t := range tokens {
		if asked(t) {
			last = i
		}
	}
	return c.inflected(tokens[first : last+1])
}

// exactly asks for words as they are. Where the analysis sees no word, it asks
// for one that no text has.
func exactly(tokens []analysis.Token) Alternative {
	if len(tokens) == 0 {
		return Alternative{{Kind: Exact, Texts: []string{""}}}
	}
	var run Alternative
	for _, t := range tokens {
		run = append(run, Term{Kind: Exact, Texts: []string{t.Exact}})
	}
	return run
}

// inflected asks for content words by their stems and for stop words as they
// are. A possessive is left out: an inflected sequence passes over it.
func (c *compiler) inflected(tokens []analysis.Token) Alternative {
	var run Alternative
	for i, t := range tokens {
		switch {
		case !c.reads(search.ReasonInflection):
			run = append(run, c.spelled(Term{Kind: Exact, Texts: []string{t.Exact}}))
		case isContent(t):
			run = append(run, c.spelled(Term{Kind: Stem, Texts: t.Stems, Typed: t.Exact}))
		case i > 0 && t.Exact == analysis.Possessive(c.lang):
		default:
			run = append(run, Term{Kind: Exact, Texts: analysis.Elisions(c.lang, t.Exact)})
		}
	}
	return run
}

// skip is the term that inflected sequences pass over.
func (c *compiler) skip() Term {
	if s := analysis.Possessive(c.lang); s != "" && c.reads(search.ReasonInflection) {
		return Term{Kind: Exact, Texts: []string{s}}
	}
	return Term{}
}

func (c *compiler) phrase(n query.Phrase) Expr {
	var slots []Slot
	for _, s := range n.Slots {
		slots = append(slots, c.slots(s, n)...)
	}
	switch {
	case !n.Inflected:
		return c.leaf(sequence(slots, Term{}))
	case n.Slop > 0 && len(slots) > 1:
		return c.within(slots, n.Slop-1)
	}
	return c.leaf(sequence(c.compounds(slots), c.skip()))
}

// within asks for slots near each other. Two that may be one word stand side by
// side in that word only, so there are two ways to read them.
func (c *compiler) within(slots []Slot, slack int) Expr {
	if !c.reads(search.ReasonNear) {
		return Or{}
	}
	free := Sequence{Slots: c.apart(slots), Slack: slack, Skip: c.skip()}
	joined := Sequence{Slots: c.compounds(slots), Slack: slack, Skip: c.skip()}
	if len(joined.Slots) == len(free.Slots) {
		return free
	}
	return Or{[]Expr{free, joined}}
}

// slots are what a slot of n asks for: several, one a word, where it is one
// word to n and several to the analysis, unless their order is free.
func (c *compiler) slots(s query.Slot, n query.Phrase) []Slot {
	if len(s.Alternatives) == 1 && n.Slop == 0 {
		return slotsOf(c.alternative(s.Alternatives[0], n.Inflected))
	}
	slot := Slot{}
	for _, text := range s.Alternatives {
		slot.Alternatives = append(slot.Alternatives, c.alternative(text, n.Inflected))
	}
	return []Slot{slot}
}

func (c *compiler) alternative(text string, inflected bool) Alternative {
	tokens := analysis.Tokens(c.lang, text)
	if inflected && len(tokens) > 0 {
		return c.inflected(tokens)
	}
	return exactly(tokens)
}

func (c *compiler) near(n query.Near) Expr {
	if !c.reads(search.ReasonNear) {
		return Or{}
	}
	left, right := c.side(n.Left), c.side(n.Right)
	if len(left) == 0 || len(right) == 0 {
		return Or{} // not any word, as a slot without alternatives would be
	}
	return Sequence{
		Slots: []Slot{{left}, {right}},
		Slack: n.Distance - 1,
		Skip:  c.skip(),
	}
}

// side is one side of a Near: every run of terms that satisfies it.
func (c *compiler) side(n query.Node) []Alternative {
	switch n := n.(type) {
	case query.Word:
		return c.writings(c.word(n.Text))
	case query.Prefix:
		return c.prefixes(n)
	case query.Phrase:
		return c.phraseRuns(n)
	case query.Or:
		var all []Alternative
		for _, n := range n.Nodes {
			all = append(all, c.side(n)...)
		}
		return all
	}
	return nil
}

// phraseRuns are the ways to write a phrase that is one side of a Near.
func (c *compiler) phraseRuns(n query.Phrase) []Alternative {
	runs := c.runs(n)
	if !n.Inflected {
		return runs
	}
	var all []Alternative
	for _, run := range runs {
		all = append(all, c.writings(run)...)
	}
	return all
}

// runs multiplies out the slots of a phrase. The parser bounds their product.
func (c *compiler) runs(n query.Phrase) []Alternative {
	runs := []Alternative{nil}
	for _, slot := range n.Slots {
		ends := []Alternative{{Term{}}}
		if len(slot.Alternatives) > 0 {
			ends = nil
			for _, text := range slot.Alternatives {
				ends = append(ends, c.alternative(text, n.Inflected))
			}
		}
		var longer []Alternative
		for _, run := range runs {
			for _, end := range ends {
				longer = append(longer, slices.Concat(run, end))
			}
		}
		runs = longer
	}
	return runs
}

func (c *compiler) field(n query.Field) Expr {
	f := Field{Field: n}
	if n.Text != nil {
		f.Title = c.node(n.Text)
	}
	return f
}

// slotsOf makes a slot of each term.
func slotsOf(run Alternative) []Slot {
	slots := make([]Slot, len(run))
	for i, t := range run {
		slots[i] = Slot{[]Alternative{{t}}}
	}
	return slots
}

// sequence is the simplest condition that asks for the slots in order.
func sequence(slots []Slot, skip Term) Expr {
	if len(slots) == 1 && len(slots[0].Alternatives) == 1 && len(slots[0].Alternatives[0]) == 1 {
		return slots[0].Alternatives[0][0]
	}
	return Sequence{Slots: slots, Ordered: true, Skip: skip}
}

package plan

import (
	"slices"
	"strings"

	"demarche/index/analysis"
	"demarche/index/formula"
	"demarche/search"
	"demarche/search/query"
)

// Equivalents are the other wordings of the formula that n asks for, in all
// languages; none where its words are no formula.
func Equivalents(n query.Node) []search.Wording {
	text, _, _ := formulaText(n)
	f, ok := formula.Find(text)
	if !ok {
		return nil
	}
	var all []search.Wording
	for _, lang := range search.Languages {
		for _, wording := range others(f, lang, text) {
			all = append(all, search.Wording{Lang: lang, Text: wording})
		}
	}
	return all
}

// others are the wordings of f in a language that text is not.
func others(f formula.Formula, lang, text string) []string {
	var all []string
	for _, wording := range f.Wordings[lang] {
		if !formula.IsWording(lang, text, wording) {
			all = append(all, wording)
		}
	}
	return all
}

// formulaText is the words of n, if they are all that it asks for in texts, the
// nodes that have them and the others, which are fields and exclusions.
func formulaText(n query.Node) (text string, words, rest []query.Node) {
	nodes := []query.Node{n}
	if and, ok := n.(query.And); ok {
		nodes = and.Nodes
	}
	var texts []string
	for _, n := range nodes {
		switch t := n.(type) {
		case query.Word:
			texts = append(texts, t.Text)
			words = append(words, n)
		case query.Phrase:
			if len(words) > 0 || t.Slop > 0 || slices.ContainsFunc(t.Slots, func(s query.Slot) bool { return len(s.Alternatives) != 1 }) {
				return "", nil, nil
			}
			for _, s := range t.Slots {
				texts = append(texts, s.Alternatives[0])
			}
			words = append(words, n)
		case query.Field, query.Not:
			rest = append(rest, n)
		default:
			return "", nil, nil
		}
	}
	return strings.Join(texts, " "), words, rest
}

// withEquivalents is what n asks for, its words or an equivalent of them.
func (c *compiler) withEquivalents(n query.Node) Expr {
	text, words, rest := formulaText(n)
	f, ok := formula.Find(text)
	if !ok {
		return c.node(n)
	}
	either := Or{[]Expr{c.all(words)}}
	for _, wording := range others(f, c.lang, text) {
		either.Exprs = append(either.Exprs, c.equivalent(wording))
	}
	exprs := []Expr{either}
	if len(either.Exprs) == 1 {
		exprs = either.Exprs
	}
	for _, n := range rest {
		exprs = append(exprs, c.node(n))
	}
	return conjunction(exprs)
}

// all asks for nodes that stand side by side.
func (c *compiler) all(nodes []query.Node) Expr {
	if len(nodes) == 1 {
		return c.node(nodes[0])
	}
	return c.and(nodes)
}

// equivalent asks for the words of a wording in order. Stop words may be others.
func (c *compiler) equivalent(wording string) Expr {
	var run Alternative
	slack := 0
	for _, t := range analysis.Tokens(c.lang, wording) {
		if isContent(t) {
			run = append(run, c.inflected([]analysis.Token{t})...)
		} else {
			slack++
		}
	}
	if slack > 0 {
		slack++
	}
	return Sequence{Slots: c.compounds(slotsOf(run)), Ordered: true, Slack: slack, Skip: c.skip(), Equivalent: true}
}

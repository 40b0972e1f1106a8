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
	w := wordingOf(n)
	f, ok := w.formula()
	if !ok {
		return nil
	}
	var all []search.Wording
	for _, lang := range search.Languages {
		for _, text := range others(f, lang, w.text) {
			all = append(all, search.Wording{Lang: lang, Text: text})
		}
	}
	return all
}

// wording is what a query asks for in texts, if that is words side by side or one
// phrase; without text where it is not.
type wording struct {
	text   string
	quoted bool
	// words are the nodes that have the text, rest the others, which are fields and
	// exclusions.
	words, rest []query.Node
}

// formula is the one that w is a wording of. Within quotes each word counts.
func (w wording) formula() (formula.Formula, bool) {
	f, ok := formula.Find(w.text)
	return f, ok && (!w.quoted || f.Quotes(w.text))
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

func wordingOf(n query.Node) wording {
	nodes := []query.Node{n}
	if and, ok := n.(query.And); ok {
		nodes = and.Nodes
	}
	var w wording
	var texts []string
	for _, n := range nodes {
		switch t := n.(type) {
		case query.Word:
			if w.quoted {
				return wording{}
			}
			texts = append(texts, t.Text)
			w.words = append(w.words, n)
		case query.Phrase:
			if len(w.words) > 0 || t.Slop > 0 || slices.ContainsFunc(t.Slots, func(s query.Slot) bool { return len(s.Alternatives) != 1 }) {
				return wording{}
			}
			for _, s := range t.Slots {
				texts = append(texts, s.Alternatives[0])
			}
			w.words, w.quoted = append(w.words, n), true
		case query.Field, query.Not:
			w.rest = append(w.rest, n)
		default:
			return wording{}
		}
	}
	w.text = strings.Join(texts, " ")
	return w
}

// withEquivalents is what n asks for, its words or an equivalent of them.
func (c *compiler) withEquivalents(n query.Node) Expr {
	w := wordingOf(n)
	f, ok := w.formula()
	if !ok {
		return c.node(n)
	}
	either := Or{[]Expr{c.all(w.words)}}
	for _, text := range others(f, c.lang, w.text) {
		either.Exprs = append(either.Exprs, c.equivalent(text))
	}
	exprs := []Expr{either}
	if len(either.Exprs) == 1 {
		exprs = either.Exprs
	}
	for _, n := range w.rest {
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

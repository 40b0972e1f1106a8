package plan

import (
	"slices"
	"unicode/utf8"

	"demarche/index/analysis"
	"demarche/search"
	"demarche/search/query"
)

// minBeginning is the number of letters that the second part of a compound has at least
// where it is looked for as a beginning: fewer begin a great part of all words.
const minBeginning = 3

// prefixes are the ways to write what a prefix asks for: as it is typed and, where it
// is a compound, apart or as one word. There are none without the reason.
func (c *compiler) prefixes(n query.Prefix) []Alternative {
	if !c.reads(search.ReasonPrefix) {
		return nil
	}
	run := c.prefix(n)
	all := []Alternative{run}
	last := len(run) - 1
	if run[last].Kind != Begin || !c.reads(search.ReasonSpelling) {
		return all
	}
	begin := run[last].Texts[0]
	if head, rest, ok := analysis.Parts(c.lang, begin); ok && utf8.RuneCountInString(rest) >= minBeginning {
		apart := Alternative{{Kind: Exact, Texts: []string{head}}, beginning(n, rest)}
		all = append(all, slices.Concat(run[:last], apart))
	}
	if last > 0 {
		if word, ok := analysis.Joined(c.lang, wordOf(run[last-1]), begin); ok {
			all = append(all, slices.Concat(run[:last-1], Alternative{beginning(n, word)}))
		}
	}
	return all
}

func beginning(n query.Prefix, text string) Term {
	return Term{Kind: Begin, Texts: []string{text}, Typed: n.Text, Limit: n.Words}
}

// prefix asks for the last word of n as the beginning of one, and for those before
// it as they are.
func (c *compiler) prefix(n query.Prefix) Alternative {
	tokens := analysis.Tokens(c.lang, n.Text)
	if len(tokens) == 0 {
		return exactly(nil)
	}
	last := len(tokens) - 1
	begin := beginning(n, tokens[last].Exact)
	first := slices.IndexFunc(tokens, isContent)
	if first < 0 || first == last {
		return Alternative{begin}
	}
	return append(exactly(tokens[first:last]), begin)
}

// joinedPrefix is the beginning of the one word that a word and a prefix behind it are
// also written as.
func (c *compiler) joinedPrefix(head string, n query.Prefix) (run Alternative, ok bool) {
	tokens := analysis.Tokens(c.lang, n.Text)
	if len(tokens) != 1 || !c.reads(search.ReasonPrefix) || !c.reads(search.ReasonSpelling) {
		return nil, false
	}
	word, ok := analysis.Joined(c.lang, head, tokens[0].Exact)
	return Alternative{beginning(n, word)}, ok
}

// hasBeginning reports whether a leaf asks for the beginning of a word.
func hasBeginning(leaf Expr) (found bool) {
	eachTerm(leaf, func(t Term) Term {
		found = found || t.Kind == Begin
		return t
	})
	return found
}

package plan

import (
	"cmp"
	"maps"
	"slices"

	"demarche/search"
)

// MaxWords bounds the words that the beginnings in one query stand for, in all.
// Each costs an index some 2 kB and 6 µs, up to three times. Three letters stand for
// up to 1,800 words in 100,000 paragraphs ("про").
const MaxWords = 8192

// Expand gives the beginnings in plans their words: of those in the index, which
// wordsWith returns, the most frequent. Beginnings share [MaxWords] evenly, so that it
// does not matter which of them comes first. It returns those that have more words than
// are looked for.
func Expand(plans map[string]Plan, wordsWith func(beginning string) ([]Entry, error)) ([]search.Cut, error) {
	asked := beginnings(plans)
	if len(asked) == 0 {
		return nil, nil
	}
	x := expansion{share: max(1, MaxWords/len(asked)), entries: map[string][]Entry{}, words: map[wordsKey][]string{}, cut: map[search.Cut]bool{}}
	for beginning := range asked {
		entries, err := wordsWith(beginning)
		if err != nil {
			return nil, err
		}
		slices.SortFunc(entries, byFrequency)
		x.entries[beginning] = entries
	}
	for lang, p := range plans {
		p.Match = eachLeaf(p.Match, func(leaf Expr) Expr { return eachTerm(leaf, x.expand) })
		plans[lang] = p
	}
	return slices.SortedFunc(maps.Keys(x.cut), compareCuts), nil
}

func compareCuts(a, b search.Cut) int {
	return cmp.Or(cmp.Compare(a.Prefix, b.Prefix), cmp.Compare(a.Words, b.Words))
}

func byFrequency(a, b Entry) int {
	return cmp.Or(cmp.Compare(b.Paragraphs, a.Paragraphs), cmp.Compare(a.Text, b.Text))
}

// beginnings are those that plans look for in texts.
func beginnings(plans map[string]Plan) map[string]bool {
	found := map[string]bool{}
	for _, p := range plans {
		eachLeaf(p.Match, func(leaf Expr) Expr {
			return eachTerm(leaf, func(t Term) Term {
				if t.Kind == Begin {
					found[t.Texts[0]] = true
				}
				return t
			})
		})
	}
	return found
}

// eachLeaf is e with its terms and sequences changed. Titles have none: they are
// compared as they are, not through an index.
func eachLeaf(e Expr, change func(Expr) Expr) Expr {
	switch e := e.(type) {
	case Term, Sequence:
		return change(e)
	case And:
		return And{changed(e.Exprs, change)}
	case Or:
		return Or{changed(e.Exprs, change)}
	case Not:
		return Not{eachLeaf(e.Expr, change)}
	}
	return e
}

func changed(exprs []Expr, change func(Expr) Expr) []Expr {
	all := make([]Expr, len(exprs))
	for i, e := range exprs {
		all[i] = eachLeaf(e, change)
	}
	return all
}

// An expansion is the words of every beginning of a query.
type expansion struct {
	share   int
	entries map[string][]Entry // the most frequent first
	// words are the same for all terms that ask for as many.
	words map[wordsKey][]string
	cut   map[search.Cut]bool
}

type wordsKey struct {
	beginning string
	limit     int
}

func (x *expansion) expand(t Term) Term {
	if t.Kind != Begin {
		return t
	}
	entries, limit := x.entries[t.Texts[0]], x.share
	if t.Limit > 0 {
		limit = min(limit, t.Limit)
	}
	if len(entries) > limit {
		x.cut[search.Cut{Prefix: t.Typed, Words: limit, Of: len(entries)}] = true
		entries = entries[:limit]
	}
	key := wordsKey{t.Texts[0], limit}
	words, ok := x.words[key]
	if !ok {
		words = make([]string, len(entries))
		for i, e := range entries {
			words[i] = e.Text
		}
		slices.Sort(words)
		x.words[key] = words
	}
	t.Words = words
	return t
}

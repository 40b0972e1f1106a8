// Package align finds which versions are one statement, which paragraphs are
// one passage and which files hold the same text, and lets versions tell each
// other what only one of them says, such as a date.
//
// It reads no file and no sentence: what a version says of itself comes from
// index/annotate.
package align

import (
	"cmp"
	"slices"

	"demarche/index/annotate"
	"demarche/index/gazetteer"
	"demarche/search"
)

// Statements joins drafts to statements. The result is sorted by ID and does
// not depend on the order of drafts, which are left as they are. Names of
// actors are those of g.
func Statements(drafts []annotate.Draft, g *gazetteer.Gazetteer) []search.Statement {
	all := items(drafts)
	pairs := duplicates(all)
	of := clusters(all, pairs)
	joinLanguages(all, of)
	var out []search.Statement
	var keys []string
	seen := map[*cluster]bool{}
	for _, it := range all {
		c := of[it].root()
		if seen[c] {
			continue
		}
		seen[c] = true
		out = append(out, assemble(c.items, pairs, g))
		keys = append(keys, first(c.items, func(it *item) string { return it.notes.Statement }))
	}
	identify(out, keys)
	slices.SortFunc(out, func(a, b search.Statement) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

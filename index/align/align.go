// Package align finds which versions are one statement, which paragraphs are
// one passage and which files hold the same text, and lets versions tell each
// other what only one of them says, such as a date.
//
// It works in four steps. Every version of a file is measured: its words, and
// what of them survives translation (item.go, bag.go, shingles.go). Versions in
// one language that hold the same text are found (duplicate.go). Those in
// several languages that are one statement are found among the candidates that
// share rare signs (candidates.go, match.go). Each statement is put together
// from its versions, and their paragraphs are aligned (statement.go,
// identify.go, passages.go). No step compares all with all, so time is near
// linear in the texts.
//
// It reads no file and no sentence: what a version says of itself comes from
// index/annotate.
package align

import (
	"cmp"
	"context"
	"slices"

	"demarche/index/annotate"
	"demarche/index/gazetteer"
	"demarche/search"
)

// Statements joins drafts to statements. The result is sorted by ID and does
// not depend on the order of drafts, which are left as they are. States and
// bodies have the names that g knows. The error is that of the context: it is looked at
// between two files or pairs of files.
func Statements(ctx context.Context, drafts []annotate.Draft, g *gazetteer.Gazetteer) ([]search.Statement, error) {
	all, err := items(ctx, drafts, g)
	if err != nil {
		return nil, err
	}
	heads, err := families(ctx, all)
	if err != nil {
		return nil, err
	}
	of := clusters(all)
	if err := joinLanguages(ctx, heads, of); err != nil {
		return nil, err
	}
	var out []search.Statement
	var keys []string
	seen := map[*cluster]bool{}
	for _, it := range all {
		c := of[it].root()
		if seen[c] {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		seen[c] = true
		out = append(out, assemble(c.items, g))
		keys = append(keys, first(c.items, func(it *item) string { return it.notes.Statement }))
	}
	identify(out, keys)
	slices.SortFunc(out, func(a, b search.Statement) int { return cmp.Compare(a.ID, b.ID) })
	return out, nil
}

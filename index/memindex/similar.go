package memindex

import (
	"context"
	"slices"

	"demarche/index/plan"
	"demarche/search"
)

// Similar returns words of the texts that are like word.
func (e *Engine) Similar(ctx context.Context, word string) ([]search.SimilarWord, error) {
	paragraphs := map[string]int{}
	stems := map[[2]string]bool{}
	for i := range e.docs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d := &e.docs[i]
		seen := map[string]bool{}
		for _, t := range d.Tokens {
			if !seen[t.Exact] {
				paragraphs[t.Exact]++
				seen[t.Exact] = true
			}
			for _, s := range t.Stems {
				stems[[2]string{d.Lang, s}] = true
			}
		}
	}
	var entries []plan.Entry
	for text, n := range paragraphs {
		entries = append(entries, plan.Entry{Text: text, Paragraphs: n})
	}
	has := func(lang, stem string) bool { return stems[[2]string{lang, stem}] }
	return plan.Similar(word, entries, slices.Clone(e.languages), has), ctx.Err()
}

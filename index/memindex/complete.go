package memindex

import (
	"context"

	"demarche/index/plan"
	"demarche/search"
)

// Complete returns what a text may go on to.
func (e *Engine) Complete(ctx context.Context, text string) ([]search.Completion, error) {
	paragraphs := map[string]int{}
	for i := range e.docs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		seen := map[string]bool{}
		for _, t := range e.docs[i].Tokens {
			if !seen[t.Exact] {
				paragraphs[t.Exact]++
				seen[t.Exact] = true
			}
		}
	}
	var entries []plan.Entry
	for word, n := range paragraphs {
		entries = append(entries, plan.Entry{Text: word, Paragraphs: n})
	}
	return plan.Complete(text, entries), ctx.Err()
}

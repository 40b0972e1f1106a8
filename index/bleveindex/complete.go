package bleveindex

import (
	"context"

	"demarche/index/plan"
	"demarche/search"
)

// Complete returns what a text may go on to. It walks the part of the dictionary
// of exact words that begins as the last word does, and reads no postings.
func (e *Engine) Complete(ctx context.Context, text string) ([]search.Completion, error) {
	end, err := e.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	word := plan.LastWord(text)
	if e.terms == nil || word == "" {
		return plan.Complete(text, nil), nil
	}
	entries, err := e.words(ctx, word)
	if err != nil {
		return nil, err
	}
	return plan.Complete(text, entries), nil
}

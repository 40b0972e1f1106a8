package bleveindex

import (
	"context"
	"errors"

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
	entries, err := e.beginning(ctx, word)
	if err != nil {
		return nil, err
	}
	return plan.Complete(text, entries), nil
}

// beginning are the exact words that begin with some letters.
func (e *Engine) beginning(ctx context.Context, letters string) (entries []plan.Entry, err error) {
	dict, err := e.terms.reader.FieldDictPrefix(exactField, []byte(letters))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, dict.Close()) }()
	for n := 0; ; n++ {
		entry, err := dict.Next()
		if err == nil && n%checkEvery == 0 {
			err = ctx.Err()
		}
		if err != nil || entry == nil {
			return entries, err
		}
		entries = append(entries, plan.Entry{Text: entry.Term, Paragraphs: int(entry.Count)})
	}
}

package bleveindex

import (
	"context"
	"errors"

	"demarche/index/plan"
)

// words are the exact words of the index that begin with some letters.
func (e *Engine) words(ctx context.Context, letters string) (entries []plan.Entry, err error) {
	err = e.eachWord(ctx, letters, func(entry plan.Entry) { entries = append(entries, entry) })
	return entries, err
}

// eachWord calls do for the exact words that begin with some letters, in their order;
// for all words where there are none.
func (e *Engine) eachWord(ctx context.Context, letters string, do func(plan.Entry)) (err error) {
	dict, err := e.terms.reader.FieldDictPrefix(exactField, []byte(letters))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, dict.Close()) }()
	for n := 0; ; n++ {
		entry, err := dict.Next()
		if err == nil && n%checkEvery == 0 {
			err = ctx.Err()
		}
		if err != nil || entry == nil {
			return err
		}
		do(plan.Entry{Text: entry.Term, Paragraphs: int(entry.Count)})
	}
}

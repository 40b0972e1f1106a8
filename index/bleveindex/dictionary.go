package bleveindex

import (
	"context"
	"errors"

	"demarche/index/plan"
)

// words are the exact words that begin with some letters and that wanted holds
// for. Without letters all words are walked.
func (e *Engine) words(ctx context.Context, letters string, wanted func(word string) bool) (entries []plan.Entry, err error) {
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
		if wanted(entry.Term) {
			entries = append(entries, plan.Entry{Text: entry.Term, Paragraphs: int(entry.Count)})
		}
	}
}

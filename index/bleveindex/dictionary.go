package bleveindex

import (
	"context"
	"strings"

	"demarche/index/plan"
)

// words are the exact words of the index that begin with some letters.
func (e *Engine) words(ctx context.Context, letters string) (entries []plan.Entry, err error) {
	err = e.eachWord(ctx, letters, func(entry plan.Entry) { entries = append(entries, entry) })
	return entries, err
}

// eachWord calls do for the exact words that begin with some letters, in their order;
// for all words where there are none. It reads the dictionary itself: the reader
// of Bleve would do so in goroutines of its own, in which no fault can be caught.
func (e *Engine) eachWord(ctx context.Context, letters string, do func(plan.Entry)) error {
	dict, err := e.terms.segment.Segment().Dictionary(exactField)
	if err != nil {
		return err
	}
	words := dict.AutomatonIterator(nil, []byte(letters), nil)
	for n := 0; ; n++ {
		entry, err := words.Next()
		if err == nil && n%checkEvery == 0 {
			err = ctx.Err()
		}
		if err != nil || entry == nil || !strings.HasPrefix(entry.Term, letters) {
			return err
		}
		do(plan.Entry{Text: entry.Term, Paragraphs: int(entry.Count)})
	}
}

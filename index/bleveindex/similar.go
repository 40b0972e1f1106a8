package bleveindex

import (
	"context"
	"errors"
	"unicode/utf8"

	"demarche/index/analysis"
	"demarche/index/plan"
	"demarche/search"
)

// maxSimilarWord bounds the letters of a word that similar ones are looked for:
// what it takes grows with them.
const maxSimilarWord = 40

// Similar returns words of the texts that are like word. Bleve's own walk along an
// automaton misses some of the words near a long one that is not in Latin letters.
func (e *Engine) Similar(ctx context.Context, word string) ([]search.SimilarWord, error) {
	end, err := e.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	folded := analysis.Fold(word)
	if e.terms == nil || utf8.RuneCountInString(folded) > maxSimilarWord {
		return nil, nil
	}
	entries, err := e.vocabulary.like(ctx, folded)
	if err != nil {
		return nil, err
	}
	var failed error
	has := func(lang, stem string) bool {
		n, err := e.paragraphsWith(ctx, stemField(lang), stem)
		failed = errors.Join(failed, err)
		return n > 0
	}
	return plan.Similar(folded, entries, e.columns.Profiles.languages(), has), failed
}

// paragraphsWith counts the paragraphs with a term.
func (e *Engine) paragraphsWith(ctx context.Context, field, text string) (n int, err error) {
	reader, err := e.terms.reader.TermFieldReader(ctx, []byte(text), field, false, false, false)
	if err != nil {
		return 0, err
	}
	return int(reader.Count()), reader.Close()
}

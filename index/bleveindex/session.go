package bleveindex

import (
	"context"
	"errors"
	"slices"

	blevesearch "github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	bleveapi "github.com/blevesearch/bleve_index_api"

	"demarche/index/plan"
)

// A session is what one search reads from the Bleve index. close ends all of
// it.
type session struct {
	ctx    context.Context
	engine *Engine
	scored bool
	*reads
}

// reads are what is open.
type reads struct{ readers []bleveapi.TermFieldReader }

func newSession(ctx context.Context, e *Engine, scored bool) *session {
	return &session{ctx, e, scored, &reads{}}
}

func (r *reads) close() error {
	var errs []error
	for _, reader := range r.readers {
		errs = append(errs, reader.Close())
	}
	return errors.Join(errs...)
}

// unscored translates within the same session without scores, so that Bleve
// combines bitmaps where it can.
func (t translator) unscored() translator {
	s := *t.session
	s.scored = false
	return translator{&s, t.lang}
}

func (s *session) options() blevesearch.SearcherOptions {
	if s.scored {
		return blevesearch.SearcherOptions{}
	}
	return blevesearch.SearcherOptions{Score: "none"}
}

// all finds what every one of the searchers finds, any what at least one finds.
// There is at least one. What finds nothing, as most words do in the languages
// they are not of, is left out: one searcher is much faster than two.
func (s *session) all(each []blevesearch.Searcher) (blevesearch.Searcher, error) {
	if i := slices.IndexFunc(each, findsNothing); i >= 0 {
		return each[i], nil
	}
	if len(each) == 1 {
		return each[0], nil
	}
	return searcher.NewConjunctionSearcher(s.ctx, s.engine.terms.reader, each, s.options())
}

func (s *session) any(each []blevesearch.Searcher) (blevesearch.Searcher, error) {
	some := slices.DeleteFunc(slices.Clone(each), findsNothing)
	switch len(some) {
	case 0:
		return each[0], nil
	case 1:
		return some[0], nil
	}
	if s.scored {
		return newUnion(some), nil
	}
	return searcher.NewDisjunctionSearcher(s.ctx, s.engine.terms.reader, some, 0, s.options())
}

// findsNothing reports whether s is known to find nothing.
func findsNothing(s blevesearch.Searcher) bool {
	t, ok := s.(*termSearcher)
	return ok && len(t.postings.cursors) == 0
}

// reading says what is read of each document besides its number.
type reading struct{ frequencies, positions bool }

// postings opens the documents of a term. Words that no document has are left
// out.
func (t translator) postings(term plan.Term, r reading) (*postings, error) {
	field, texts := exactField, term.Texts
	switch term.Kind {
	case plan.Stem:
		field = stemField(t.lang)
	case plan.Begin:
		texts = term.Words
	}
	p := &postings{field: field}
	for _, text := range slices.Compact(slices.Sorted(slices.Values(texts))) {
		if err := t.ctx.Err(); err != nil {
			return nil, err
		}
		reader, err := t.engine.terms.reader.TermFieldReader(t.ctx, []byte(text), field, r.frequencies, r.frequencies, r.positions)
		if err != nil {
			return nil, err
		}
		t.readers = append(t.readers, reader)
		if reader.Count() > 0 {
			p.cursors = append(p.cursors, &cursor{reader: reader, number: -1})
		}
	}
	return p, nil
}

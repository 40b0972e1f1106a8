package bleveindex

import (
	"context"

	blevesearch "github.com/blevesearch/bleve/v2/search"
	bleveapi "github.com/blevesearch/bleve_index_api"

	"demarche/index/plan"
)

// A sequenceSearcher finds the documents in which words stand together. Which
// documents have the words at all is known from bitmaps; only in those it reads
// positions, and no text.
type sequenceSearcher struct {
	bare
	ctx      context.Context
	sequence plan.Sequence
	// candidates have, for each slot, all terms of an alternative.
	candidates blevesearch.Searcher
	places
	// weight is the inverse document frequency of the slots together: a place where
	// the sequence holds counts as one term.
	weight float64
	scored bool
	// tested counts candidates.
	tested int
}

// Next implements search.Searcher.
func (s *sequenceSearcher) Next(ctx *blevesearch.SearchContext) (*blevesearch.DocumentMatch, error) {
	m, err := s.candidates.Next(ctx)
	return s.first(ctx, m, err)
}

// Advance implements search.Searcher.
func (s *sequenceSearcher) Advance(ctx *blevesearch.SearchContext, id bleveapi.IndexInternalID) (*blevesearch.DocumentMatch, error) {
	m, err := s.candidates.Advance(ctx, id)
	return s.first(ctx, m, err)
}

// first is the first hit among the candidates from m on.
func (s *sequenceSearcher) first(ctx *blevesearch.SearchContext, m *blevesearch.DocumentMatch, err error) (*blevesearch.DocumentMatch, error) {
	for ; m != nil && err == nil; m, err = s.candidates.Next(ctx) {
		if s.tested++; s.tested%checkEvery == 0 && s.ctx.Err() != nil {
			return nil, s.ctx.Err()
		}
		n, err := s.windows(numberOf(m))
		if err != nil {
			return nil, err
		}
		if n > 0 {
			m.Score = s.score(n)
			return m, nil
		}
		ctx.DocumentMatchPool.Put(m)
	}
	return nil, err
}

// windows is how often the sequence holds in a document; at most 1 where that
// decides no score.
func (s *sequenceSearcher) windows(number int) (n uint64, err error) {
	s.document = number
	for range plan.Windows(s.sequence, s.at) {
		if n++; !s.scored {
			break
		}
	}
	return n, s.err
}

func (s *sequenceSearcher) score(windows uint64) float64 {
	if !s.scored {
		return 0
	}
	for _, t := range s.terms {
		if len(s.read(t)) > 0 {
			_, norm := t.postings.frequency()
			return bm25{s.weight, t.scoring.lengthWeight}.score(windows, norm)
		}
	}
	return 0
}

// Count implements search.Searcher: the documents at most.
func (s *sequenceSearcher) Count() uint64 { return s.candidates.Count() }

// DocumentMatchPoolSize implements search.Searcher.
func (s *sequenceSearcher) DocumentMatchPoolSize() int {
	return s.candidates.DocumentMatchPoolSize() + 1
}

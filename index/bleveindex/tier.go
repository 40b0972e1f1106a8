package bleveindex

import (
	blevesearch "github.com/blevesearch/bleve/v2/search"
	bleveapi "github.com/blevesearch/bleve_index_api"
)

// A tierSearcher finds what matches finds and gives it the score that is shown:
// 0 to 1 by BM25, and 1 more where phrases finds it too.
type tierSearcher struct {
	bare
	matches blevesearch.Searcher
	phrases blevesearch.Searcher // nil where the query has no phrase to prefer
	// phrase is the present document of phrases: -1 before the first.
	phrase int
	target bleveapi.IndexInternalID
}

// Next implements search.Searcher.
func (s *tierSearcher) Next(ctx *blevesearch.SearchContext) (*blevesearch.DocumentMatch, error) {
	m, err := s.matches.Next(ctx)
	return s.lift(ctx, m, err)
}

// Advance implements search.Searcher.
func (s *tierSearcher) Advance(ctx *blevesearch.SearchContext, id bleveapi.IndexInternalID) (*blevesearch.DocumentMatch, error) {
	m, err := s.matches.Advance(ctx, id)
	return s.lift(ctx, m, err)
}

func (s *tierSearcher) lift(ctx *blevesearch.SearchContext, m *blevesearch.DocumentMatch, err error) (*blevesearch.DocumentMatch, error) {
	if m == nil || err != nil {
		return nil, err
	}
	m.Score /= 1 + m.Score
	if s.phrases == nil {
		return m, nil
	}
	number := numberOf(m)
	err = s.seekPhrase(ctx, number)
	if s.phrase == number {
		m.Score++
	}
	return m, err
}

func (s *tierSearcher) seekPhrase(ctx *blevesearch.SearchContext, to int) error {
	if s.phrase >= to {
		return nil
	}
	s.target = bleveapi.NewIndexInternalID(s.target, uint64(to))
	m, err := s.phrases.Advance(ctx, s.target)
	s.phrase = exhausted
	if m != nil {
		s.phrase = numberOf(m)
		ctx.DocumentMatchPool.Put(m)
	}
	return err
}

// Count implements search.Searcher.
func (s *tierSearcher) Count() uint64 { return s.matches.Count() }

// DocumentMatchPoolSize implements search.Searcher.
func (s *tierSearcher) DocumentMatchPoolSize() int {
	size := s.matches.DocumentMatchPoolSize()
	if s.phrases != nil {
		size += s.phrases.DocumentMatchPoolSize()
	}
	return size
}

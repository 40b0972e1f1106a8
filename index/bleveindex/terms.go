package bleveindex

import (
	blevesearch "github.com/blevesearch/bleve/v2/search"
	bleveapi "github.com/blevesearch/bleve_index_api"
)

// A termSearcher finds the documents that have any of several terms, which
// score as one term: what the two stems of one word, or the words with one
// beginning, are to a reader.
type termSearcher struct {
	bare
	postings *postings
	scoring  bm25
	scored   bool
	at       int // the present document
}

// Next implements search.Searcher.
func (s *termSearcher) Next(ctx *blevesearch.SearchContext) (*blevesearch.DocumentMatch, error) {
	return s.seek(ctx, s.at+1)
}

// Advance implements search.Searcher.
func (s *termSearcher) Advance(ctx *blevesearch.SearchContext, id bleveapi.IndexInternalID) (*blevesearch.DocumentMatch, error) {
	return s.seek(ctx, max(s.at+1, int(id.Value())))
}

func (s *termSearcher) seek(ctx *blevesearch.SearchContext, to int) (*blevesearch.DocumentMatch, error) {
	if s.at == exhausted {
		return nil, nil
	}
	var err error
	if s.at, err = s.postings.seek(to); err != nil || s.at == exhausted {
		return nil, err
	}
	score := 0.0
	if s.scored {
		score = s.scoring.score(s.postings.frequency())
	}
	return match(ctx, s.at, score), nil
}

// Count implements search.Searcher.
func (s *termSearcher) Count() uint64 { return uint64(s.postings.count()) }

// Optimize implements index.Optimizable for a single term: Bleve then
// intersects or unites the bitmaps of several searchers before it reads.
func (s *termSearcher) Optimize(kind string, ctx bleveapi.OptimizableContext) (bleveapi.OptimizableContext, error) {
	if len(s.postings.cursors) != 1 {
		return nil, nil
	}
	if o, ok := s.postings.cursors[0].reader.(bleveapi.Optimizable); ok {
		return o.Optimize(kind, ctx)
	}
	return nil, nil
}

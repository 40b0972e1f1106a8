package bleveindex

import (
	blevesearch "github.com/blevesearch/bleve/v2/search"
	bleveapi "github.com/blevesearch/bleve_index_api"
)

// A unionSearcher finds what any of its searchers finds, with the sum of their
// scores. Bleve's own multiplies that sum by the share of the searchers that find
// the document, so that a word would be worth less the more languages and writings
// it is looked for in.
type unionSearcher struct {
	bare
	each    []blevesearch.Searcher
	present []*blevesearch.DocumentMatch // of each; nil behind its last
	numbers []int                        // of present, exhausted where it is nil
	at      int                          // the last document found
	id      bleveapi.IndexInternalID
}

func newUnion(each []blevesearch.Searcher) *unionSearcher {
	u := &unionSearcher{each: each, present: make([]*blevesearch.DocumentMatch, len(each)), numbers: make([]int, len(each)), at: -1}
	for i := range u.numbers {
		u.numbers[i] = -1
	}
	return u
}

// Next implements search.Searcher.
func (s *unionSearcher) Next(ctx *blevesearch.SearchContext) (*blevesearch.DocumentMatch, error) {
	if s.at == exhausted {
		return nil, nil
	}
	return s.seek(ctx, s.at+1)
}

// Advance implements search.Searcher.
func (s *unionSearcher) Advance(ctx *blevesearch.SearchContext, id bleveapi.IndexInternalID) (*blevesearch.DocumentMatch, error) {
	if s.at == exhausted {
		return nil, nil
	}
	return s.seek(ctx, max(s.at+1, int(id.Value())))
}

// seek finds the first document at or after to.
func (s *unionSearcher) seek(ctx *blevesearch.SearchContext, to int) (*blevesearch.DocumentMatch, error) {
	s.at = exhausted
	for i := range s.each {
		if err := s.move(ctx, i, to); err != nil {
			return nil, err
		}
		s.at = min(s.at, s.numbers[i])
	}
	var found *blevesearch.DocumentMatch
	for i, m := range s.present {
		if m == nil || s.numbers[i] != s.at {
			continue
		}
		s.present[i] = nil
		if found == nil {
			found = m
			continue
		}
		found.Score += m.Score
		ctx.DocumentMatchPool.Put(m)
	}
	return found, nil
}

// move takes searcher i to its first document at or after to.
func (s *unionSearcher) move(ctx *blevesearch.SearchContext, i, to int) (err error) {
	if s.numbers[i] >= to {
		return nil
	}
	if m := s.present[i]; m != nil {
		ctx.DocumentMatchPool.Put(m)
	}
	if s.numbers[i]+1 == to {
		s.present[i], err = s.each[i].Next(ctx)
	} else {
		s.id = bleveapi.NewIndexInternalID(s.id, uint64(to))
		s.present[i], err = s.each[i].Advance(ctx, s.id)
	}
	s.numbers[i] = exhausted
	if m := s.present[i]; m != nil {
		s.numbers[i] = numberOf(m)
	}
	return err
}

// Count implements search.Searcher: the documents at most.
func (s *unionSearcher) Count() (n uint64) {
	for _, each := range s.each {
		n += each.Count()
	}
	return n
}

// DocumentMatchPoolSize implements search.Searcher.
func (s *unionSearcher) DocumentMatchPoolSize() int {
	n := len(s.each)
	for _, each := range s.each {
		n += each.DocumentMatchPoolSize()
	}
	return n
}

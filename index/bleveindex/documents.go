package bleveindex

import (
	blevesearch "github.com/blevesearch/bleve/v2/search"
	bleveapi "github.com/blevesearch/bleve_index_api"
)

// A mask says of every profile whether a condition holds for its paragraphs.
type mask []bool

// A documentSearcher finds the documents whose profile is in a mask, all with
// score 0.
type documentSearcher struct {
	bare
	profiles []uint32 // by document
	mask     mask
	at       int // the present document
}

// Next implements search.Searcher.
func (s *documentSearcher) Next(ctx *blevesearch.SearchContext) (*blevesearch.DocumentMatch, error) {
	return s.seek(ctx, s.at+1), nil
}

// Advance implements search.Searcher.
func (s *documentSearcher) Advance(ctx *blevesearch.SearchContext, id bleveapi.IndexInternalID) (*blevesearch.DocumentMatch, error) {
	return s.seek(ctx, max(s.at+1, int(id.Value()))), nil
}

func (s *documentSearcher) seek(ctx *blevesearch.SearchContext, to int) *blevesearch.DocumentMatch {
	for s.at = to; s.at < len(s.profiles); s.at++ {
		if s.mask[s.profiles[s.at]] {
			return match(ctx, s.at, 0)
		}
	}
	s.at = len(s.profiles)
	return nil
}

// Count implements search.Searcher: the documents at most.
func (s *documentSearcher) Count() uint64 { return uint64(len(s.profiles)) }

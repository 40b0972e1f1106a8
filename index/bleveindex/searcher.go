package bleveindex

import (
	blevesearch "github.com/blevesearch/bleve/v2/search"
	bleveapi "github.com/blevesearch/bleve_index_api"
)

// bare answers what search.Searcher of Bleve asks besides documents. Searchers
// of ours have no weight in Bleve's normalisation of scores, which is not used,
// and are not closed one by one: a search closes what it read at its end.
type bare struct{}

func (bare) Weight() float64            { return 1 }
func (bare) SetQueryNorm(float64)       {}
func (bare) Min() int                   { return 0 }
func (bare) Size() int                  { return 0 }
func (bare) DocumentMatchPoolSize() int { return 1 }
func (bare) Close() error               { return nil }

// match makes the hit of a document.
func match(ctx *blevesearch.SearchContext, number int, score float64) *blevesearch.DocumentMatch {
	m := ctx.DocumentMatchPool.Get()
	m.IndexInternalID = bleveapi.NewIndexInternalID(m.IndexInternalID, uint64(number))
	m.Score = score
	return m
}

func numberOf(m *blevesearch.DocumentMatch) int { return int(m.IndexInternalID.Value()) }

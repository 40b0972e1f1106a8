package enginetest_test

import (
	"context"
	"errors"
	"testing"

	"demarche/index/memindex"
	"demarche/search"
	"demarche/search/enginetest"
)

// A faulty engine spoils answers that are right.
type faulty struct {
	search.Engine
	answer  func(*search.Result) error
	similar func([]search.SimilarWord) []search.SimilarWord
}

func (e faulty) Search(ctx context.Context, r search.Request) (*search.Result, error) {
	result, err := e.Engine.Search(ctx, r)
	if err != nil || e.answer == nil {
		return result, err
	}
	return result, e.answer(result)
}

func (e faulty) Similar(ctx context.Context, word string) ([]search.SimilarWord, error) {
	found, err := e.Engine.Similar(ctx, word)
	if e.similar != nil {
		found = e.similar(found)
	}
	return found, err
}

// A recorder is a test that may fail.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Helper()               {}
func (r *recorder) Errorf(string, ...any) { r.failed = true }
func (r *recorder) Error(...any)          { r.failed = true }
func (r *recorder) Fatal(...any)          { r.failed = true }

// onHits spoils answers that have so many hits or more.
func onHits(n int, spoil func(*search.Result)) func(*search.Result) error {
	return func(r *search.Result) error {
		if len(r.Hits) >= n {
			spoil(r)
		}
		return nil
	}
}

// TestCompareNotices holds engines with one fault each against a right one, which is
// also held against itself.
func TestCompareNotices(t *testing.T) {
	statements := enginetest.Corpus(5, 40)
	right := memindex.New(statements)
	for name, e := range map[string]faulty{
		"nothing wrong": {},
		"a hit dropped": {answer: onHits(1, func(r *search.Result) { r.Hits = r.Hits[1:] })},
		"a hit twice":   {answer: onHits(1, func(r *search.Result) { r.Hits = append(r.Hits, r.Hits[0]) })},
		"a highlight shifted": {answer: onHits(1, func(r *search.Result) {
			for i := range r.Hits {
				r.Hits[i].Highlights = append([]search.Span(nil), r.Hits[i].Highlights...)
				for j := range r.Hits[i].Highlights {
					r.Hits[i].Highlights[j].Start++
				}
			}
		})},
		"a highlight missing": {answer: onHits(1, func(r *search.Result) { r.Hits[0].Highlights = nil })},
		"hits swapped":        {answer: onHits(2, func(r *search.Result) { r.Hits[0], r.Hits[1] = r.Hits[1], r.Hits[0] })},
		"another score":       {answer: onHits(1, func(r *search.Result) { r.Hits[len(r.Hits)-1].Score += 0.001 })},
		"scores swapped": {answer: onHits(2, func(r *search.Result) {
			a, b := &r.Hits[0], &r.Hits[1]
			*a, *b = *b, *a
			a.Score, b.Score = b.Score, a.Score
		})},
		"another total":   {answer: onHits(1, func(r *search.Result) { r.Total.Passages++ })},
		"a reason less":   {answer: onHits(1, func(r *search.Result) { r.Hits[0].Reasons = nil })},
		"a facet counted": {answer: onHits(1, func(r *search.Result) { r.Facets[0].Values[0].Count++ })},
		"words forgotten": {answer: onHits(1, func(r *search.Result) { r.Ignored = nil })},
		"an error":        {answer: func(*search.Result) error { return errors.New("no answer") }},
		"no similar words": {similar: func([]search.SimilarWord) []search.SimilarWord {
			return nil
		}},
	} {
		t.Run(name, func(t *testing.T) {
			e.Engine = right
			r := &recorder{TB: t}
			enginetest.Compare(r, right, e, 5, 300)
			if want := name != "nothing wrong"; r.failed != want {
				t.Errorf("the comparison fails: %v, want %v", r.failed, want)
			}
		})
	}
}

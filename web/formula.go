package web

import (
	"context"

	"demarche/search"
	"demarche/web/api"
)

// formulaView is what a query that is a formula is offered.
type formulaView struct {
	// Wordings are the equivalents.
	Wordings []search.Wording
	// On says that they are asked for; Href leads to the other state, "" where
	// that finds the same.
	On   bool
	Href string
	// Count is how many paragraphs are found by the equivalents alone.
	Count int
}

// formula is nil where the words of the query are no formula.
func (s *site) formula(ctx context.Context, p api.Params, r *search.Result) (*formulaView, error) {
	if len(r.Equivalents) == 0 {
		return nil, nil
	}
	count, err := s.foundByEquivalents(ctx, p, r)
	if err != nil {
		return nil, err
	}
	out := formulaView{Wordings: r.Equivalents, On: p.Formulas, Count: count}
	if out.On || out.Count > 0 {
		out.Href = searchPath(p.WithFormulas(!p.Formulas))
	}
	return &out, nil
}

// foundByEquivalents is how many paragraphs the equivalents of a formula find and
// its own words do not; r answers p. It is 0 where the query is no formula.
func (s *site) foundByEquivalents(ctx context.Context, p api.Params, r *search.Result) (int, error) {
	if len(r.Equivalents) == 0 {
		return 0, nil
	}
	question := p.WithFormulas(!p.Formulas).Request()
	question.Size, question.Facets = 0, nil
	other, err := s.Engine.Search(ctx, question)
	if err != nil {
		return 0, err
	}
	with, without := other.Total.Paragraphs, r.Total.Paragraphs
	if p.Formulas {
		with, without = without, with
	}
	return with - without, nil
}

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
	other := p.WithFormulas(!p.Formulas)
	question := other.Request()
	question.Size, question.Facets = 0, nil
	result, err := s.Engine.Search(ctx, question)
	if err != nil {
		return nil, err
	}
	out := formulaView{Wordings: r.Equivalents, On: p.Formulas, Count: result.Total.Paragraphs - r.Total.Paragraphs}
	if out.On {
		out.Count = -out.Count
	}
	if out.On || out.Count > 0 {
		out.Href = searchPath(other)
	}
	return &out, nil
}

package web

import (
	"context"
	"slices"

	"demarche/search"
	"demarche/search/query"
	"demarche/search/suggest"
	"demarche/web/api"
)

// suggestions are queries that a reader may have meant: with other words, or with
// IDs for names. They are looked for only where a word can be missing: where nothing
// was found, or one of several words was enough.
func (s *site) suggestions(ctx context.Context, p api.Params, r *search.Result) ([]suggest.Suggestion, error) {
	if p.Node == nil || r.Total.Paragraphs > 0 && !canDoWithout(p.Node) {
		return nil, nil
	}
	found, err := suggest.For(ctx, s.Engine, p.Q, s.Limits)
	if err != nil || r.Total.Paragraphs > 0 {
		return found, err
	}
	label := func(lang, field, value string) string { return s.catalog.Printer(lang, s.Names).Label(field, value) }
	named, err := suggest.Named(ctx, s.Engine, label, p.Node)
	if named != nil {
		found = append(found, *named)
	}
	return found, err
}

// canDoWithout reports whether a query can find something though one of its words
// occurs nowhere.
func canDoWithout(n query.Node) bool {
	switch n := n.(type) {
	case query.Or, query.Not:
		return true
	case query.And:
		return slices.ContainsFunc(n.Nodes, canDoWithout)
	case query.Near:
		return canDoWithout(n.Left) || canDoWithout(n.Right)
	case query.Phrase:
		return slices.ContainsFunc(n.Slots, func(s query.Slot) bool { return len(s.Alternatives) > 1 })
	}
	return false
}

// suggested are the suggestions with what narrows the question, or where they
// find nothing so, without.
func (s *site) suggested(ctx context.Context, p api.Params, r *search.Result) ([]looser, error) {
	suggestions, err := s.suggestions(ctx, p, r)
	if err != nil {
		return nil, err
	}
	var out []looser
	for _, suggestion := range suggestions {
		n, err := query.Parse(suggestion.Query, s.Limits)
		if err != nil {
			return nil, err
		}
		found, err := s.finding(ctx, p, []attempt{
			{"suggested", asking(p, n)}, {"suggested", asking(p.Unfiltered(), n)},
		})
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			// What was typed on another keyboard is worth telling though it finds nothing.
			question := asking(p, n)
			found = []looser{{Name: "suggested", Query: question.Q, Href: searchPath(question)}}
		}
		out = append(out, found[0])
	}
	return out, nil
}

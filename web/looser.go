package web

import (
	"context"

	"demarche/search/query"
	"demarche/web/api"
)

// looser is a question that asks for less than one that found nothing, and
// finds something.
type looser struct {
	// Name is what was given up: "unfiltered", "inflected" or "any"; "suggested"
	// where it has other words instead.
	Name string
	// Query is "" where it is the same.
	Query string
	Href  string
	Count int
}

// attempt is a question that may help.
type attempt struct {
	name     string
	question api.Params
}

// looser finds what may help a reader who found nothing.
func (s *site) looser(ctx context.Context, p api.Params) ([]looser, error) {
	return s.finding(ctx, p, attempts(p))
}

// finding are those of the attempts that find something.
func (s *site) finding(ctx context.Context, p api.Params, attempts []attempt) ([]looser, error) {
	var found []looser
	for _, a := range attempts {
		r := a.question.Request()
		r.Size, r.Facets = 0, nil
		result, err := s.Engine.Search(ctx, r)
		if err != nil {
			return nil, err
		}
		if result.Total.Paragraphs == 0 {
			continue
		}
		l := looser{Name: a.name, Href: searchPath(a.question), Count: result.Total.Paragraphs}
		if a.question.Q != p.Q {
			l.Query = a.question.Q
		}
		found = append(found, l)
	}
	return found, nil
}

// attempts give up one thing each: the filters, the exact wording, or that all
// words must occur.
func attempts(p api.Params) []attempt {
	var out []attempt
	if p.Filtered() {
		out = append(out, attempt{"unfiltered", p.Unfiltered()})
	}
	if phrase, ok := p.Node.(query.Phrase); ok && !phrase.Inflected {
		phrase.Inflected = true
		out = append(out, attempt{"inflected", asking(p, phrase)})
	}
	if words, ok := anyOf(p.Node); ok {
		out = append(out, attempt{"any", asking(p, words)})
	}
	return out
}

// asking is p at the first page with another query.
func asking(p api.Params, n query.Node) api.Params {
	p.Node, p.Q = n, n.String()
	return p.First()
}

// anyOf asks for any of the words where all were asked for.
func anyOf(n query.Node) (query.Node, bool) {
	all, ok := n.(query.And)
	if !ok {
		return nil, false
	}
	for _, part := range all.Nodes {
		switch part.(type) {
		case query.Word, query.Prefix, query.Phrase, query.Near:
		default:
			return nil, false
		}
	}
	return query.Or(all), true
}

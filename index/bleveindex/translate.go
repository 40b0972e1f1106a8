package bleveindex

import (
	"slices"

	blevesearch "github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"

	"demarche/index/plan"
)

// A translator turns plans for one language into searchers.
type translator struct {
	*session
	lang string
}

func (t translator) expr(e plan.Expr) (blevesearch.Searcher, error) {
	if m := t.maskOf(e); m != nil {
		return t.documents(m), nil
	}
	switch e := e.(type) {
	case plan.Term:
		return t.term(e)
	case plan.Sequence:
		return t.sequence(e)
	case plan.And:
		return t.and(e.Exprs)
	case plan.Or:
		return t.or(e.Exprs)
	}
	return t.and([]plan.Expr{e}) // Not
}

func (t translator) documents(m mask) blevesearch.Searcher {
	return &documentSearcher{profiles: t.engine.columns.Profile, mask: m, at: -1}
}

func (t translator) or(exprs []plan.Expr) (blevesearch.Searcher, error) {
	var all []blevesearch.Searcher
	for _, e := range exprs {
		s, err := t.expr(e)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return t.any(all)
}

// and looks up what has to be in the text and tests the hits for the rest.
func (t translator) and(exprs []plan.Expr) (blevesearch.Searcher, error) {
	conditions := plan.And{}
	var required, excluded []blevesearch.Searcher
	for _, e := range exprs {
		if t.maskOf(e) != nil {
			conditions.Exprs = append(conditions.Exprs, e)
			continue
		}
		list := &required
		if not, ok := e.(plan.Not); ok {
			list, e = &excluded, not.Expr
		}
		s, err := t.expr(e)
		if err != nil {
			return nil, err
		}
		*list = append(*list, s)
	}
	found, err := t.required(required, t.maskOf(conditions))
	if err != nil || len(excluded) == 0 {
		return found, err
	}
	unwanted, err := t.any(excluded)
	if err != nil {
		return nil, err
	}
	return searcher.NewBooleanSearcher(t.ctx, t.engine.terms.reader, found, nil, unwanted, t.options())
}

// required finds what all of the searchers find, where m holds.
func (t translator) required(all []blevesearch.Searcher, m mask) (blevesearch.Searcher, error) {
	if len(all) == 0 {
		return t.documents(m), nil
	}
	found, err := t.all(all)
	if err != nil || !slices.Contains(m, false) {
		return found, err
	}
	profiles := t.engine.columns.Profile
	return searcher.NewFilteringSearcher(t.ctx, found, func(_ *blevesearch.SearchContext, d *blevesearch.DocumentMatch) bool {
		return m[profiles[numberOf(d)]]
	}), nil
}

// term finds the documents with a term.
func (t translator) term(term plan.Term) (blevesearch.Searcher, error) {
	p, err := t.postings(term, reading{frequencies: t.scored})
	if err != nil {
		return nil, err
	}
	return &termSearcher{
		postings: p,
		scoring:  newBM25(t.engine.columns.Lengths[p.field], p.count()),
		scored:   t.scored,
		at:       -1,
	}, nil
}

// sequence finds the documents in which a sequence holds.
func (t translator) sequence(e plan.Sequence) (blevesearch.Searcher, error) {
	candidates, err := t.unscored().candidates(e)
	if err != nil {
		return nil, err
	}
	if findsNothing(candidates) {
		return candidates, nil
	}
	s := &sequenceSearcher{ctx: t.ctx, sequence: e, candidates: candidates, scored: t.scored}
	if err := s.add(t, e); err != nil {
		return nil, err
	}
	s.weight = s.idf(e)
	return s, nil
}

// candidates finds the documents that have the terms of e: for every slot, all
// terms of one of its alternatives.
func (t translator) candidates(e plan.Sequence) (blevesearch.Searcher, error) {
	var slots []blevesearch.Searcher
	for _, slot := range e.Slots {
		var alternatives []blevesearch.Searcher
		for _, alternative := range slot.Alternatives {
			s, err := t.together(alternative)
			if err != nil {
				return nil, err
			}
			if s == nil {
				alternatives = nil
				break
			}
			alternatives = append(alternatives, s)
		}
		if len(alternatives) == 0 {
			continue // any word will do
		}
		s, err := t.any(alternatives)
		if err != nil {
			return nil, err
		}
		slots = append(slots, s)
	}
	if len(slots) == 0 {
		return t.documents(make(mask, t.engine.columns.Profiles.count())), nil
	}
	return t.all(slots)
}

// together finds the documents with all of the terms; nil where they are any
// words.
func (t translator) together(terms plan.Alternative) (blevesearch.Searcher, error) {
	var all []blevesearch.Searcher
	for _, term := range terms {
		if len(term.Texts) == 0 {
			continue
		}
		s, err := t.bitmap(term)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return nil, nil
	}
	return t.all(all)
}

// bitmap finds the documents with a term without reading more than the bitmaps
// of its texts, which Bleve unites.
func (t translator) bitmap(term plan.Term) (blevesearch.Searcher, error) {
	p, err := t.postings(term, reading{})
	if err != nil {
		return nil, err
	}
	if len(p.cursors) < 2 {
		return &termSearcher{postings: p, at: -1}, nil
	}
	var each []blevesearch.Searcher
	for _, c := range p.cursors {
		each = append(each, &termSearcher{postings: &postings{field: p.field, cursors: []*cursor{c}}, at: -1})
	}
	return t.any(each)
}

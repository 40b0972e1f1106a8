package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"slices"

	blevesearch "github.com/blevesearch/bleve/v2/search"

	"demarche/index/plan"
	"demarche/search"
)

// Search answers a request.
func (e *Engine) Search(ctx context.Context, r search.Request) (found *search.Result, err error) {
	if err := r.Validate(); err != nil {
		return nil, err
	}
	end, err := e.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	best, err := e.ranking(r)
	if err != nil {
		return nil, err
	}
	k := newCollector(e.columns, newFilters(&e.columns.Profiles, r), best)
	plans, cut, err := e.plansOf(ctx, r)
	if err != nil {
		return nil, err
	}
	scored := r.Order() == search.Relevance && r.Size > 0
	if scored && e.terms != nil {
		k.tiers = newTiers(newSession(ctx, e, scored), plans)
		defer func() { err = errors.Join(err, k.tiers.close()) }()
	}
	if err := e.collect(ctx, k, plans, scored); err != nil {
		return nil, err
	}
	return e.result(r, k, plans, cut)
}

// ranking is an empty one for the order, size and cursor of a request.
func (e *Engine) ranking(r search.Request) (ranking, error) {
	best := ranking{order: newOrder(&e.columns.Profiles, r.Order()), size: r.Size}
	if r.After == nil {
		return best, nil
	}
	document, err := e.documentOf(r.After.ID)
	if errors.Is(err, search.ErrNotFound) {
		err = &search.InvalidError{Field: "cursor", Detail: "it points behind a paragraph that is not here: start again from the first page"}
	}
	if err != nil {
		return ranking{}, err
	}
	best.after = &candidate{key: best.order.key(e.columns, document)}
	if r.Order() == search.Relevance {
		best.after.score = r.After.Score
	}
	return best, nil
}

// documentOf is the document number of a paragraph.
func (e *Engine) documentOf(id string) (document uint32, err error) {
	err = e.records.view(func(r recordReader) error {
		n, err := r.number(paragraphIDBucket, id)
		if err != nil {
			return err
		}
		at := slices.Index(e.columns.Record, n)
		if at < 0 {
			return fmt.Errorf("the index is damaged: paragraph %q has no column", id)
		}
		document = uint32(at)
		return nil
	})
	return document, err
}

// collect gives to all paragraphs that match the plans.
func (e *Engine) collect(ctx context.Context, to taker, plans map[string]plan.Plan, scored bool) (err error) {
	if e.terms == nil {
		return nil
	}
	s := newSession(ctx, e, scored)
	defer func() { err = errors.Join(err, s.close()) }()
	found, err := s.searcher(branchesOf(e.columns.Profiles.languages(), plans))
	if err != nil {
		return err
	}
	return takeAll(ctx, to, found, &blevesearch.SearchContext{
		DocumentMatchPool: blevesearch.NewDocumentMatchPool(found.DocumentMatchPoolSize()+1, 0),
		IndexReader:       e.terms.reader,
	})
}

func (e *Engine) result(r search.Request, k *collector, plans map[string]plan.Plan, cut []search.Cut) (*search.Result, error) {
	hits, err := e.show(k.best.kept, plans)
	if err != nil {
		return nil, err
	}
	total, languages := k.survey()
	var used []plan.Plan
	for _, lang := range languages {
		used = append(used, plans[lang])
	}
	result := &search.Result{
		Total:       total,
		Hits:        hits,
		Facets:      k.facets(r),
		Equivalents: plan.Equivalents(r.Query),
		Ignored:     plan.Ignored(r.Query, used),
		Cut:         cut,
	}
	if k.best.more() {
		last := hits[len(hits)-1]
		result.Next = &search.Cursor{Score: last.Score, ID: last.Paragraph.ID}
	}
	return result, nil
}

package memindex

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"demarche/index/plan"
	"demarche/search"
)

// candidate is a paragraph that matches the query.
type candidate struct {
	*doc
	score float64
	// fails are the fields whose filters do not let the paragraph pass; "date"
	// is one of them here.
	fails []string
}

func (c candidate) isHit() bool { return len(c.fails) == 0 }

// Search answers a request.
func (e *Engine) Search(ctx context.Context, r search.Request) (*search.Result, error) {
	if err := r.Validate(); err != nil {
		return nil, err
	}
	plans, cut := e.plans(r)
	candidates, err := e.match(ctx, r, plans)
	if err != nil {
		return nil, err
	}
	hits := slices.DeleteFunc(slices.Clone(candidates), func(c candidate) bool { return !c.isHit() })
	if r.Order() == search.Relevance {
		if err := e.score(ctx, hits, plans); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(hits, func(a, b candidate) int { return compare(r.Order(), a, b) })
	result := &search.Result{
		Total:       total(hits),
		Facets:      facets(r, candidates),
		Equivalents: plan.Equivalents(r.Query),
		Ignored:     plan.Ignored(r.Query, plansOf(hits, plans)),
		Cut:         cut,
	}
	return result, e.page(r, hits, plans, result)
}

// plans are what r means in each language, and the prefixes that stand for too many
// words.
func (e *Engine) plans(r search.Request) (map[string]plan.Plan, []search.Cut) {
	plans := map[string]plan.Plan{}
	for _, lang := range e.languages {
		plans[lang] = plan.For(r, lang)
	}
	// Words in memory are always found.
	cut, _ := plan.Expand(plans, func(beginning string) (entries []plan.Entry, err error) {
		for text, n := range e.fields["exact"].found {
			if strings.HasPrefix(text, beginning) {
				entries = append(entries, plan.Entry{Text: text, Paragraphs: n})
			}
		}
		return entries, nil
	})
	return plans, cut
}

// plansOf are the plans of the languages that hits are in.
func plansOf(hits []candidate, plans map[string]plan.Plan) []plan.Plan {
	var used []plan.Plan
	for lang, p := range plans {
		if slices.ContainsFunc(hits, func(c candidate) bool { return c.Lang == lang }) {
			used = append(used, p)
		}
	}
	return used
}

// match finds the paragraphs that match the query, filters aside.
func (e *Engine) match(ctx context.Context, r search.Request, plans map[string]plan.Plan) ([]candidate, error) {
	var found []candidate
	for i := range e.docs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d := &e.docs[i]
		if plan.Match(plans[d.Lang].Match, d.Doc) {
			found = append(found, candidate{doc: d, fails: fails(r, d)})
		}
	}
	return found, nil
}

// fails are the fields of r whose filters d does not pass.
func fails(r search.Request, d *doc) []string {
	var failed []string
	for _, f := range r.Filters {
		values := d.Values[f.Field]
		if len(values) == 0 {
			values = []string{search.NoValue}
		}
		has := func(wanted string) bool { return slices.Contains(values, wanted) }
		if len(f.Include) > 0 && !slices.ContainsFunc(f.Include, has) || slices.ContainsFunc(f.Exclude, has) {
			failed = append(failed, f.Field)
		}
	}
	if !d.Date.Within(r.From, r.To) {
		failed = append(failed, "date")
	}
	return failed
}

func total(hits []candidate) search.Total {
	passages, statements := map[string]bool{}, map[string]bool{}
	for _, h := range hits {
		// A paragraph without a passage is one of its own.
		passages[cmp.Or(h.hit.Paragraph.Passage, h.hit.Paragraph.ID)] = true
		statements[h.hit.Statement.ID] = true
	}
	return search.Total{Paragraphs: len(hits), Passages: len(passages), Statements: len(statements)}
}

// compare orders hits.
func compare(order search.Sort, a, b candidate) int {
	p, q := a.hit.Place(), b.hit.Place()
	if order == search.Oldest {
		return p.CompareOldest(q)
	}
	return cmp.Or(cmp.Compare(b.score, a.score), p.CompareNewest(q))
}

// page puts the hits that r asks to see into result.
func (e *Engine) page(r search.Request, hits []candidate, plans map[string]plan.Plan, result *search.Result) error {
	first := 0
	if r.After != nil {
		d := e.paragraphs[r.After.ID]
		if d == nil {
			return &search.InvalidError{Field: "cursor", Detail: "it points behind a paragraph that is not here; start again from the first page"}
		}
		behind := candidate{doc: d, score: r.After.Score}
		first = len(hits)
		if i := slices.IndexFunc(hits, func(c candidate) bool { return compare(r.Order(), c, behind) > 0 }); i >= 0 {
			first = i
		}
	}
	last := min(first+r.Size, len(hits))
	for _, c := range hits[first:last] {
		hit := c.hit
		hit.Score = c.score
		hit.Highlights = plan.Highlights(plans[c.Lang], c.Doc)
		hit.Reasons = plan.Reasons(plans[c.Lang], c.Doc)
		result.Hits = append(result.Hits, hit)
	}
	if r.Size > 0 && last < len(hits) {
		end := hits[last-1]
		result.Next = &search.Cursor{Score: end.score, ID: end.hit.Paragraph.ID}
	}
	return nil
}

package memindex

import (
	"context"

	"demarche/search"
)

// ByYear counts the values of fields among the hits of r, year by year.
func (e *Engine) ByYear(ctx context.Context, r search.Request, fields ...string) ([]search.YearCount, error) {
	if err := r.ValidateYears(fields); err != nil {
		return nil, err
	}
	plans, _ := e.plans(r)
	candidates, err := e.match(ctx, r, plans)
	if err != nil {
		return nil, err
	}
	type cell struct {
		field, value string
		year         int
	}
	hits := map[cell][]candidate{}
	for _, c := range candidates {
		if !c.isHit() {
			continue
		}
		for _, field := range fields {
			for _, value := range c.Values[field] {
				at := cell{field, value, c.Date.Year()}
				hits[at] = append(hits[at], c)
			}
		}
	}
	var counts []search.YearCount
	for at, found := range hits {
		counts = append(counts, search.YearCount{Field: at.field, Value: at.value, Year: at.year, Total: total(found)})
	}
	search.SortYearCounts(counts, fields)
	return counts, nil
}

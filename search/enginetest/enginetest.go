// Package enginetest is the contract of [search.Engine] as tests: every engine
// passes [Run], and [Compare] holds one against another on random requests.
//
// What is searched and what is expected is data: see testdata. Scores are part of the
// contract: index/plan and the help say how they come about.
package enginetest

import (
	"testing"

	"demarche/search"
	"demarche/search/query"
	"demarche/search/sample"
)

// Run tests the engine that open fills with statements. open is called with
// the statements of search/sample, with others, and with none.
func Run(t *testing.T, open func(t testing.TB, statements []search.Statement) search.Engine) {
	t.Helper()
	e := open(t, sample.Statements())
	for _, test := range []struct {
		name string
		test func(*testing.T, search.Engine)
	}{
		{"searches", searches},
		{"statements", statements},
		{"paragraphs", paragraphs},
		{"info", info},
		{"hits", hits},
		{"pages", pages},
		{"counts only", countsOnly},
		{"facets", facets},
		{"years", years},
		{"refusals", refusals},
		{"without reasons", withoutReasons},
		{"formulas", formulas},
		{"completions", completions},
		{"similar", similar},
		{"canceled", canceled},
		{"together", together},
	} {
		t.Run(test.name, func(t *testing.T) { test.test(t, e) })
	}
	t.Run("table", func(t *testing.T) { table(t, open(t, sample.Wordings())) })
	t.Run("suggestions", func(t *testing.T) { suggestions(t, open(t, sample.Wordings())) })
	t.Run("cuts", func(t *testing.T) { cuts(t, open(t, []search.Statement{manyWords()})) })
	t.Run("ranks", func(t *testing.T) { ranks(t, open) })
	t.Run("empty", func(t *testing.T) { empty(t, open(t, nil)) })
}

// node parses a query of a test.
func node(t testing.TB, q string) query.Node {
	t.Helper()
	n, err := query.Parse(q, query.Limits{})
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return n
}

// answer searches without fail.
func answer(t testing.TB, e search.Engine, r search.Request) *search.Result {
	t.Helper()
	result, err := e.Search(t.Context(), r)
	if err != nil {
		t.Fatalf("%s: %v", describe(r), err)
	}
	return result
}

// allHits are the hits of r, page after page of r.Size.
func allHits(t testing.TB, e search.Engine, r search.Request) []search.Hit {
	t.Helper()
	var all []search.Hit
	for {
		result := answer(t, e, r)
		all = append(all, result.Hits...)
		if result.Next == nil {
			return all
		}
		if len(result.Hits) == 0 || len(all) > result.Total.Paragraphs {
			t.Fatalf("%s: %d hits of %d, and still a next page", describe(r), len(all), result.Total.Paragraphs)
		}
		r.After = result.Next
	}
}

package bleveindex_test

import (
	"iter"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.uber.org/goleak"

	"demarche/index/bleveindex"
	"demarche/index/memindex"
	"demarche/search"
	"demarche/search/query"
	"demarche/search/sample"
)

func TestMain(m *testing.M) {
	// Bleve starts its analysis workers when it is loaded and never ends them.
	goleak.VerifyTestMain(m, goleak.IgnoreCurrent())
}

// all yields statements as Create wants them.
func all(statements []search.Statement) iter.Seq2[search.Statement, error] {
	return func(yield func(search.Statement, error) bool) {
		for _, s := range statements {
			if !yield(s, nil) {
				return
			}
		}
	}
}

func open(t testing.TB, statements []search.Statement) search.Engine {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "generation")
	if err := bleveindex.Create(t.Context(), dir, all(statements), nil); err != nil {
		t.Fatal(err)
	}
	e, err := bleveindex.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func TestSmoke(t *testing.T) {
	statements := sample.Statements()
	e, m := open(t, statements), memindex.New(statements)
	for _, q := range []query.Node{
		nil,
		query.Word{Text: "cyberspace"},
		query.Word{Text: "state"},
		query.And{Nodes: []query.Node{query.Word{Text: "responsible"}, query.Word{Text: "state"}}},
		query.Not{Node: query.Word{Text: "state"}},
		query.Phrase{Slots: []query.Slot{{Alternatives: []string{"state"}}, {Alternatives: []string{"behaviour"}}}},
		query.Prefix{Text: "att"},
		query.Field{Name: "actor", Value: "nato"},
	} {
		r := search.Request{Query: q, Size: 100, Facets: search.Facets}
		a, err := e.Search(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		b, err := m.Search(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%#v %+v", q, a.Total)
		if d := cmp.Diff(b, a, cmpopts.IgnoreFields(search.Hit{}, "Score"), cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%#v: %s", q, d)
		}
	}
}

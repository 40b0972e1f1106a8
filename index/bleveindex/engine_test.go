package bleveindex_test

import (
	"errors"
	"flag"
	"fmt"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"demarche/index/bleveindex"
	"demarche/index/memindex"
	"demarche/search"
	"demarche/search/enginetest"
	"demarche/search/sample"
)

func TestMain(m *testing.M) {
	// Bleve starts its analysis workers when it is loaded and never ends them.
	goleak.VerifyTestMain(m, goleak.IgnoreCurrent())
}

// sequence yields statements as Create wants them.
func sequence(statements []search.Statement) iter.Seq2[search.Statement, error] {
	return func(yield func(search.Statement, error) bool) {
		for _, s := range statements {
			if !yield(s, nil) {
				return
			}
		}
	}
}

// create writes a generation and returns its folder.
func create(t testing.TB, statements []search.Statement) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "generation")
	if err := bleveindex.Create(t.Context(), dir, bleveindex.Made{}, sequence(statements), nil); err != nil {
		t.Fatal(err)
	}
	return dir
}

func open(t testing.TB, statements []search.Statement) search.Engine {
	t.Helper()
	e, err := bleveindex.Open(create(t, statements))
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

func TestEngine(t *testing.T) { enginetest.Run(t, open) }

// queries is how many random requests are asked. A million take half an
// hour, and were asked on 2026-11-23 without a difference (seeds 0 to 666): go test ./index/bleveindex -run TestRandomRequests -queries 1000000 -timeout 0 -v
var queries = flag.Int("queries", 4500, "random requests that both engines are asked")

func TestRandomRequests(t *testing.T) {
	const each = 1500 // requests of the same statements
	start := time.Now()
	for asked := 0; asked < *queries; asked += each {
		seed := uint64(asked / each)
		statements := enginetest.Corpus(seed, 40)
		// A subtest closes its engine at its end.
		ok := t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			enginetest.Compare(t, open(t, statements), memindex.New(statements), seed, min(each, *queries-asked))
		})
		if !ok {
			t.FailNow()
		}
		t.Logf("%d of %d requests, %.0f a second", min(asked+each, *queries), *queries, float64(asked+each)/time.Since(start).Seconds())
	}
}

func FuzzSearch(f *testing.F) {
	statements := sample.Statements()
	enginetest.Fuzz(f, open(f, statements), memindex.New(statements))
}

func TestClosed(t *testing.T) {
	e := open(t, sample.Statements())
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := e.Search(t.Context(), search.Request{})
	if !errors.Is(err, bleveindex.ErrClosed) {
		t.Errorf("a search after Close: %v", err)
	}
	if _, err := e.Statement(t.Context(), "x"); !errors.Is(err, bleveindex.ErrClosed) {
		t.Errorf("a statement after Close: %v", err)
	}
}

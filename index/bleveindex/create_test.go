package bleveindex_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index/bleveindex"
	"demarche/search"
	"demarche/search/query"
	"demarche/search/sample"
)

func TestCreateReportsProgress(t *testing.T) {
	statements := sample.Statements()
	var reached []int
	err := bleveindex.Create(t.Context(), filepath.Join(t.TempDir(), "new"), bleveindex.Made{}, sequence(statements), func(done int) { reached = append(reached, done) })
	if err != nil {
		t.Fatal(err)
	}
	var want []int
	for i := range statements {
		want = append(want, i+1)
	}
	if d := cmp.Diff(want, reached); d != "" {
		t.Error(d)
	}
}

// TestCreateTwice makes sure that the same statements have the same generation
// and others another: pages are cached by it.
func TestCreateTwice(t *testing.T) {
	statements := sample.Statements()
	first, again := open(t, statements).Info(), open(t, sample.Statements()).Info()
	if first != again {
		t.Errorf("the same statements: %+v and %+v", first, again)
	}
	statements[0].Versions[0].Paragraphs[0].Text += " More."
	if other := open(t, statements).Info(); other.Generation == first.Generation {
		t.Errorf("other statements have the same generation %s", other.Generation)
	}
}

func TestCreateFails(t *testing.T) {
	statements := sample.Statements()
	disk := errors.New("the disk is gone")
	broken := func(yield func(search.Statement, error) bool) {
		_ = yield(statements[0], nil) && yield(search.Statement{}, disk)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "columns"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	twice := append(sample.Statements(), statements[1])
	for name, err := range map[string]error{
		"the disk is gone": bleveindex.Create(t.Context(), filepath.Join(t.TempDir(), "new"), bleveindex.Made{}, broken, nil),
		"context canceled": bleveindex.Create(ended, filepath.Join(t.TempDir(), "new"), bleveindex.Made{}, sequence(statements), nil),
		"is used twice":    bleveindex.Create(t.Context(), filepath.Join(t.TempDir(), "new"), bleveindex.Made{}, sequence(twice), nil),
		"is an index":      bleveindex.Create(t.Context(), full, bleveindex.Made{}, sequence(statements), nil),
	} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got %v, want an error with %q", err, name)
		}
	}
}

// TestCreateUnfinished opens what a build that failed has left.
func TestCreateUnfinished(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	twice := append(sample.Statements(), sample.Statements()[0])
	if err := bleveindex.Create(t.Context(), dir, bleveindex.Made{}, sequence(twice), nil); err == nil {
		t.Fatal("it did not fail")
	}
	refused(t, dir, "manifest")
}

// TestCreateMany writes more than one commit of records and more than one
// segment of terms.
func TestCreateMany(t *testing.T) {
	const n = 10_500
	many := func(yield func(search.Statement, error) bool) {
		for i := range n {
			id := fmt.Sprintf("s%d", i)
			s := search.Statement{ID: id, Versions: []search.Version{{Lang: "en", Paragraphs: []search.Paragraph{
				{ID: id + ".en.1", Position: 1, Text: fmt.Sprintf("word%d and peace", i)},
			}}}}
			if !yield(s, nil) {
				return
			}
		}
	}
	dir := filepath.Join(t.TempDir(), "new")
	if err := bleveindex.Create(t.Context(), dir, bleveindex.Made{}, many, nil); err != nil {
		t.Fatal(err)
	}
	e, err := bleveindex.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for _, i := range []int{0, 5000, n - 1} {
		r, err := e.Search(t.Context(), search.Request{Query: query.Word{Text: fmt.Sprintf("word%d", i)}, Size: 1})
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("s%d.en.1", i); len(r.Hits) != 1 || r.Hits[0].Paragraph.ID != want {
			t.Errorf("word%d: got %+v, want %s", i, r.Hits, want)
		}
	}
	if r, err := e.Search(t.Context(), search.Request{Query: query.Word{Text: "peace"}}); err != nil || r.Total.Paragraphs != n {
		t.Errorf("got %+v, %v, want %d paragraphs", r, err, n)
	}
}

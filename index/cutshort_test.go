package index_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index"
	"demarche/search"
	"demarche/search/query"
)

// page is the size of what a file is mapped by, in bytes.
const page = 4096

// TestFilesCutShortUnderAServer cuts the files of the index that answers, which
// are mapped into memory, while many readers ask. The process goes on, notices
// and makes the index again.
func TestFilesCutShortUnderAServer(t *testing.T) {
	whole, docs := t.TempDir(), write(t, map[string]string{"a.txt": paragraphs(300)})
	build(t, whole, docs)
	for _, name := range []string{"records.db", "terms/store/*.zap", "terms/store/root.bolt"} {
		for _, size := range []int64{0, page} {
			t.Run(fmt.Sprintf("%s to %d", filepath.Base(name), size), func(t *testing.T) {
				data := t.TempDir()
				if err := os.CopyFS(data, os.DirFS(whole)); err != nil {
					t.Fatal(err)
				}
				engine := start(t, data)
				want := ids(t, engine)
				stop := engine.Keep(index.Options{Data: data})
				cut(t, filepath.Join(data, "generations", "1", name), size)
				askAll(t, engine)
				if strings.HasSuffix(name, "root.bolt") { // which is read when it is opened alone
					engine.Verify()
				}
				for h := engine.Health(); h.Problem != "" || h.Mending || h.Generation != 2; h = engine.Health() {
					if t.Context().Err() != nil {
						t.Fatalf("it stays %+v", h)
					}
				}
				stop()
				if diff := cmp.Diff(want, ids(t, engine)); diff != "" {
					t.Errorf("wrong answers (-want +got)\n%s", diff)
				}
			})
		}
	}
}

// paragraphs are so many that differ, of words that do.
func paragraphs(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s In the year of harbour%d and attribution%d, states met in port%d.\n\n", norms, i, i, i)
	}
	return b.String()
}

func cut(t *testing.T, pattern string, size int64) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) != 1 {
		t.Fatalf("%s: %v, %v", pattern, names, err)
	}
	if err := os.Truncate(names[0], size); err != nil {
		t.Fatal(err)
	}
}

// askAll asks everything that can be asked, many times at a time. What comes of
// it may be an error.
func askAll(t *testing.T, engine search.Engine) {
	t.Helper()
	var all sync.WaitGroup
	for _, q := range []string{"", "norms", `"responsible state behaviour"`, `"responsible state"~`, "attribut*", "norms NEAR/9 states", "port250 OR harbour3"} {
		node, err := query.Parse(q, query.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for range 8 {
			all.Go(func() {
				_, _ = engine.Search(t.Context(), search.Request{Query: node, Size: 50})
				_, _ = engine.Complete(t.Context(), "harb")
				_, _ = engine.Similar(t.Context(), "atribution7")
				_, _ = engine.ByYear(t.Context(), search.Request{Query: node})
				_, _ = engine.Statement(t.Context(), "none")
				_, _ = engine.Paragraph(t.Context(), "none")
			})
		}
	}
	all.Wait()
}

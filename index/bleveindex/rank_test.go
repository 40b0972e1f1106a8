package bleveindex_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"demarche/search"
	"demarche/search/query"
)

var update = flag.Bool("update", false, "write the ranks of testdata/rank anew")

// TestRank searches the paragraphs of each file of testdata/rank and compares
// the order of the hits. A paragraph is a line: name, language, date, text.
func TestRank(t *testing.T) {
	files, err := filepath.Glob("testdata/rank/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in testdata/rank: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			part := func(name string) *txtar.File {
				for i := range a.Files {
					if a.Files[i].Name == name {
						return &a.Files[i]
					}
				}
				t.Fatalf("%s has no %s", file, name)
				return nil
			}
			got := rank(t, string(part("query").Data), string(part("paragraphs").Data))
			want := part("rank")
			if got == string(want.Data) {
				return
			}
			if !*update {
				t.Fatalf("got\n%swant\n%s", got, want.Data)
			}
			want.Data = []byte(got)
			if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// rank are the names of the hits, best first, a line each.
func rank(t *testing.T, q, paragraphs string) string {
	node, err := query.Parse(strings.TrimSpace(q), query.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var statements []search.Statement
	for line := range strings.Lines(paragraphs) {
		fields := strings.SplitN(strings.TrimSpace(line), " ", 4)
		statements = append(statements, search.Statement{
			ID: fields[0], Date: search.Date(fields[2]),
			Versions: []search.Version{{Lang: fields[1], Paragraphs: []search.Paragraph{
				{ID: fields[0] + "." + fields[1] + ".1", Position: 1, Text: fields[3]},
			}}},
		})
	}
	result, err := open(t, statements).Search(t.Context(), search.Request{Query: node, Sort: search.Relevance, Size: search.MaxSize})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for i, h := range result.Hits {
		fmt.Fprintf(&out, "%d %s\n", i+1, h.Statement.ID)
	}
	return out.String()
}

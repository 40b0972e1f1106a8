package enginetest

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"demarche/search"
)

// tiers name the whole part of a score.
var tiers = []string{"by words", "near", "as phrase"}

// ranks runs the files of testdata/rank. Each has a query, paragraphs (a line each:
// name, language, date, text) and the rank of each hit: its name, how near each other
// the words of the query stand in it, and its reasons.
func ranks(t *testing.T, open func(t testing.TB, statements []search.Statement) search.Engine) {
	files, err := fs.Glob(testdata, "testdata/rank/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in testdata/rank: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			text, err := fs.ReadFile(testdata, file)
			if err != nil {
				t.Fatal(err)
			}
			a := txtar.Parse(text)
			e := open(t, paragraphsOf(t, part(t, a, "paragraphs")))
			rank := part(t, a, "rank")
			got := rankOf(t, e, strings.TrimSpace(string(part(t, a, "query").Data)))
			if d := cmp.Diff(string(rank.Data), got); d != "" && !*update {
				t.Errorf("-want +got\n%s", d)
			}
			rank.Data = []byte(got)
			if *update {
				write(t, file, string(txtar.Format(a)))
			}
		})
	}
}

func part(t *testing.T, a *txtar.Archive, name string) *txtar.File {
	i := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == name })
	if i < 0 {
		t.Fatalf("there is no part %s", name)
	}
	return &a.Files[i]
}

// paragraphsOf reads a statement from each line.
func paragraphsOf(t *testing.T, lines *txtar.File) (all []search.Statement) {
	for line := range strings.Lines(string(lines.Data)) {
		fields := strings.SplitN(strings.TrimSpace(line), " ", 4)
		if len(fields) != 4 {
			t.Fatalf("%q is not name, language, date and text", line)
		}
		all = append(all, search.Statement{
			ID: fields[0], Date: search.Date(fields[2]),
			Versions: []search.Version{{Lang: fields[1], Paragraphs: []search.Paragraph{
				{ID: fields[0] + "." + fields[1] + ".1", Position: 1, Text: fields[3]},
			}}},
		})
	}
	return all
}

func rankOf(t *testing.T, e search.Engine, q string) string {
	var out strings.Builder
	hits := answer(t, e, search.Request{Query: node(t, q), Sort: search.Relevance, Size: search.MaxSize}).Hits
	for i, h := range hits {
		fmt.Fprintf(&out, "%d %s %s: %s\n", i+1, h.Statement.ID, tiers[int(h.Score)], strings.Join(h.Reasons, " "))
	}
	return out.String()
}

package index_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"demarche/index"
	"demarche/index/corpus"
	"demarche/search"
)

var update = flag.Bool("update", false, "write the golden files")

// TestFive compares what becomes of the five statements that ship with the
// program, one file a statement, with and without their metadata. When they
// change, [index.Format] must be raised with them.
func TestFive(t *testing.T) {
	declared, err := index.Corpus(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	raw, refused, err := index.Inspect(t.Context(), rawFiles(t), nil)
	if err != nil || len(refused) > 0 {
		t.Fatal(err, refused)
	}
	got := new(txtar.Archive)
	got.Comment = fmt.Appendf(nil, "What the five statements become in format %d.\n", index.Format)
	for _, s := range declared {
		got.Files = append(got.Files, txtar.File{Name: "declared/" + s.ID, Data: summary(s)})
	}
	for _, s := range raw {
		got.Files = append(got.Files, txtar.File{Name: "raw/" + s.ID, Data: summary(s)})
	}
	golden(t, "testdata/five.txtar", txtar.Format(got))
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	want, err := os.ReadFile(name)
	if err != nil && !*update {
		t.Fatal(err)
	}
	if bytes.Equal(want, got) {
		return
	}
	heading, _, _ := strings.Cut(string(want), "\n")
	if strings.HasPrefix(string(got), heading+"\n") {
		t.Errorf("the statements come out otherwise in the same format: raise Format, then run the test with -update")
	} else if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("(-want +got)\n%s", cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")))
}

// rawFiles puts the five files into a folder, without their metadata.
func rawFiles(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, corpus.Files); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "metadata.csv")); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) != 5 {
		t.Fatal(files, err)
	}
	return files
}

// summary is a statement as lines that a reader can check.
func summary(s search.Statement) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "title %s\ndate %s %s %q\nkind %s\nurl %s\n", s.Title, s.Date, s.DateProvenance, s.DateEvidence.Text, s.Kind, s.URL)
	for _, a := range s.Actors {
		fmt.Fprintf(&b, "actor %s %s %s %q\n", a.ID, a.Name, a.Provenance, a.Evidence.Text)
	}
	for _, f := range s.Sources {
		fmt.Fprintf(&b, "source %s %s %d %s %s %s\n", filepath.Base(f.File), f.Encoding, f.Size, f.Date, f.DateProvenance, f.URL)
	}
	for _, d := range s.Duplicates {
		fmt.Fprintf(&b, "duplicate %s %s of %s %.2f\n", d.Lang, filepath.Base(d.File), filepath.Base(d.Of), d.Similarity)
	}
	for _, r := range s.Repairs {
		fmt.Fprintf(&b, "repair %s %d\n", r.Kind, r.Count)
	}
	for _, v := range s.Versions {
		fmt.Fprintf(&b, "\nversion %s %s %s %q\n", v.Lang, v.Date, v.DateProvenance, v.Title)
		for _, p := range v.Paragraphs {
			paragraph(&b, s.ID, p)
		}
	}
	return b.Bytes()
}

func paragraph(b *bytes.Buffer, statement string, p search.Paragraph) {
	text := []rune(p.Text)
	fmt.Fprintf(b, "%s %q %s %s … %s (%d)\n", strings.TrimPrefix(p.ID, statement), p.Number, strings.TrimPrefix(p.Passage, statement),
		string(text[:min(len(text), 40)]), string(text[max(0, len(text)-20):]), len(text))
	if len(p.Mentions) > 0 {
		fmt.Fprintf(b, "  mentions %s\n", strings.Join(p.Mentions, " "))
	}
	for _, a := range p.Attributions {
		fmt.Fprintf(b, "  %s by %s groups %s %s %s %q\n", a.State, strings.Join(a.By, " "), strings.Join(a.Groups, " "), a.Stance, a.Strength, a.Evidence.Text)
	}
}

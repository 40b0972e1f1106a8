package segment_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/unicode/norm"

	"demarche/index/clean"
	"demarche/index/corpus"
	"demarche/index/segment"
	"demarche/index/source"
)

var update = flag.Bool("update", false, "write what the code makes of the cases into testdata")

// split reads all files of a file system the way that the program does.
func split(t testing.TB, fsys fs.FS) []segment.Document {
	t.Helper()
	entries, refused := source.FindFS(fsys)
	if len(refused) > 0 {
		t.Fatalf("refused: %v", refused)
	}
	var docs []segment.Document
	for _, e := range entries {
		f, err := source.Read(e, source.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		d := segment.Split(f, clean.Repair(f.Text))
		check(t, f, d)
		docs = append(docs, d)
	}
	return docs
}

// check checks what holds of every document.
func check(t testing.TB, f source.File, d segment.Document) {
	t.Helper()
	size := len(f.Decoded)
	langs := map[string]bool{}
	for _, v := range d.Versions {
		if v.Lang == "" || langs[v.Lang] {
			t.Fatalf("language %q is there twice or empty", v.Lang)
		}
		langs[v.Lang] = true
		last := 0
		for i, p := range v.Paragraphs {
			s := p.Origin.Span
			switch {
			case p.Position != i+1, p.Origin.File != f.Source.File:
				t.Fatalf("paragraph %d: position %d of file %q", i, p.Position, p.Origin.File)
			case p.Text == "", strings.ContainsAny(p.Text, "\n\r\t"), strings.TrimSpace(p.Text) != p.Text,
				!utf8.ValidString(p.Text), !norm.NFC.IsNormalString(p.Text):
				t.Fatalf("paragraph %d: %q is not clean", i, p.Text)
			case s.Start < f.Offset || s.Start < last || s.End > size || s.Len() <= 0:
				t.Fatalf("paragraph %d: origin %v overlaps or lies outside of %d to %d", i, s, f.Offset, size)
			}
			last = s.End
		}
		for _, l := range v.Front {
			if l.Kind == "" || l.Text == "" || l.Origin.Start < f.Offset || l.Origin.End > size {
				t.Fatalf("line %+v", l)
			}
		}
	}
}

// TestGolden reads one case a file: the files of a folder, and in "want" what becomes of
// them.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			folder := fstest.MapFS{}
			want, kept := "", []txtar.File(nil)
			for _, f := range ar.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				kept = append(kept, f)
				folder[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			got := show(split(t, folder))
			if *update {
				ar.Files = append(kept, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// show prints documents for people.
func show(docs []segment.Document) string {
	var b strings.Builder
	for _, d := range docs {
		if len(docs) > 1 {
			fmt.Fprintf(&b, "== %s\n", d.Source.File)
		}
		for _, v := range d.Versions {
			fmt.Fprintf(&b, "version %s\n", v.Lang)
			if v.Title != "" {
				fmt.Fprintf(&b, "title: %s\n", v.Title)
			}
			for _, l := range v.Front {
				fmt.Fprintf(&b, "%s: %s\n", l.Kind, l.Text)
			}
			for _, p := range v.Paragraphs {
				fmt.Fprintf(&b, "%d (%s) %s\n", p.Position, p.Number, p.Text)
			}
		}
	}
	return b.String()
}

// The five statements.
func TestCorpus(t *testing.T) {
	type version struct {
		Lang, Title, First, Last string
		Numbers                  string
		Front                    []segment.LineKind
	}
	list := strings.TrimSpace(strings.Repeat("_ ", 14) + strings.Repeat("- ", 9) + "_")
	want := map[string][]version{
		"000_f5c39e19c9b9d51c.txt": {{
			"ru", "Заявление Североатлантического совета в знак солидарности с теми, кто пострадал от недавней злонамеренной кибердеятельности, включая взлом сервера Microsoft Exchange",
			"С растущей озабоченностью", "ответственного поведения государств.", "1 2 3 4",
			[]segment.LineKind{"heading", "heading"},
		}},
		"001_eb08baf898ac2314.txt": {
			{"en", "", "We observe with increasing concern", "norms of responsible state behaviour.", "1 2 3 4", nil},
			{"fr", "", "Nous observons avec une préoccupation", "comportement responsable des États.", "1 2 3 4", nil},
		},
		"002_8e0e90c685f40201.txt": {
			{"en", "", "We strongly condemn Russia’s malicious", "partners including the EU.", "1 2 3 4 5", nil},
			{"fr", "", "Nous condamnons fermement les actes", "internationaux, dont l’UE.", "1 2 3 4 5", nil},
		},
		"003_bea057d45a5a7d6c.txt": {{
			"fr", "Déclaration du Conseil de l'Atlantique Nord en solidarité avec ceux touchés par des actes récents de cybermalveillance, notamment la compromission des serveurs Microsoft Exchange",
			"Nous observons avec une préoccupation", "comportement responsable des États.", "1 2 3 4",
			[]segment.LineKind{"heading", "heading", "date", "reference", "date", "meta"},
		}},
		"004_b15114058055317d.txt": {{
			"ru", "ПАРИЖСКИЙ ПРИЗЫВ К ДОВЕРИЮ И БЕЗОПАСНОСТИ В КИБЕРПРОСТРАНСТВЕ",
			"Киберпространство играет", "Форуме по управлению Интернетом в Берлине.", list,
			[]segment.LineKind{"heading", "date", "signature"},
		}},
	}
	for _, d := range split(t, corpus.Files) {
		var got []version
		for i, v := range d.Versions {
			g := version{Lang: v.Lang, Title: v.Title}
			w := want[d.Source.File][min(i, len(want[d.Source.File])-1)]
			if n := len(v.Paragraphs); n > 0 {
				g.First = v.Paragraphs[0].Text[:min(len(w.First), len(v.Paragraphs[0].Text))]
				g.Last = v.Paragraphs[n-1].Text[max(0, len(v.Paragraphs[n-1].Text)-len(w.Last)):]
			}
			var numbers []string
			for _, p := range v.Paragraphs {
				if p.Number == "" {
					p.Number = "_"
				}
				numbers = append(numbers, p.Number)
			}
			g.Numbers = strings.Join(numbers, " ")
			for _, l := range v.Front {
				g.Front = append(g.Front, l.Kind)
			}
			got = append(got, g)
		}
		if diff := cmp.Diff(want[d.Source.File], got); diff != "" {
			t.Errorf("%s: -want +got\n%s", d.Source.File, diff)
		}
	}
}

// The raw files alone, without the metadata that ships, give the same.
func TestCorpusWithoutMetadata(t *testing.T) {
	bare := fstest.MapFS{}
	files, err := fs.Glob(corpus.Files, "*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := corpus.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		bare[name] = &fstest.MapFile{Data: data}
	}
	if diff := cmp.Diff(show(split(t, corpus.Files)), show(split(t, bare))); diff != "" {
		t.Errorf("-with metadata +without\n%s", diff)
	}
}

// A paragraph's origin is what the file has: the same words, in the same order.
func TestOriginsHoldTheWords(t *testing.T) {
	words := regexp.MustCompile(`[\p{L}\d]+`)
	entries, _ := source.FindFS(corpus.Files)
	for _, e := range entries {
		f, err := source.Read(e, source.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(e.Name, "002") {
			continue // its words are damaged
		}
		for _, v := range segment.Split(f, clean.Repair(f.Text)).Versions {
			for _, p := range v.Paragraphs {
				raw := f.Text[p.Origin.Span.Start:p.Origin.Span.End]
				text := strings.TrimPrefix(p.Number, "-") + " " + p.Text
				if diff := cmp.Diff(words.FindAllString(text, -1), words.FindAllString(raw, -1)); diff != "" {
					t.Errorf("%s.%s.%d: -paragraph +origin\n%s", e.Name, v.Lang, p.Position, diff)
				}
			}
		}
	}
}

// longestFuzzed is the most that a text made up may have, in bytes: more than the
// cases of testdata. A fuzzer that is let makes megabytes, of which one costs as
// much as thousands of others; what the length alone can do is for tests of
// bounds.
const longestFuzzed = 4096

// FuzzSplit holds for any text: its paragraphs are clean, in order, and each
// comes from a place of its own in the file. What encodings do is for FuzzFile.
func FuzzSplit(f *testing.F) {
	cases, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, c := range cases {
		ar, err := txtar.ParseFile(c)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(ar.Files[0].Data))
	}
	for _, s := range []string{"", "1.", "-", "#", "**", "> > >", "1. a\n1. а\n", "[](", "2021", "---\ntitle: x\n---\n1. We"} {
		f.Add(s)
	}
	entries, _ := source.FindFS(fstest.MapFS{"a.md": {Data: []byte("-")}})
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > longestFuzzed {
			return
		}
		file, err := source.Parse(entries[0], []byte(strings.ToValidUTF8(text, "?")))
		if err != nil {
			t.Skip("not a text")
		}
		check(t, file, segment.Split(file, clean.Repair(file.Text)))
	})
}

func BenchmarkCleanAndSplit(b *testing.B) {
	entries, _ := source.FindFS(corpus.Files)
	var files []source.File
	size := 0
	for _, e := range entries {
		f, err := source.Read(e, source.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, f)
		size += len(f.Text)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, f := range files {
			segment.Split(f, clean.Repair(f.Text))
		}
	}
}

// TestHeadingTooLongForATitle wants no title that would be shown, of megabytes, with
// every paragraph.
func TestHeadingTooLongForATitle(t *testing.T) {
	const body = "\n\nThe Council condemns the attack on the harbour and calls on all states to respect the norms.\n"
	for heading, want := range map[string]string{
		"# Statement on the harbour":                     "Statement on the harbour",
		"# " + strings.Repeat("y", 1_000_000):            "",
		"# " + strings.Repeat("Harbour of the ", 10_000): "",
	} {
		text := heading + body
		for _, v := range segment.Split(source.File{Text: text}, clean.Repair(text)).Versions {
			if v.Title != want {
				t.Errorf("%.40q…: the title has %d bytes: %.40q", heading, len(v.Title), v.Title)
			}
		}
	}
}

package markup_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"demarche/index/markup"
	"demarche/search"
)

var update = flag.Bool("update", false, "write what the code makes of the cases into testdata")

// TestGolden reads one case a file: "page.html" or "page.xml" is the input, "fields"
// and "text" are what becomes of it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { golden(t, file) })
	}
}

func golden(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	in := string(ar.Files[0].Data)
	p, err := reader(ar.Files[0].Name)(in)
	sections := []txtar.File{
		ar.Files[0],
		{Name: "fields", Data: []byte(fields(p, err))},
		{Name: "text", Data: []byte(p.Text + "\n")},
	}
	checkBack(t, in, p)
	if *update {
		ar.Files = sections
		if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(ar.Files, sections); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func reader(name string) func(string) (markup.Page, error) {
	if filepath.Ext(name) == ".xml" {
		return markup.XML
	}
	return markup.HTML
}

func fields(p markup.Page, err error) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	if err != nil {
		line("error", err.Error())
	}
	line("title", p.Title)
	line("date", p.Date)
	line("url", p.URL)
	line("kind", p.Kind)
	for _, f := range p.Fields {
		line("field "+f.Name, f.Value)
	}
	return b.String()
}

// checkBack checks that every word of the text that has letters alone leads back to
// the same word of the page.
func checkBack(t *testing.T, in string, p markup.Page) {
	t.Helper()
	at := 0
	for word := range strings.FieldsSeq(p.Text) {
		at += strings.Index(p.Text[at:], word)
		s := p.Back.Span(search.Span{Start: at, End: at + len(word)})
		at += len(word)
		if s.Start < 0 || s.End > len(in) || s.Start > s.End {
			t.Fatalf("%q comes from %v of %d bytes", word, s, len(in))
		}
		if from := in[s.Start:s.End]; onlyLetters(word) && from != word && !strings.ContainsAny(from, "<&;") {
			t.Errorf("%q comes from %q", word, from)
		}
	}
}

func onlyLetters(word string) bool {
	return strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// Every page, whatever it is, becomes text of bounded size that leads back, or a
// reason.
func FuzzHTML(f *testing.F) { fuzz(f, "html", markup.HTML) }

func FuzzXML(f *testing.F) { fuzz(f, "xml", markup.XML) }

func fuzz(f *testing.F, ext string, read func(string) (markup.Page, error)) {
	files, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if filepath.Ext(ar.Files[0].Name) == "."+ext {
			f.Add(string(ar.Files[0].Data))
		}
	}
	f.Fuzz(func(t *testing.T, in string) {
		if !utf8.ValidString(in) {
			t.Skip("files are decoded before")
		}
		p, err := read(in)
		if err != nil {
			if err.Error() == "" || p.Text != "" {
				t.Errorf("text %q, reason %q", p.Text, err)
			}
			return
		}
		if !utf8.ValidString(p.Text) || len(p.Text) > 8*len(in)+16 {
			t.Errorf("%d bytes of text of %d bytes: %q", len(p.Text), len(in), p.Text)
		}
		if strings.ContainsRune(p.Text, 0) && !strings.ContainsRune(in, 0) {
			t.Errorf("zero bytes in %q", p.Text)
		}
		checkBack(t, in, p)
	})
}

package source_test

import (
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"demarche/index/source"
)

// longestFuzzed is the most that a head or a table made up may have, in bytes.
// A fuzzer that is let makes megabytes, of which one costs as much as thousands
// of others; what the length alone can do is for tests of bounds.
const longestFuzzed = 2048

// FuzzFrontMatter holds that whatever stands at the head of a file, the file is
// read unless it is no text at all, its text is the rest of it, and what is
// declared could be declared in metadata.csv as well.
func FuzzFrontMatter(f *testing.F) {
	entries, _ := source.FindFS(fstest.MapFS{"a.txt": {Data: []byte("-")}})
	f.Fuzz(func(t *testing.T, front string) {
		if len(front) > longestFuzzed {
			return
		}
		const body = "States met and spoke of norms.\n"
		text := "---\n" + front + "\n---\n" + body
		got, err := source.Parse(entries[0], []byte(text))
		if err != nil {
			if refusal := (*source.Refusal)(nil); !errors.As(err, &refusal) || !strings.ContainsFunc(front, noText) {
				t.Errorf("%q is refused: %v", text, err)
			}
			return
		}
		if utf8.ValidString(text) && !strings.Contains(front, "<") && !strings.HasSuffix(got.Text, body) {
			t.Errorf("%q is left of %q", got.Text, text)
		}
		for _, d := range got.Declared {
			checkDeclared(t, d)
		}
	})
}

// noText are the characters that a text may be refused for.
func noText(r rune) bool { return r < ' ' || r == 0x7f || r == utf8.RuneError }

// FuzzMetadata holds that whatever a table says, every file of the folder is
// found, what is wrong is said by row, and what is declared makes sense.
func FuzzMetadata(f *testing.F) {
	f.Fuzz(func(t *testing.T, table string) {
		if len(table) > longestFuzzed {
			return
		}
		files := fstest.MapFS{"metadata.csv": {Data: []byte(table)}}
		for _, name := range []string{"a.md", "b.txt", "sub/c.txt"} {
			files[name] = &fstest.MapFile{Data: []byte("States met.\n")}
		}
		entries, refused := source.FindFS(files)
		if len(entries) != 3 {
			t.Errorf("%d files are found", len(entries))
		}
		for _, r := range refused {
			if r.File != "metadata.csv" || r.Reason != "it is empty" && !strings.HasPrefix(r.Reason, "row ") {
				t.Errorf("refused %+v", r)
			}
		}
		for _, e := range entries {
			for _, d := range e.Declared {
				checkDeclared(t, d)
			}
		}
	})
}

// checkDeclared wants metadata to read back from a table as it is.
func checkDeclared(t *testing.T, d source.Declared) {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.WriteAll([][]string{
		{"file", "statement", "title", "actor", "date", "kind", "lang", "url"},
		{"a.md", d.Statement, d.Title, strings.Join(d.Actors, ";"), string(d.Date), d.Kind, strings.Join(d.Lang, ";"), d.URL},
	})
	if !utf8.ValidString(b.String()) {
		return // a table must be UTF-8
	}
	entries, refused := source.FindFS(fstest.MapFS{"a.md": {Data: []byte("Text")}, "metadata.csv": {Data: []byte(b.String())}})
	if len(refused) > 0 {
		t.Errorf("%+v is declared, but refused in a table: %v", d, refused)
	}
	for _, again := range entries[0].Declared {
		if again.Date != d.Date || again.Statement != d.Statement || again.URL != d.URL || !slices.Equal(again.Lang, d.Lang) {
			t.Errorf("%+v reads back as %+v", d, again)
		}
	}
}

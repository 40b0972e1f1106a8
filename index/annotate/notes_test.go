package annotate_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"demarche/index/annotate"
	"demarche/index/segment"
	"demarche/index/source"
	"demarche/search"
)

// TestNotes runs the cases of testdata/notes: the lines of a document, each
// with its kind, and under want what they tell of issuers, date, kind and title.
func TestNotes(t *testing.T) {
	a := annotator(t)
	files, err := filepath.Glob("testdata/notes/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text := string(archive.Files[0].Data)
			d := document(t, langOf(archive), text)
			got := report(t, a.Annotate(d).Notes[0], text)
			if *update {
				archive.Files[1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" {
				t.Errorf("notes differ (-want +got), -update rewrites them:\n%s", diff)
			}
		})
	}
}

// langOf is the language of a case.
func langOf(archive *txtar.Archive) string {
	_, lang, _ := strings.Cut(string(archive.Comment), "lang: ")
	return strings.TrimSpace(lang)
}

// document makes a document of lines "kind: text"; origins are those in text.
func document(t *testing.T, lang, text string) segment.Document {
	t.Helper()
	v := segment.Version{Lang: lang}
	d := segment.Document{Source: search.Source{File: "file.txt"}}
	at := 0
	for line := range strings.Lines(text) {
		kind, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		origin := search.Span{Start: at + len(kind) + 2, End: at + len(kind) + 2 + len(rest)}
		at += len(line)
		switch kind {
		case "paragraph":
			v.Paragraphs = append(v.Paragraphs, search.Paragraph{Position: len(v.Paragraphs) + 1, Text: rest, Origin: search.Origin{Span: origin}})
		case "declared":
			var declared source.Declared
			if err := json.Unmarshal([]byte(rest), &declared); err != nil {
				t.Fatal(err)
			}
			d.Declared = append(d.Declared, declared)
		case "field":
			name, value, _ := strings.Cut(rest, ": ")
			d.Fields = append(d.Fields, source.Field{Name: name, Value: value})
		default:
			v.Front = append(v.Front, segment.Line{Kind: segment.LineKind(kind), Text: rest, Origin: origin})
			if kind == "heading" {
				v.Title = strings.TrimSpace(v.Title + " " + rest)
			}
		}
	}
	d.Versions = []segment.Version{v}
	return d
}

// report says what notes hold, and what stands in the text where evidence
// points.
func report(t *testing.T, n annotate.Notes, text string) string {
	t.Helper()
	var w strings.Builder
	for _, a := range n.Actors {
		fmt.Fprintf(&w, "actor %s (%s) %s %s\n", a.ID, a.Name, a.Provenance, pointed(a.Evidence, text))
	}
	fmt.Fprintf(&w, "date %s %s %s\n", n.Date, n.DateProvenance, pointed(n.DateEvidence, text))
	fmt.Fprintf(&w, "kind %s\ntitle %s (%s)\nurl %s\nstatement %s\n", n.Kind, n.Title, n.TitleProvenance, n.URL, n.Statement)
	return w.String()
}

func pointed(e search.Evidence, text string) string {
	if e.File == "" {
		return ""
	}
	return fmt.Sprintf("%q at %q", e.Text, text[e.Span.Start:e.Span.End])
}

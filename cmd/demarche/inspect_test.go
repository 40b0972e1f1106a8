package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index/corpus"
	"demarche/web/api"
)

// inspected is what a reader of the JSON checks first.
type inspected struct {
	Date         string
	Provenance   string
	Actors       []string
	Paragraphs   map[string]int // by language
	Duplicates   []string       // file of file
	Mojibake     int
	Attributions []string // language, position: state by whom (groups) stance
}

// TestInspectJSON looks at the five files as they were obtained, without
// metadata, in two orders.
func TestInspectJSON(t *testing.T) {
	const (
		exchange = "CN by CA GB US () reported"
		russia   = "RU by nato CZ DE EE FR GB US (apt28 gru) own"
		nato     = "RU by nato () own"
	)
	want := []inspected{
		{
			Date: "2021-07-19", Provenance: "stated", Actors: []string{"nato"},
			Paragraphs:   map[string]int{"en": 4, "fr": 4, "ru": 4},
			Duplicates:   []string{"001 of 003"},
			Attributions: []string{"en 3: " + exchange, "fr 3: " + exchange, "ru 3: " + exchange},
		},
		{
			Provenance: "unknown", Actors: []string{"nato"},
			Paragraphs: map[string]int{"en": 5, "fr": 5}, Mojibake: 43,
			Attributions: []string{
				"en 1: " + russia, "en 2: " + nato, "en 4: " + nato,
				"fr 1: " + russia, "fr 2: " + nato, "fr 4: " + nato,
			},
		},
		{Date: "2018-11-12", Provenance: "stated", Actors: []string{"paris-call"}, Paragraphs: map[string]int{"ru": 24}},
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, corpus.Files); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "metadata.csv")); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	first := inspect(t, files)
	if diff := cmp.Diff(want, summaries(t, first)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	slices.Reverse(files)
	if diff := cmp.Diff(first, inspect(t, files)); diff != "" {
		t.Errorf("the order of the files matters (-one +other)\n%s", diff)
	}
}

func inspect(t *testing.T, files []string) string {
	t.Helper()
	var stdout, stderr strings.Builder
	if status := run(t.Context(), append([]string{"inspect", "--json"}, files...), &stdout, &stderr); status != exitDone {
		t.Fatalf("status %d: %s", status, stderr.String())
	}
	return stdout.String()
}

// summaries reads one object a line.
func summaries(t *testing.T, output string) []inspected {
	t.Helper()
	var all []inspected
	for line := range strings.Lines(output) {
		var s api.Statement
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			t.Fatal(err)
		}
		all = append(all, summarise(s))
	}
	return all
}

func summarise(s api.Statement) inspected {
	got := inspected{Date: string(s.Date), Provenance: string(s.DateProvenance), Paragraphs: map[string]int{}}
	for _, a := range s.Actors {
		got.Actors = append(got.Actors, a.ID)
	}
	for _, d := range s.Duplicates {
		got.Duplicates = append(got.Duplicates, filepath.Base(d.File)[:3]+" of "+filepath.Base(d.Of)[:3])
	}
	for _, r := range s.Repairs {
		if r.Kind == "mojibake" {
			got.Mojibake = r.Count
		}
	}
	for _, v := range s.Versions {
		got.Paragraphs[v.Lang] = len(v.Paragraphs)
		for _, p := range v.Paragraphs {
			got.Attributions = append(got.Attributions, attributions(v.Lang, p)...)
		}
	}
	return got
}

func attributions(lang string, p api.Paragraph) []string {
	var all []string
	for _, a := range p.Attributions {
		all = append(all, lang+" "+p.Number+": "+a.State+" by "+strings.Join(a.By, " ")+" ("+strings.Join(a.Groups, " ")+") "+string(a.Stance))
	}
	return all
}

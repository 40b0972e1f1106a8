package annotate_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"demarche/index/annotate"
	"demarche/index/annotate/labelled"
	"demarche/index/gazetteer"
	"demarche/index/segment"
	"demarche/search"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// annotator makes an annotator with the names that ship with the program.
func annotator(t testing.TB) *annotate.Annotator {
	t.Helper()
	g, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	return annotate.New(g)
}

// attributions annotates texts as the paragraphs of one document under a title and resolves
// what is found for a speaker.
func attributions(a *annotate.Annotator, lang, speaker, title string, texts []string) [][]search.Attribution {
	v := segment.Version{Lang: lang, Title: title}
	for i, text := range texts {
		v.Paragraphs = append(v.Paragraphs, search.Paragraph{Position: i + 1, Text: text})
	}
	var out [][]search.Attribution
	for _, p := range a.Annotate(segment.Document{Versions: []segment.Version{v}}).Document.Versions[0].Paragraphs {
		var speakers []search.Actor
		if speaker != "" {
			speakers = []search.Actor{{ID: speaker}}
		}
		out = append(out, annotate.Resolve(p.Attributions, speakers))
	}
	return out
}

// TestRules runs the cases of testdata/rules: each file has sentences in three
// languages, a line each and each a paragraph, and under want the attributions
// of each: the state, who attributes, groups, stance, strength, and the rule and
// words of every assertion. All but the one of what is weighed are of patterns alone: weights
// learned anew would change them.
func TestRules(t *testing.T) {
	weighing := annotator(t)
	patterns := weighing.Without("weighing")
	files, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		name, a := strings.TrimSuffix(filepath.Base(file), ".txtar"), patterns
		if name == "weighing" {
			a = weighing
		}
		t.Run(name, func(t *testing.T) { golden(t, a, file) })
	}
}

func golden(t *testing.T, a *annotate.Annotator, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	last := len(archive.Files) - 1
	var got string
	for _, f := range archive.Files[:last] {
		got += caseOf(a, archive, f.Name)
	}
	if *update {
		archive.Files[last].Data = []byte(got)
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(archive.Files[last].Data), got); diff != "" {
		t.Errorf("attributions differ (-want +got), -update rewrites them:\n%s", diff)
	}
}

// caseOf describes what is found in the sentences of a language of a case.
func caseOf(a *annotate.Annotator, archive *txtar.Archive, lang string) string {
	speaker, title := labelled.Commented(archive, "speaker"), labelled.Commented(archive, "title "+lang)
	var got strings.Builder
	for _, f := range archive.Files {
		if f.Name != lang {
			continue
		}
		lines := strings.Split(strings.TrimSpace(string(f.Data)), "\n")
		for i, found := range attributions(a, f.Name, speaker, title, lines) {
			describe(&got, f.Name, i+1, lines[i], found)
		}
	}
	return got.String()
}

func describe(w *strings.Builder, lang string, n int, text string, found []search.Attribution) {
	if len(found) == 0 {
		fmt.Fprintf(w, "%s %d nobody\n", lang, n)
	}
	for _, a := range found {
		fmt.Fprintf(w, "%s %d %s by %v groups %v %s %s\n", lang, n, a.State, a.By, a.Groups, a.Stance, a.Strength)
		for _, s := range a.Assertions {
			fmt.Fprintf(w, "\t%s: %s\n", s.Rule, s.Evidence.Text)
			if !strings.Contains(text, s.Evidence.Text) {
				fmt.Fprintf(w, "\tNOT IN THE TEXT\n")
			}
		}
	}
}

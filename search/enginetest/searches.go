package enginetest

import (
	"embed"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/search"
)

//go:embed testdata
var testdata embed.FS

// update writes what the engine under test answers as what is expected. The name
// is long because every engine's own tests may have an -update.
var update = flag.Bool("update-searches", false, "write the answers of this engine to search/enginetest/testdata")

// searches runs the cases of testdata. A file is made of cases apart by blank
// lines; a case is a request behind ">", see [describe], and what is expected of
// it, in indented lines: the totals; the ignored words; the prefixes cut; a line for each hit with its
// reasons and highlighted words; a line for each facet, chosen values in brackets.
// Hits are in their order where the request is sorted by date, and by ID where an
// engine's own score decides. Lines that begin with # are comments.
func searches(t *testing.T, e search.Engine) {
	files, err := fs.Glob(testdata, "testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(testdata, file)
		if err != nil {
			t.Fatal(err)
		}
		cases := strings.Split(strings.TrimSpace(string(text)), "\n\n")
		for i, c := range cases {
			cases[i] = runCase(t, e, c)
		}
		if *update {
			write(t, file, strings.Join(cases, "\n\n")+"\n")
		}
	}
}

// runCase tests one case and returns it with what the engine answers.
func runCase(t *testing.T, e search.Engine, c string) string {
	var head, want []string
	request := ""
	for line := range strings.Lines(c) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, ">"):
			request = strings.TrimPrefix(line, "> ")
			head = append(head, line)
		case strings.HasPrefix(line, "#"):
			head = append(head, line)
		default:
			want = append(want, line)
		}
	}
	var got []string
	t.Run(request, func(t *testing.T) {
		r, err := readRequest(request)
		if err != nil {
			t.Fatal(err)
		}
		got = report(r, answer(t, e, r))
		if d := cmp.Diff(want, got); d != "" && !*update {
			t.Errorf("-expected +answered\n%s", d)
		}
	})
	return strings.Join(append(head, got...), "\n")
}

func write(t *testing.T, file, text string) {
	_, here, _, _ := runtime.Caller(0)
	if err := os.WriteFile(filepath.Join(filepath.Dir(here), file), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// report writes an answer as a case expects it.
func report(r search.Request, result *search.Result) []string {
	total := result.Total
	lines := []string{fmt.Sprintf("  %d paragraphs, %d passages, %d statements", total.Paragraphs, total.Passages, total.Statements)}
	if len(result.Ignored) > 0 {
		lines = append(lines, "  ignored: "+strings.Join(result.Ignored, " "))
	}
	for _, c := range result.Cut {
		lines = append(lines, fmt.Sprintf("  cut: %s* at %d of %d", c.Prefix, c.Words, c.Of))
	}
	var hits []string
	for _, h := range result.Hits {
		hits = append(hits, reportHit(h))
	}
	if r.Order() == search.Relevance {
		slices.Sort(hits)
	}
	lines = append(lines, hits...)
	if result.Next != nil {
		lines = append(lines, "  more")
	}
	for _, f := range result.Facets {
		lines = append(lines, reportFacet(f))
	}
	return lines
}

func reportHit(h search.Hit) string {
	var marked []string
	for _, s := range h.Highlights {
		marked = append(marked, h.Paragraph.Text[s.Start:s.End])
	}
	line := fmt.Sprintf("  %s %s: %s", h.Paragraph.ID, strings.Join(h.Reasons, " "), strings.Join(marked, " | "))
	return strings.TrimSuffix(strings.ReplaceAll(line, " : ", ": "), ": ")
}

func reportFacet(f search.Facet) string {
	line := "  " + f.Field + ":"
	for _, v := range f.Values {
		value := fmt.Sprintf("%s %d", v.Value, v.Count)
		switch {
		case v.Selected:
			value = "[" + value + "]"
		case v.Excluded:
			value = "[-" + value + "]"
		}
		line += " " + value + ";"
	}
	return strings.TrimSuffix(line, ";")
}

package eval_test

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"demarche/index/eval"
	"demarche/search"
)

var update = flag.Bool("update", false, "write what comes out as what is wanted")

// TestCompare runs testdata/*.txtar. Each has a gold folder, under made/ what a
// program made of its files, and in "want" what comes out. What was made is lines
// of parts:
//
//	refused | REASON
//	statement | DATE | PROVENANCE | ACTORS
//	paragraph | LANG | NUMBER | FIRST WORDS | LAST WORDS
//	attributes | STATE | STANCE | PARTIES | RULE | WORDS
func TestCompare(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := fstest.MapFS{}
			for _, f := range a.Files {
				files[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			got := outcome(t, files)
			if *update {
				set(a, "want", got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if d := gocmp.Diff(string(files["want"].Data), got); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
		})
	}
}

func set(a *txtar.Archive, name, content string) {
	for i, f := range a.Files {
		if f.Name == name {
			a.Files[i].Data = []byte(content)
			return
		}
	}
	a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(content)})
}

func outcome(t *testing.T, files fstest.MapFS) string {
	t.Helper()
	gold, err := eval.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	var readings []eval.Reading
	for _, r := range gold.Records {
		text, lines := files[r.File], files["made/"+r.File]
		if text == nil || lines == nil {
			t.Fatalf("the case has no %s, or not what was made of it", r.File)
		}
		readings = append(readings, made(t, string(text.Data), string(lines.Data)))
	}
	r := eval.Compare(gold, readings, lookup)
	var b strings.Builder
	for _, p := range gold.Problems {
		fmt.Fprintln(&b, p)
	}
	fmt.Fprintf(&b, "%d scored, %d ambiguous\nrefused %v\nmarked %v\nunplaced %v\n", r.Scored, r.Ambiguous, r.Refused, r.Marked, r.Unplaced)
	for _, s := range r.Scores {
		fmt.Fprintf(&b, "%-10s %-12s %d hits %d misses %d false alarms\n", s.Measure, cmp.Or(s.Lang+s.Publisher, "all"), s.Hits, s.Misses, s.FalseAlarms)
	}
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "%s | %s | %s | %s %d | %s | %s | %s\n", f.Measure, f.Kind, f.File, f.Lang, f.Paragraph, f.Value, f.Rule, f.Words)
	}
	return b.String()
}

// lookup knows the states and bodies of the cases.
func lookup(name string) (string, bool) {
	id, ok := map[string]string{"US": "US", "CN": "CN", "RU": "RU", "FR": "FR", "NATO": "nato", "PARIS-CALL": "paris-call", "Atlantic Alliance": "nato"}[name]
	return id, ok
}

// before is how much of a file stands before its text, as front matter does.
const before = 100

func made(t *testing.T, text, lines string) eval.Reading {
	t.Helper()
	r := eval.Reading{Text: text, Offset: before}
	for line := range strings.Lines(lines) {
		parts := strings.Split(line, "|")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		switch parts[0] {
		case "refused":
			r.Refused = parts[1]
		case "statement":
			r.Statements = append(r.Statements, statement(parts))
		case "paragraph":
			s := &r.Statements[len(r.Statements)-1]
			v := version(s, parts[1])
			v.Paragraphs = append(v.Paragraphs, paragraph(t, text, parts, len(v.Paragraphs)+1))
		case "attributes":
			s := &r.Statements[len(r.Statements)-1]
			v := &s.Versions[len(s.Versions)-1]
			p := &v.Paragraphs[len(v.Paragraphs)-1]
			p.Attributions = append(p.Attributions, attribution(parts))
		default:
			t.Fatalf("cannot read %q", line)
		}
	}
	return r
}

func statement(parts []string) search.Statement {
	s := search.Statement{Date: search.Date(parts[1]), DateProvenance: search.Provenance(parts[2])}
	for id := range strings.FieldsSeq(parts[3]) {
		s.Actors = append(s.Actors, search.Actor{ID: id, Provenance: search.Stated})
	}
	return s
}

func version(s *search.Statement, lang string) *search.Version {
	if n := len(s.Versions); n > 0 && s.Versions[n-1].Lang == lang {
		return &s.Versions[n-1]
	}
	s.Versions = append(s.Versions, search.Version{Lang: lang})
	return &s.Versions[len(s.Versions)-1]
}

func paragraph(t *testing.T, text string, parts []string, position int) search.Paragraph {
	t.Helper()
	start := strings.Index(text, parts[3])
	length := strings.Index(text[max(0, start):], parts[4])
	if start < 0 || length < 0 {
		t.Fatalf("%q to %q are not in the text", parts[3], parts[4])
	}
	end := start + length + len(parts[4])
	return search.Paragraph{
		Position: position, Number: parts[2], Text: text[start:end],
		Origin: search.Origin{Span: search.Span{Start: before + start, End: before + end}},
	}
}

func attribution(parts []string) search.Attribution {
	e := search.Evidence{Text: parts[5]}
	return search.Attribution{
		State: parts[1], Stance: search.Stance(parts[2]), By: strings.Fields(parts[3]), Evidence: e,
		Assertions: []search.Assertion{{Rule: parts[4], Evidence: e}},
	}
}

func TestNoGold(t *testing.T) {
	for name, labels := range map[string]string{
		"nothing":  "",
		"no JSON":  "file,date\n",
		"bad date": `{"file":"a.txt","date":"yesterday"}`,
	} {
		_, err := eval.Read(fstest.MapFS{"labels.jsonl": &fstest.MapFile{Data: []byte(labels)}})
		if !errors.Is(err, eval.ErrNoGold) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := eval.Read(fstest.MapFS{}); !errors.Is(err, eval.ErrNoGold) {
		t.Errorf("a folder without labels: got %v", err)
	}
}

func TestShares(t *testing.T) {
	for _, tt := range []struct {
		counts                eval.Counts
		precision, recall, f1 float64
	}{
		{eval.Counts{Hits: 3, Misses: 1, FalseAlarms: 3}, 0.5, 0.75, 0.6},
		{eval.Counts{Hits: 0, Misses: 2}, 1, 0, 0},
		{eval.Counts{}, 1, 1, 1},
	} {
		if p, r, f := tt.counts.Precision(), tt.counts.Recall(), tt.counts.F1(); p != tt.precision || r != tt.recall || f != tt.f1 {
			t.Errorf("%+v: %g, %g, %g", tt.counts, p, r, f)
		}
	}
}

// FuzzRead holds for any labels: each line is a record or a problem or empty, and
// comparing never fails.
func FuzzRead(f *testing.F) {
	f.Add(`{"file":"a","blocks":1,"attributions":[{"block":9,"paragraph_start":"We","attributed_states":["RU"],"speaker_stance":"asserts"}]}`, "We know.")
	f.Add(`{"file":"a","blocks":1,"ambiguous":[{"block":-1}],"heading_blocks_that_attribute":{"0":["CN"]}}`, "<p>&eacute;</p>")
	f.Add("{\n[]\n{}", "1. a\n\n2. b")
	f.Fuzz(func(t *testing.T, labels, text string) {
		gold, err := eval.Read(fstest.MapFS{"labels.jsonl": &fstest.MapFile{Data: []byte(labels)}})
		if err != nil {
			return
		}
		lines := 0
		for line := range strings.Lines(labels) {
			if strings.TrimSpace(line) != "" {
				lines++
			}
		}
		if n := len(gold.Records) + len(gold.Problems); n != lines {
			t.Fatalf("%d records and problems of %d lines", n, lines)
		}
		p := search.Paragraph{Position: 1, Text: text, Origin: search.Origin{Span: search.Span{End: len(text)}}}
		s := search.Statement{Versions: []search.Version{{Lang: "en", Paragraphs: []search.Paragraph{p}}}}
		readings := make([]eval.Reading, len(gold.Records))
		for i := range readings {
			readings[i] = eval.Reading{Text: text, Statements: []search.Statement{s}}
		}
		r := eval.Compare(gold, readings, lookup)
		if r.Scored != len(gold.Records) {
			t.Errorf("%d of %d records are scored", r.Scored, len(gold.Records))
		}
	})
}

package query_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/search/query"
)

var update = flag.Bool("update", false, "write what the parser answers to testdata")

// TestParse runs the cases of testdata. Cases are apart by blank lines: a query,
// in Go's notation behind $ where it has characters that do not show, and
// indented lines of what it is read as or of what is wrong with it. Lines that begin
// with "# " are comments.
func TestParse(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		cases := strings.Split(strings.TrimSpace(string(text)), "\n\n")
		for i, c := range cases {
			cases[i] = runCase(t, c)
		}
		if *update {
			if err := os.WriteFile(file, []byte(strings.Join(cases, "\n\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func runCase(t *testing.T, c string) string {
	t.Helper()
	var head, want []string
	for _, line := range strings.Split(c, "\n") {
		if strings.HasPrefix(line, "  ") {
			want = append(want, line)
		} else {
			head = append(head, line)
		}
	}
	input := head[len(head)-1]
	if quoted, ok := strings.CutPrefix(input, "$"); ok {
		var err error
		if input, err = strconv.Unquote(quoted); err != nil {
			t.Fatalf("%s: %v", quoted, err)
		}
	}
	got := report(query.Parse(input, query.Limits{}))
	if d := cmp.Diff(want, got); d != "" && !*update {
		t.Errorf("%s\n-expected +got\n%s", input, d)
	}
	return strings.Join(append(head, got...), "\n")
}

func report(n query.Node, err error) []string {
	var e *query.Error
	switch {
	case errors.As(err, &e):
		lines := []string{fmt.Sprintf("  %s at %d, %d long", e.Code, e.Offset, e.Length), "  " + e.Detail}
		if e.Suggestion != "" {
			lines = append(lines, "  try "+e.Suggestion)
		}
		return lines
	case n == nil:
		return []string{"  everything"}
	}
	return []string{"  " + n.String()}
}

// TestEveryFault checks that the cases show every fault there is, so that a code
// without a use or a detail without its arguments is found.
func TestEveryFault(t *testing.T) {
	text, err := os.ReadFile("testdata/refuse.txt")
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := []string{"too_long", "too_many_terms"} // TestLimits
	for _, code := range query.Codes() {
		if !strings.Contains(string(text), "  "+code+" at ") && !slices.Contains(elsewhere, code) {
			t.Errorf("no case shows %s", code)
		}
	}
	if strings.Contains(string(text), "{") {
		t.Error("a detail has an argument that was not given")
	}
}

func phrase(words ...string) query.Phrase {
	var p query.Phrase
	for _, w := range words {
		p.Slots = append(p.Slots, query.Slot{Alternatives: strings.Split(w, "|")})
	}
	return p
}

// TestTree checks the trees of one query of each form.
func TestTree(t *testing.T) {
	inflected := phrase("norms", "cyberspace")
	inflected.Inflected = true
	window := inflected
	window.Slop = 5
	gap := phrase("responsible", "", "behaviour")
	gap.Slots[1] = query.Slot{}
	for _, tt := range []struct {
		input string
		want  query.Node
	}{
		{"", nil},
		{"norms", query.Word{Text: "norms"}},
		{"attribut*", query.Prefix{Text: "attribut"}},
		{"a b", query.And{Nodes: []query.Node{query.Word{Text: "a"}, query.Word{Text: "b"}}}},
		{"a OR b", query.Or{Nodes: []query.Node{query.Word{Text: "a"}, query.Word{Text: "b"}}}},
		{"-a", query.Not{Node: query.Word{Text: "a"}}},
		{`"norms cyberspace"`, phrase("norms", "cyberspace")},
		{`"norms cyberspace"~`, inflected},
		{`"norms cyberspace"~5`, window},
		{`"responsible (state|member states)"`, phrase("responsible", "state|member states")},
		{`"responsible * behaviour"`, gap},
		{"a NEAR/5 b", query.Near{Left: query.Word{Text: "a"}, Right: query.Word{Text: "b"}, Distance: 5}},
		{"actor:nato", query.Field{Name: "actor", Value: "nato"}},
		{"year:2018..2025", query.Field{Name: "year", From: "2018", To: "2025"}},
		{"year:2021", query.Field{Name: "year", From: "2021", To: "2021"}},
		{"date:2021-07..", query.Field{Name: "date", From: "2021-07"}},
		{"date:..2020", query.Field{Name: "date", To: "2020"}},
		{"date:unknown", query.Field{Name: "date", Value: "unknown"}},
		{"title:norms", query.Field{Name: "title", Text: query.Word{Text: "norms"}}},
		{`title:"a b"`, query.Field{Name: "title", Text: phrase("a", "b")}},
	} {
		got, err := query.Parse(tt.input, query.Limits{})
		if err != nil {
			t.Errorf("%s: %v", tt.input, err)
			continue
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s: -want +got\n%s", tt.input, d)
		}
	}
}

func TestLimits(t *testing.T) {
	for _, tt := range []struct {
		name, input  string
		limits       query.Limits
		code         string
		offset       int
		length       int
		suggestion   string
		detailNeeds  string
		wantArgument string
	}{
		{
			name: "bytes", input: "государство и право", limits: query.Limits{Bytes: 28},
			code: "too_long", offset: 15, length: 4, suggestion: "государство и", detailNeeds: "36 bytes", wantArgument: "28",
		},
		{
			name: "bytes inside a phrase", input: `norms "use of force"`, limits: query.Limits{Bytes: 14},
			code: "too_long", offset: 14, length: 6, suggestion: `norms "use of"`, detailNeeds: "14", wantArgument: "14",
		},
		{
			name: "terms", input: "one two three", limits: query.Limits{Terms: 2},
			code: "too_many_terms", offset: 8, length: 5, suggestion: "one two", detailNeeds: "more than 2", wantArgument: "2",
		},
		{
			name: "terms in one word", input: "a-b-c", limits: query.Limits{Terms: 2},
			code: "too_many_terms", offset: 3, length: 2, suggestion: "a-b", detailNeeds: "more than 2", wantArgument: "2",
		},
		{
			name: "terms in a phrase", input: `norms "one two three"~5 law`, limits: query.Limits{Terms: 3},
			code: "too_many_terms", offset: 14, length: 6, suggestion: `norms "one two"~5`, detailNeeds: "more than 3", wantArgument: "3",
		},
		{
			name: "terms in alternatives", input: `"one (two|three|four) five"`, limits: query.Limits{Terms: 2},
			code: "too_many_terms", offset: 9, length: 17, suggestion: `"one two"`, detailNeeds: "more than 2", wantArgument: "2",
		},
		{
			name: "terms in a title", input: `norms title:"one two"`, limits: query.Limits{Terms: 2},
			code: "too_many_terms", offset: 16, length: 4, suggestion: `norms title:"one"`, detailNeeds: "more than 2", wantArgument: "2",
		},
		{
			name: "a field too many", input: "norms law year:2021", limits: query.Limits{Terms: 2},
			code: "too_many_terms", offset: 10, length: 9, suggestion: "norms law", detailNeeds: "more than 2", wantArgument: "2",
		},
		{
			name: "depth", input: "(a OR (b (c OR d)))", limits: query.Limits{Depth: 2},
			code: "too_deep", offset: 9, length: 1, suggestion: "a OR b c OR d", detailNeeds: "more than 2", wantArgument: "2",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := query.Parse(tt.input, tt.limits)
			var e *query.Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want an Error", err)
			}
			want := query.Error{Code: tt.code, Offset: tt.offset, Length: tt.length, Suggestion: tt.suggestion, Detail: e.Detail, Args: e.Args}
			if d := cmp.Diff(want, *e); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
			if !strings.Contains(e.Detail, tt.detailNeeds) || e.Args["limit"] != tt.wantArgument {
				t.Errorf("the detail is %q with arguments %v", e.Detail, e.Args)
			}
		})
	}
}

package query_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"demarche/search/query"
)

// longestFuzzed is twice the greatest query. A fuzzer that is let makes inputs of
// megabytes, which cost much and are all refused for the same reason.
var longestFuzzed = 2 * query.DefaultLimits.Bytes

// wide lets a canonical form be longer than what was typed: "|" prints as "OR".
var wide = query.Limits{Bytes: 8 * query.DefaultLimits.Bytes}

// FuzzParse holds for any input: what parses prints to what parses to the same
// tree and prints the same; an error points into the input, and its suggestion
// parses.
func FuzzParse(f *testing.F) {
	for _, q := range corpus(f) {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > longestFuzzed {
			return
		}
		n, err := query.Parse(s, query.Limits{})
		if err != nil {
			checkError(t, s, err)
			return
		}
		if n == nil {
			return
		}
		printed := n.String()
		again, err := query.Parse(printed, wide)
		if err != nil {
			t.Fatalf("%q prints as %q, which does not parse: %v", s, printed, err)
		}
		if d := cmp.Diff(n, again); d != "" {
			t.Errorf("%q prints as %q, which is another tree:\n%s", s, printed, d)
		}
	})
}

func checkError(t *testing.T, s string, err error) {
	t.Helper()
	var e *query.Error
	if !errors.As(err, &e) {
		t.Fatalf("%q: %v is no *query.Error", s, err)
	}
	if e.Code == "" || e.Detail == "" || strings.Contains(e.Detail, "{limit}") {
		t.Errorf("%q: the error says %q (%s)", s, e.Detail, e.Code)
	}
	if n := utf8.RuneCountInString(s); e.Offset < 0 || e.Length < 1 || e.Offset+e.Length > n {
		t.Errorf("%q: %s at %d, %d long, in %d characters", s, e.Code, e.Offset, e.Length, n)
	}
	if e.Suggestion == "" {
		return
	}
	if n, err := query.Parse(e.Suggestion, query.Limits{}); err != nil || n == nil {
		t.Errorf("%q: the suggestion %q does not parse: %v", s, e.Suggestion, err)
	}
}

// corpus are the inputs of the cases in testdata.
func corpus(t testing.TB) []string {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line != "" {
				all = append(all, line)
			}
		}
	}
	return all
}

// worst are inputs made to cost much: deep, long, and wrong in many places.
var worst = map[string]string{
	"parentheses":  strings.Repeat("(", 512),
	"closing":      strings.Repeat(")", 512),
	"quotes":       strings.Repeat(`"`, 511),
	"exclusions":   strings.Repeat("NOT ", 127) + "a",
	"operators":    strings.Repeat("AND ", 128),
	"alternatives": `"` + strings.Repeat("(a|b) ", 80) + `"`,
	"fields":       strings.Repeat("a:b ", 128),
	"wildcards":    strings.Repeat("*a ", 170),
	"nears":        strings.Repeat("a NEAR/5 ", 56),
	"boosts":       strings.Repeat("a^1 ", 128),
	"ranges":       strings.Repeat("year:1 ", 73),
	"a megabyte":   strings.Repeat("cyber ", 175_000),
	"invisible":    strings.Repeat("\u00ad", 256),
	"symbols":      strings.Repeat("a<", 256),
	"marks":        "a" + strings.Repeat("\u0301", 255),
}

// TestTime is the promise that no input takes longer than 10 ms. The best of
// twenty counts, for other work on the machine.
func TestTime(t *testing.T) {
	const limit = 10 * time.Millisecond
	for name, q := range worst {
		best := time.Hour
		for range 20 {
			start := time.Now()
			_, _ = query.Parse(q, query.Limits{})
			best = min(best, time.Since(start))
		}
		if best > limit {
			t.Errorf("%s: %v", name, best)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	inputs := map[string]string{"usual": `"responsible state behaviour" OR (norms cyberspace -attribut*) year:2018..2025`}
	for name, q := range worst {
		inputs[name] = q
	}
	for name, q := range inputs {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, _ = query.Parse(q, query.Limits{})
			}
		})
	}
}

package analysis_test

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"demarche/index/analysis"
)

var update = flag.Bool("update", false, "write the tokens of this code to testdata")

// TestTokens compares the tokens of each text in testdata: the first section is
// the text, the second its tokens. The name of the text is its language.
func TestTokens(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil || len(a.Files) != 2 {
				t.Fatalf("%d sections, want a text and its tokens: %v", len(a.Files), err)
			}
			got := show(a.Files[0].Name, string(a.Files[0].Data))
			if *update {
				a.Files[1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if d := cmp.Diff(string(a.Files[1].Data), got); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
		})
	}
}

// show writes a line for each token: its text, its exact word, its stems.
func show(lang, text string) string {
	var b strings.Builder
	for _, token := range analysis.Tokens(lang, text) {
		fmt.Fprintf(&b, "%d %s = %s [%s]\n", token.Position, text[token.Start:token.End], token.Exact, strings.Join(token.Stems, " "))
	}
	return b.String()
}

func TestFold(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"STATE", "state"},
		{"États", "etats"},
		{"E\u0301tats", "etats"},
		{"Œuvre cœur", "oeuvre coeur"},
		{"Straße", "strasse"},
		{"Łódź Đà Nẵng", "lodz da nang"},
		{"İstanbul ılık", "istanbul ilik"},
		{"учёт Ёлка", "учет елка"},
		{"Й й и\u0306", "й й й"},
		{"за\u0301мок", "замок"},
		{"Україна їжа", "україна їжа"},
		{"co\u00adoperation", "cooperation"},
		{"ﬁnance", "finance"},
		{"ＮＡＴＯ", "nato"},
		{"Ελλάδα", "ελλαδα"},
	} {
		if got := analysis.Fold(tt.in); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestIsStop(t *testing.T) {
	for _, tt := range []struct {
		lang, word string
		want       bool
	}{
		{"en", "the", true},
		{"en", "state", false},
		{"en", "not", false},
		{"en", "s", true},
		{"fr", "à", true},
		{"fr", "a", true},
		{"fr", "sur", true},
		{"fr", "sûr", false},
		{"fr", "l", true},
		{"fr", "tres", true},
		{"fr", "etre", true},
		{"ru", "её", true},
		{"ru", "ее", true},
		{"ru", "не", false},
		{"ru", "государство", false},
		{"und", "the", false},
		{"de", "der", false},
	} {
		if got := analysis.IsStop(tt.lang, tt.word); got != tt.want {
			t.Errorf("IsStop(%s, %s) = %v", tt.lang, tt.word, got)
		}
	}
}

// TestInflections checks words that have to share a stem, however they are
// typed, and words that must not.
func TestInflections(t *testing.T) {
	for _, tt := range []struct {
		lang, a, b string
		want       bool
	}{
		{"en", "behaviour", "behaviours", true},
		{"en", "attribute", "attribution", true},
		{"en", "international", "internal", false},
		{"en", "organization", "organs", false},
		{"en", "universities", "universal", false},
		{"fr", "Etats", "État", true},
		{"fr", "ETATS", "état", true},
		{"fr", "responsable", "responsables", true},
		{"fr", "français", "françaises", true},
		{"fr", "FRANCAIS", "françaises", true},
		{"fr", "cooperation", "coopération", true},
		{"fr", "mauvais", "mauvaises", true},
		{"ru", "ответственное", "ответственного", true},
		{"ru", "поведение", "поведением", true},
		{"ru", "учет", "учёта", true},
		{"ru", "государство", "государствами", true},
		{"und", "states", "state", false},
	} {
		a, b := analysis.Tokens(tt.lang, tt.a)[0].Stems, analysis.Tokens(tt.lang, tt.b)[0].Stems
		if got := share(a, b); got != tt.want {
			t.Errorf("%s: %s %v and %s %v share a stem: %v", tt.lang, tt.a, a, tt.b, b, got)
		}
	}
}

func share(a, b []string) bool {
	for _, s := range a {
		for _, r := range b {
			if s == r {
				return true
			}
		}
	}
	return false
}

func TestElisions(t *testing.T) {
	if d := cmp.Diff([]string{"l", "le", "la"}, analysis.Elisions("fr", "le")); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"of"}, analysis.Elisions("en", "of")); d != "" {
		t.Error(d)
	}
}

// TestSnowball compares every word of Snowball's vocabularies. The words that
// come out otherwise are those of testdata/deviations.txt, neither more nor less.
func TestSnowball(t *testing.T) {
	const vocabularies = "../../../shared/snowball"
	if _, err := os.Stat(vocabularies); err != nil {
		t.Skipf("Snowball's vocabularies are absent (%v): put the folder shared beside the project", err)
	}
	var got []string
	for _, v := range []struct{ lang, name string }{{"en", "english"}, {"fr", "french"}, {"ru", "russian"}} {
		words := readLines(t, filepath.Join(vocabularies, v.name, "voc.txt"))
		stems := readLines(t, filepath.Join(vocabularies, v.name, "output.txt"))
		if len(words) != len(stems) || len(words) < 10_000 {
			t.Fatalf("%s: %d words and %d stems", v.name, len(words), len(stems))
		}
		for i, w := range words {
			if stem := analysis.Stem(v.lang, withoutElision(v.lang, w)); stem != stems[i] {
				got = append(got, fmt.Sprintf("%s %s %s %s", v.lang, w, stem, stems[i]))
			}
		}
	}
	want := deviations(t)
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("testdata/deviations.txt lacks %s", line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("testdata/deviations.txt has %s, which is no deviation", line)
		}
	}
}

// withoutElision is a word of a vocabulary without the article or pronoun that
// the latest stemmer of French takes off and that is a token of its own here.
func withoutElision(lang, word string) string {
	before, rest, found := strings.Cut(word, "'")
	if found && len(analysis.Elisions(lang, before)) > 1 {
		return rest
	}
	return word
}

// deviations are the lines "language word ours Snowball's".
func deviations(t *testing.T) []string {
	var words []string
	for _, line := range readLines(t, "testdata/deviations.txt") {
		if line != "" && !strings.HasPrefix(line, "#") {
			words = append(words, line)
		}
	}
	return words
}

func readLines(t *testing.T, file string) []string {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var lines []string
	for s := bufio.NewScanner(f); s.Scan(); {
		lines = append(lines, s.Text())
	}
	return lines
}

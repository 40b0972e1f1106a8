package clean_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/unicode/norm"

	"demarche/index/clean"
	"demarche/index/corpus"
	"demarche/search"
)

var update = flag.Bool("update", false, "write what the code makes of the cases into testdata")

// TestGolden reads one case a file: "text" is the input, "clean" and "repairs"
// are what becomes of it. Characters that show nothing are written as in Go.
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
	text := unescape(t, string(ar.Files[0].Data))
	got := clean.Repair(text)
	sections := []txtar.File{
		ar.Files[0],
		{Name: "clean", Data: []byte(escape(got.Text))},
		{Name: "repairs", Data: []byte(counts(got.Repairs))},
	}
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

func counts(repairs []search.Repair) string {
	var b strings.Builder
	for _, r := range repairs {
		fmt.Fprintf(&b, "%s %d\n", r.Kind, r.Count)
	}
	return b.String()
}

var escaped = regexp.MustCompile(`\\u[0-9a-f]{4}|\\r|\\f|\\t`)

func unescape(t *testing.T, s string) string {
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		plain, err := strconv.Unquote(`"` + e + `"`)
		if err != nil {
			t.Fatal(err)
		}
		return plain
	})
}

// escape writes the characters that an editor would not show.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '\n' || r == utf8.RuneError || strconv.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
	}
	return b.String()
}

// The five statements have the damage that they have, and no other place of them
// is touched.
func TestCorpus(t *testing.T) {
	want := map[string][]search.Repair{
		"000_f5c39e19c9b9d51c.txt": nil,
		"001_eb08baf898ac2314.txt": {{Kind: "hard_wrap", Count: 4}, {Kind: "scrap", Count: 9}},
		"002_8e0e90c685f40201.txt": {{Kind: "mojibake", Count: 43}, {Kind: "hard_wrap", Count: 2}, {Kind: "scrap", Count: 9}},
		"003_bea057d45a5a7d6c.txt": {{Kind: "nbsp", Count: 37}, {Kind: "scrap", Count: 2}},
		"004_b15114058055317d.txt": nil,
	}
	for file, repairs := range want {
		data, err := corpus.Files.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got := clean.Repair(string(data))
		if diff := cmp.Diff(repairs, got.Repairs); diff != "" {
			t.Errorf("%s: repairs: -want +got\n%s", file, diff)
		}
		if repairs == nil && got.Text != string(data) {
			t.Errorf("%s: text without damage was changed", file)
		}
	}
}

// The damage of 002 is undone to the letter: damaging the result again, as the
// wrong decoding did, gives the file.
func TestInferredRepairsAreRight(t *testing.T) {
	data, err := corpus.Files.ReadFile("002_8e0e90c685f40201.txt")
	if err != nil {
		t.Fatal(err)
	}
	got := clean.Repair(string(data)).Text
	again := strings.NewReplacer("’", "â", "–", "â", "É", "Ã").Replace(got)
	flat := func(s string) string {
		return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \n|-", r) }), " ")
	}
	if diff := cmp.Diff(flat(string(data)), flat(again)); diff != "" {
		t.Errorf("-file +repaired and damaged again\n%s", diff)
	}
	if strings.ContainsAny(got, "âÃ") {
		t.Error("a damaged letter is left")
	}
}

func TestCleanTextStays(t *testing.T) {
	for _, text := range []string{
		"Grâce à la tâche, le château et la pâte, l'âge de São Paulo, SÃO PAULO, théâtre, bâtiment, âpre.",
		"« LIBERTÉ » et « CAFÉ… » d'ÉTÉ – l’État, ÀÉÈÊ, la CÔTÉ’ et l'Î»",
		"СССР… «Раздел В» – Р° и С–, ВЂ",
		"Łódź, Çeşme, Škoda, København, Œuvre, cœur, Åland",
		"Vietnamese cây, tây, mây and Romanian rămâs stay.",
		"1. One\n2. Two\n\nHeading\nText of a paragraph.",
	} {
		if got := clean.Repair(text); got.Text != text || got.Repairs != nil {
			t.Errorf("Repair(%q) = %q, %v: want no change", text, got.Text, got.Repairs)
		}
	}
}

func TestOrigin(t *testing.T) {
	text := "The ﬁrst\u00a0cyber\u00ad\nspace of Russia\u0092s neigh-\nbours, in\r\nall."
	got := clean.Repair(text)
	for _, word := range []string{"first", "cyberspace", "Russia’s", "neighbours", "all"} {
		at := strings.Index(got.Text, word)
		if at < 0 {
			t.Fatalf("%q is not in %q", word, got.Text)
		}
		origin := got.Origin(search.Span{Start: at, End: at + len(word)})
		want := map[string]string{
			"first": "ﬁrst", "cyberspace": "cyber\u00ad\nspace", "Russia’s": "Russia\u0092s",
			"neighbours": "neigh-\nbours", "all": "all",
		}[word]
		if s := text[origin.Start:origin.End]; s != want {
			t.Errorf("origin of %q is %q, want %q", word, s, want)
		}
	}
}

// longestFuzzed is the most that a text made up may have, in bytes: a little more
// than the longest seed. A fuzzer that is let makes megabytes, of which one costs
// as much as thousands of others.
const longestFuzzed = 4096

// FuzzRepair holds for any text: what comes of it is valid, in one form and not
// repaired again, and each character has a place in the text that it comes from.
func FuzzRepair(f *testing.F) {
	files, err := corpus.Files.ReadDir(".")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := corpus.Files.ReadFile(file.Name())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data[:min(len(data), 4000)]))
	}
	for _, s := range []string{
		"", "\n", "a-\nb", "\u00ad\n", "e\u0301\u0300", "|\n---|", "Russiaâs", "lâ\u0080\u0099OTAN", "ﬃ\u00a0ﬃ",
		"РџСЂРёР·", "Ïðèçûâ ïðèçûâ", "one two three\nfour five six\nseven eight nine\nten", "\r\r\n\f\u2028", "- 3 -\n\nlower",
		"â€", "Ã Ã Ã", "\ufeff\u200b", "\ufffd\ufffds",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > longestFuzzed {
			return
		}
		text = strings.ToValidUTF8(text, "?")
		got := clean.Repair(text)
		if !utf8.ValidString(got.Text) || !norm.NFC.IsNormalString(got.Text) {
			t.Fatalf("not valid UTF-8 in NFC: %q", got.Text)
		}
		if again := clean.Repair(got.Text); again.Text != got.Text || len(again.Repairs) > 0 {
			t.Fatalf("not idempotent:\n%q\n%q\n%q", text, got.Text, again.Text)
		}
		checkOrigins(t, text, got)
	})
}

// checkOrigins checks that spans lie in the text and keep their order.
func checkOrigins(t *testing.T, text string, got clean.Text) {
	last := search.Span{}
	for i, r := range got.Text {
		s := got.Origin(search.Span{Start: i, End: i + utf8.RuneLen(r)})
		if s.Start < 0 || s.End > len(text) || s.Start > s.End {
			t.Fatalf("origin %v of character %d lies outside of the text", s, i)
		}
		if s.Start < last.Start || s.End < last.End {
			t.Fatalf("origin %v of character %d stands before %v", s, i, last)
		}
		if !utf8.ValidString(text[s.Start:s.End]) {
			t.Fatalf("origin %v of character %d cuts a character", s, i)
		}
		last = s
	}
	whole := got.Origin(search.Span{Start: 0, End: len(got.Text)})
	if whole.End > len(text) {
		t.Fatalf("the origin of all is %v of %d bytes", whole, len(text))
	}
}

func BenchmarkRepair(b *testing.B) {
	data, err := corpus.Files.ReadFile("002_8e0e90c685f40201.txt")
	if err != nil {
		b.Fatal(err)
	}
	text := string(data)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		clean.Repair(text)
	}
}

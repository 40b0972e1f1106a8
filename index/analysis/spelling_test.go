package analysis_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index/analysis"
)

// sameSpelling reports whether b is found as another spelling, or an inflection of
// it, of a.
func sameSpelling(lang, a, b string) bool {
	stems := analysis.Tokens(lang, b)[0].Stems
	return slices.ContainsFunc(analysis.Tokens(lang, a)[0].Stems, func(s string) bool {
		other, ok := analysis.OtherStem(lang, s)
		return ok && slices.Contains(stems, other)
	})
}

// TestSpellings reads pairs of words: those behind "=" are spellings of each
// other, those behind "!" are not.
func TestSpellings(t *testing.T) {
	for _, line := range readLines(t, "testdata/spellings.txt") {
		words := strings.Fields(line)
		if len(words) != 4 || strings.HasPrefix(line, "#") {
			continue
		}
		lang, want, a, b := words[0], words[2] == "=", words[1], words[3]
		for _, pair := range [][2]string{{a, b}, {b, a}} {
			if got := sameSpelling(lang, pair[0], pair[1]); got != want {
				t.Errorf("%s: %s and %s are one word in two spellings: %v", lang, pair[0], pair[1], got)
			}
		}
		if sameSpelling(lang, a, a) {
			t.Errorf("%s: %s is another spelling of itself", lang, a)
		}
	}
}

// TestSpellingsOfVocabulary lists the words of Snowball's vocabularies that
// classes bring together and holds them to the list that was read through: a new
// line is a pair to judge.
func TestSpellingsOfVocabulary(t *testing.T) {
	const vocabularies = "../../../shared/snowball"
	if _, err := os.Stat(vocabularies); err != nil {
		t.Skipf("Snowball's vocabularies are absent (%v): put the folder shared beside the project", err)
	}
	var got []string
	for lang, name := range map[string]string{"en": "english", "fr": "french", "ru": "russian"} {
		byStem := map[string][]string{}
		for _, w := range readLines(t, filepath.Join(vocabularies, name, "voc.txt")) {
			for _, token := range analysis.Tokens(lang, w) {
				for _, s := range token.Stems {
					byStem[s] = append(byStem[s], w)
				}
			}
		}
		for s, words := range byStem {
			others := byStem[s+"~"]
			if len(others) == 0 {
				continue
			}
			got = append(got, lang+": "+strings.Join(words, " ")+" = "+strings.Join(others, " "))
			if other, ok := analysis.OtherStem(lang, s); !ok || other != s+"~" {
				t.Errorf("%s: the words %q are not looked for under %s", lang, others, s)
			}
		}
	}
	slices.Sort(got)
	const list = "testdata/merged.txt"
	if *update {
		if err := os.WriteFile(list, []byte(strings.Join(got, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(readLines(t, list), got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

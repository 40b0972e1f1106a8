package annotate

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"demarche/index/gazetteer"
	"demarche/search"
)

// TestEachClassIsAskedFor keeps words and parts from staying when the last pattern
// that asked for them is gone, and a word from standing twice in one class.
func TestEachClassIsAskedFor(t *testing.T) {
	for _, lang := range search.Languages {
		t.Run(lang, func(t *testing.T) {
			asked, parts := askedFor(t, lang)
			for _, part := range parts {
				if !asked[part] {
					t.Errorf("data/parts.txt: no pattern of %s asks for %s", lang, part)
				}
			}
			asked["IDIOM"] = true // hides the words in its phrases
			seen := map[[2]string]bool{}
			for _, row := range wordRows(t, lang) {
				if !asked[row[0]] {
					t.Errorf("data/words.%s.csv: no pattern asks for the class %s", lang, row[0])
				}
				for word := range strings.SplitSeq(row[1], ";") {
					in := [2]string{row[0], strings.TrimSpace(word)}
					if seen[in] {
						t.Errorf("data/words.%s.csv: %q stands twice in %s", lang, in[1], in[0])
					}
					seen[in] = true
				}
			}
		})
	}
}

// askedFor has the names of classes and parts in patterns and in the program itself,
// and the names of parts.
func askedFor(t *testing.T, lang string) (asked map[string]bool, parts []string) {
	t.Helper()
	asked = map[string]bool{}
	for name := range new(classes).names() {
		asked[name] = true
	}
	add := func(pattern string) {
		for _, name := range regexp.MustCompile(`[A-Z]+`).FindAllString(pattern, -1) {
			asked[name] = true
		}
	}
	for _, line := range mustRead(t, "data/parts.txt") {
		if part, pattern, _ := strings.Cut(line.text, "="); line.key == lang {
			parts = append(parts, strings.TrimSpace(part))
			add(pattern)
		}
	}
	for _, rule := range mustRead(t, "data/rules.txt") {
		for _, line := range mustRead(t, "data/rules/"+rule.key+".txt") {
			if line.key == lang {
				add(line.text)
			}
		}
	}
	return asked, parts
}

func mustRead(t *testing.T, name string) []line {
	t.Helper()
	lines, err := readLines(data, name)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// wordRows are the rows of words and their classes, without the header.
func wordRows(t *testing.T, lang string) [][]string {
	t.Helper()
	f, err := data.Open("data/words." + lang + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := gazetteer.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Delete(rows, 0, 1)
}

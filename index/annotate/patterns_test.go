package annotate

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"demarche/index/gazetteer"
	"demarche/search"
)

// TestEachPatternHasACase keeps patterns from piling up that nothing shows to work:
// each must match in some text of testdata, as it stands or bare. It looks inside, since
// from outside two patterns that find the same cannot be told apart.
func TestEachPatternHasACase(t *testing.T) {
	g, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := New(g)
	for _, lang := range search.Languages {
		t.Run(lang, func(t *testing.T) {
			l := a.languages[lang]
			matched := make([]bool, len(l.patterns))
			for _, text := range textsOf(t, lang) {
				l.markMatched(&a.read(nil, lang, []string{text})[0], matched)
			}
			first := 0
			for _, r := range l.rules {
				for n := first; n < r.end; n++ {
					if !matched[n] {
						at := patternLines(t, r.name, lang)[n-first]
						t.Errorf("data/rules/%s.txt, line %d: matches no text of testdata: add a case, or delete it: %s %s", r.name, at.number, lang, at.text)
					}
				}
				first = r.end
			}
		})
	}
}

// patternLines are the lines of a rule's file that hold the patterns of a language.
func patternLines(t *testing.T, rule, lang string) []line {
	lines, err := readLines(data, "data/rules/"+rule+".txt")
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(lines, func(l line) bool { return l.key != lang })
}

// markMatched marks the numbers of the patterns that match in a passage.
func (l *language) markMatched(p *passage, matched []bool) {
	for _, s := range l.sentencesOf(p, true) {
		for _, s := range []*sentence{s, l.bare(p, s)} {
			if s == nil {
				continue
			}
			text := l.grammar.Read(s.masks, s.present)
			for n, pattern := range l.patterns {
				matched[n] = matched[n] || len(pattern.In(text)) > 0
			}
			text.Done()
		}
	}
}

// textsOf are the texts of a language in testdata: those of rules, of notes, and the
// sentences that are not kept aside, with what stands before them.
func textsOf(t *testing.T, lang string) []string {
	texts := slices.Concat(ruleTexts(t, lang), noteTexts(t, lang), sentenceTexts(t, lang))
	if len(texts) < 100 {
		t.Fatalf("only %d texts of %s in testdata", len(texts), lang)
	}
	return texts
}

func ruleTexts(t *testing.T, lang string) (texts []string) {
	for _, archive := range archives(t, "testdata/rules/*.txtar") {
		for _, f := range archive.Files {
			if f.Name == lang {
				texts = slices.AppendSeq(texts, strings.Lines(string(f.Data)))
			}
		}
	}
	return texts
}

func noteTexts(t *testing.T, lang string) (texts []string) {
	for _, archive := range archives(t, "testdata/notes/*.txtar") {
		if _, of, _ := strings.Cut(string(archive.Comment), "lang: "); strings.TrimSpace(of) != lang {
			continue
		}
		for line := range strings.Lines(string(archive.Files[0].Data)) {
			_, text, _ := strings.Cut(line, ": ")
			texts = append(texts, text)
		}
	}
	return texts
}

func archives(t *testing.T, glob string) (archives []*txtar.Archive) {
	files, err := filepath.Glob(glob)
	if err != nil || len(files) == 0 {
		t.Fatalf("no file %s: %v", glob, err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		archives = append(archives, archive)
	}
	return archives
}

func sentenceTexts(t *testing.T, lang string) (texts []string) {
	files, err := filepath.Glob("testdata/sentences/*." + lang + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasPrefix(filepath.Base(file), "held.") {
			continue
		}
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for scanner := bufio.NewScanner(f); scanner.Scan(); {
			var line struct{ Before, Text string }
			if err := json.Unmarshal(scanner.Bytes(), &line); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			texts = append(texts, line.Before, line.Text)
		}
	}
	return texts
}

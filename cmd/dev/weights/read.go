package weights

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"demarche/index/annotate"
	"demarche/index/annotate/labelled"
	"demarche/index/annotate/weighing"
	"demarche/index/segment"
	"demarche/search"
)

// deeds is how many deeds there are at least for a composed sentence to be taken with one of.
const deeds = 10

// folds are how many parts real texts are in.
const folds = 5

// example is a name in a sentence, and where it stands.
type example struct {
	weighing.Example
	// fold is the file of statements that it is from, or a part of the real texts: what is
	// learned without it is tried on it. It is "" for what is only learned from.
	fold     string
	found    bool // patterns hold the state responsible, by this name or not
	clear    bool // patterns say that nobody holds it responsible
	sentence string
}

// made are the examples of the made-up statements and sentences of a language.
func made(a *annotate.Annotator, testdata, lang string) ([]example, error) {
	files := os.DirFS(testdata)
	statements, err := labelled.Statements(files, lang)
	if err != nil {
		return nil, err
	}
	var out []example
	for _, s := range statements {
		out = append(out, of(a, s, s.File)...)
	}
	for _, part := range []string{"dev", "more"} {
		sentences, err := labelled.Sentences(files, part, lang)
		if err != nil {
			return nil, err
		}
		for _, s := range sentences {
			out = append(out, of(a, s.Statement(part, lang), "")...)
		}
	}
	cases, err := labelled.Cases(files, lang)
	if err != nil {
		return nil, err
	}
	for _, s := range cases {
		if len(s.Paragraphs[0].Attributions) == 0 { // patterns know the others
			out = append(out, of(a, s, "")...)
		}
	}
	sentences, err := composed(a, files, lang)
	return append(out, sentences...), err
}

// composed are examples of the sentences composed of parts: of each frame and name, or of one
// pair of them in a few, one with one deed after the other.
func composed(a *annotate.Annotator, testdata fs.FS, lang string) ([]example, error) {
	c, err := labelled.ReadCompositions(testdata, lang)
	if err != nil {
		return nil, err
	}
	var out []example
	take := func(sentences iter.Seq[labelled.Composed], sparse int, stance ...search.Stance) {
		seen := map[string]int{}
		for one := range sentences {
			pair := one.Frame + one.Who
			if seen[pair]++; len(seen)%sparse != 0 || seen[pair] != 1+len(seen)%deeds {
				continue
			}
			s := labelled.Statement{File: "compositions", Lang: lang, ID: one.Text, Speaker: []string{"NO"}}
			s.Paragraphs = []labelled.Paragraph{{Text: c.Before}, {Text: one.Text}}
			for _, own := range stance {
				s.Paragraphs[1].Attributions = []labelled.Attribution{{State: one.State, Stance: own}}
			}
			out = append(out, of(a, s, "")...)
		}
	}
	take(c.Blaming(), 4, search.StanceOwn) // patterns know them: few are enough
	take(c.Sparing(), 1)
	return out, nil
}

// of are the examples of a statement. Names of who speaks, and those of which labels are not
// sure, are none.
func of(a *annotate.Annotator, s labelled.Statement, fold string) []example {
	var out []example
	for _, c := range a.Candidates(segment.Document{Versions: []segment.Version{s.Version()}}) {
		p := s.Paragraphs[c.Paragraph]
		if slices.Contains(p.Unsure, c.State) || slices.Contains(s.Speaker, c.State) {
			continue
		}
		e := example{fold: fold, found: c.Found, clear: c.Clear, sentence: c.Sentence}
		e.Bag = fmt.Sprintf("%s %s %d %s", s.File, s.ID, c.Paragraph, c.State)
		e.Held = slices.ContainsFunc(p.Attributions, func(l labelled.Attribution) bool {
			return l.State == c.State && l.Stance != search.StanceDenied
		})
		e.Sure, e.Features = c.Held, c.Features
		out = append(out, e)
	}
	return out
}

// large are the names in real texts of a language that patterns hold nobody responsible
// for: hardly any is held. Each text is in one of a few folds.
func large(a *annotate.Annotator, folder, lang string) ([]example, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*_"+lang+".jsonl.gz"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no real texts (*_%s.jsonl.gz) in %s: name their folder with --large", lang, folder)
	}
	var out []example
	for _, file := range files {
		number := 0
		err := texts(file, func(s labelled.Statement) {
			s.Lang = lang
			for _, e := range of(a, s, fmt.Sprintf("real %d", number%folds)) {
				if !e.found {
					out = append(out, e)
				}
			}
			number++
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return out, nil
}

// texts calls use for each text of a file.
func texts(file string, use func(labelled.Statement)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	in, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	for lines := json.NewDecoder(in); ; {
		var text struct{ ID, Title, Text string }
		if err := lines.Decode(&text); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		s := labelled.Statement{File: filepath.Base(file), ID: text.ID, Title: text.Title}
		for p := range strings.SplitSeq(text.Text, "\n\n") {
			s.Paragraphs = append(s.Paragraphs, labelled.Paragraph{Text: p})
		}
		use(s)
	}
}

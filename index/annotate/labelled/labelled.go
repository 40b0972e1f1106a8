// Package labelled reads the made-up statements and sentences of index/annotate/testdata, which
// say what should be found in them: rules are tested by them and weights learned from them.
package labelled

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"demarche/index/segment"
	"demarche/search"
)

// Statement is a text and what should be found in its paragraphs.
type Statement struct {
	// File is what the name of its file begins with: "assemblies.ru.jsonl" is of assemblies.
	File string `json:"-"`
	Lang string `json:"-"`
	ID   string `json:"id"`
	// Speaker are those who issue it: ISO codes or slugs of bodies.
	Speaker    []string    `json:"speaker"`
	Title      string      `json:"title"`
	Paragraphs []Paragraph `json:"paragraphs"`
}

// Paragraph is a paragraph and what should be found in it.
type Paragraph struct {
	Text         string        `json:"text"`
	Attributions []Attribution `json:"attributions,omitempty"`
	// Unsure are states of which a careful reader would not decide.
	Unsure []string `json:"unsure,omitempty"`
}

// Attribution is a state that a paragraph holds responsible, or, where Stance is denied, that
// rejects being so.
type Attribution struct {
	State  string        `json:"state"`
	By     []string      `json:"by,omitempty"`
	Groups []string      `json:"groups,omitempty"`
	Stance search.Stance `json:"stance"`
}

// Sentence is a line of testdata/sentences, as the README.md there has it.
type Sentence struct {
	ID      string   `json:"id"`
	Speaker []string `json:"speaker"`
	Before  string   `json:"before"`
	Text    string   `json:"text"`
	// Attributions are those of Text.
	Attributions []Attribution `json:"attributions"`
	Mentions     []string      `json:"mentions"`
	Note         string        `json:"note"`
}

// Statement is the sentence as a statement of one paragraph or two.
func (s Sentence) Statement(part, lang string) Statement {
	out := Statement{File: part, Lang: lang, ID: s.ID, Speaker: s.Speaker}
	if s.Before != "" {
		out.Paragraphs = append(out.Paragraphs, Paragraph{Text: s.Before})
	}
	out.Paragraphs = append(out.Paragraphs, Paragraph{Text: s.Text, Attributions: s.Attributions})
	return out
}

// Version is the statement as it is annotated.
func (s Statement) Version() segment.Version {
	v := segment.Version{Lang: s.Lang, Title: s.Title}
	for i, p := range s.Paragraphs {
		v.Paragraphs = append(v.Paragraphs, search.Paragraph{Position: i + 1, Text: p.Text})
	}
	return v
}

// Statements reads all statements of a language from the folder testdata.
func Statements(testdata fs.FS, lang string) ([]Statement, error) {
	files, err := fs.Glob(testdata, "statements/*."+lang+".jsonl")
	if err != nil {
		return nil, err
	}
	var out []Statement
	for _, name := range files {
		of, err := lines[Statement](testdata, name)
		if err != nil {
			return nil, err
		}
		file, _, _ := strings.Cut(path.Base(name), ".")
		for _, s := range of {
			s.File, s.Lang = file, lang
			out = append(out, s)
		}
	}
	return out, nil
}

// Sentences reads a part of the sentences of a language, such as "dev", from the folder testdata.
func Sentences(testdata fs.FS, part, lang string) ([]Sentence, error) {
	return lines[Sentence](testdata, "sentences/"+part+"."+lang+".jsonl")
}

// lines reads a file of a value a line.
func lines[T any](from fs.FS, name string) ([]T, error) {
	const longest = 1 << 20
	f, err := from.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []T
	in := bufio.NewScanner(f)
	in.Buffer(nil, longest)
	for in.Scan() {
		var one T
		if err := json.Unmarshal(in.Bytes(), &one); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", name, len(out)+1, err)
		}
		out = append(out, one)
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

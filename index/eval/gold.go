package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"demarche/search"
)

// The files of a gold folder. sources.jsonl may be absent: no publisher is
// known then.
const (
	labelsName  = "labels.jsonl"
	sourcesName = "sources.jsonl"
)

// ErrNoGold says that a folder is no labelled set.
var ErrNoGold = errors.New("no labelled statements")

// Gold is a labelled set.
type Gold struct {
	Records []Record
	// Problems are the lines that could not be used.
	Problems []Problem
}

// Problem is a line that could not be used, and why, in words for a reader.
type Problem struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

func (p Problem) String() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Reason) }

// Record is what was said of one file.
type Record struct {
	ID string `json:"id"`
	// File is relative to the gold folder.
	File string `json:"file"`
	// Publisher is "" where sources.jsonl names none.
	Publisher string `json:"-"`
	// Line is that of labels.jsonl, from 1.
	Line      int      `json:"-"`
	Issuers   []string `json:"issuers"`
	Languages []string `json:"languages"`
	// Date is "" where it is not known. InText says that it stands in the file.
	Date   search.Date `json:"date"`
	InText bool        `json:"date_in_text"`
	// Blocks is how many there are; Noise are those that are no paragraphs.
	Blocks int `json:"blocks"`
	// Body is how many of them are paragraphs; nil where a block holds several.
	Body         *int    `json:"body_paragraphs"`
	Noise        []int   `json:"headings_or_noise_blocks"`
	Attributions []Label `json:"attributions"`
	// Negatives are labels only of where blocks begin.
	Negatives []Label `json:"negatives"`
	Ambiguous []Label `json:"ambiguous"`
	// Headings are noise that attributes: states by the number of the block.
	Headings map[int][]string `json:"heading_blocks_that_attribute"`
}

// Label is what was said of one block.
type Label struct {
	// Block counts from 0.
	Block   int      `json:"block"`
	Start   string   `json:"paragraph_start"`
	States  []string `json:"attributed_states"`
	Parties []string `json:"attributing_parties"`
	Stance  string   `json:"speaker_stance"`
}

// The stances of labels.
const (
	asserts = "asserts"
	reports = "reports"
	rejects = "rejects"
)

// Read reads the labels of a gold folder. Lines that cannot be used are
// problems of the set; the error is [ErrNoGold], wrapped, when there is none.
func Read(folder fs.FS) (Gold, error) {
	var g Gold
	labels, err := fs.ReadFile(folder, labelsName)
	if err != nil {
		return g, fmt.Errorf("%w: it has no %s", ErrNoGold, labelsName)
	}
	publishers, seen := g.publishers(folder), map[string]bool{}
	g.lines(labelsName, labels, func(line int, data string) error {
		r := Record{Line: line}
		if err := decode(data, &r); err != nil {
			return err
		}
		if err := r.check(); err != nil {
			return err
		}
		if seen[r.File] {
			return fmt.Errorf("%s is labelled above: write one line a file", r.File)
		}
		seen[r.File] = true
		r.Publisher = publishers[r.File]
		g.Records = append(g.Records, r)
		return nil
	})
	switch {
	case len(g.Records) > 0:
		return g, nil
	case len(g.Problems) > 0:
		return g, fmt.Errorf("%w: %v", ErrNoGold, g.Problems[0])
	}
	return g, fmt.Errorf("%w: %s is empty", ErrNoGold, labelsName)
}

// publishers are those that sources.jsonl names, by file.
func (g *Gold) publishers(folder fs.FS) map[string]string {
	byFile := map[string]string{}
	data, err := fs.ReadFile(folder, sourcesName)
	if err != nil {
		return byFile
	}
	g.lines(sourcesName, data, func(_ int, line string) error {
		var source struct {
			File      string `json:"file"`
			Publisher string `json:"publisher"`
		}
		err := decode(line, &source)
		byFile[source.File] = source.Publisher
		return err
	})
	return byFile
}

// lines calls use for each line that is not empty, and takes its errors for
// problems.
func (g *Gold) lines(name string, data []byte, use func(line int, text string) error) {
	number := 0
	for text := range strings.Lines(string(data)) {
		number++
		if strings.TrimSpace(text) == "" {
			continue
		}
		if err := use(number, text); err != nil {
			g.Problems = append(g.Problems, Problem{name, number, err.Error()})
		}
	}
}

// decode reads one line of JSON. The error is for readers.
func decode(line string, to any) error {
	err := json.Unmarshal([]byte(line), to)
	kind := new(json.UnmarshalTypeError)
	syntax := new(json.SyntaxError)
	switch {
	case errors.As(err, &kind) && kind.Field == "":
		return fmt.Errorf("a line of labels is one JSON object, not of the kind %q", kind.Value)
	case errors.As(err, &kind):
		return fmt.Errorf("%q cannot be of the kind %q", kind.Field, kind.Value)
	case errors.As(err, &syntax):
		return fmt.Errorf("it is not JSON from character %d on: %v", syntax.Offset, syntax)
	}
	return err
}

// check says what is wrong with a record that is good JSON.
func (r *Record) check() error {
	if r.File == "" {
		return errors.New(`"file" is missing: name the file that is labelled`)
	}
	if r.Date != "" || r.InText {
		if _, err := search.ParseDate(string(r.Date)); err != nil {
			return fmt.Errorf("\"date\": %w", err)
		}
	}
	if r.Blocks < 0 {
		return fmt.Errorf(`"blocks" is %d: write how many blocks the file has, or leave it out`, r.Blocks)
	}
	for _, block := range r.Noise {
		if !r.has(block) {
			return fmt.Errorf(`"headings_or_noise_blocks": there is no block %d, they count from 0 to %d`, block, r.Blocks-1)
		}
	}
	for i, l := range r.Attributions {
		if len(l.States) == 0 {
			return fmt.Errorf(`"attributions", entry %d: "attributed_states" is empty`, i+1)
		}
		if at := slices.IndexFunc(l.States, func(s string) bool { return !code.MatchString(s) }); at >= 0 {
			return fmt.Errorf(`"attributions", entry %d: %q is no state: write its ISO 3166 code of two letters, as in ["RU"]`, i+1, l.States[at])
		}
		if !r.has(l.Block) {
			return fmt.Errorf(`"attributions", entry %d: there is no block %d, they count from 0 to %d`, i+1, l.Block, r.Blocks-1)
		}
		if !slices.Contains([]string{asserts, reports, rejects}, l.Stance) {
			return fmt.Errorf(`"attributions", entry %d: "speaker_stance" is %q: write %s, %s or %s`, i+1, l.Stance, asserts, reports, rejects)
		}
	}
	return nil
}

// has tells whether a file has a block, as far as its labels say how many it has.
func (r *Record) has(block int) bool { return block >= 0 && (r.Blocks == 0 || block < r.Blocks) }

// code is that of a state.
var code = regexp.MustCompile(`^[A-Z]{2}$`)

package eval

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"demarche/search"
)

// Reading is what the program made of the file of a record.
type Reading struct {
	// Refused says why nothing was made of it; "" when something was.
	Refused string
	// Text is the decoded text after its front matter, unrepaired, and Offset the
	// number of bytes of the decoded text before it.
	Text   string
	Offset int
	// Statements are mostly one.
	Statements []search.Statement
}

// Report is what came out.
type Report struct {
	// Scored is how many records were.
	Scored int
	// Refused are the records that were not, by their lines.
	Refused []Problem
	// Marked are the files of which tags were read as text.
	Marked []string
	// Unplaced are the files that are not scored for paragraphs, since no way to
	// cut them gives the blocks that are labelled.
	Unplaced []string
	// Ambiguous is how many labels ask for nothing.
	Ambiguous int
	Scores    []Score
	Findings  []Finding
}

// Compare compares readings, which are parallel to the records of g. lookup gives
// the ID of a state or body by its code or one of its names.
func Compare(g Gold, readings []Reading, lookup func(name string) (id string, ok bool)) Report {
	r := Report{}
	l := &ledger{counts: map[Scope]Counts{}}
	for i, record := range g.Records {
		if readings[i].Refused != "" {
			r.Refused = append(r.Refused, Problem{labelsName, record.Line, record.File + ": " + readings[i].Refused})
			continue
		}
		if state := unknown(record, lookup); state != "" {
			r.Refused = append(r.Refused, Problem{labelsName, record.Line, fmt.Sprintf("%s: %q is the code of no state", record.File, state)})
			continue
		}
		c := newComparison(record, readings[i], lookup, l)
		c.paragraphBounds()
		c.attributions()
		c.dates()
		c.actors()
		r.note(c)
	}
	r.Scores, r.Findings = l.scores(), l.sorted()
	return r
}

// unknown is the first state of the labels that the program has never heard of and
// so could not find; "" where it knows all.
func unknown(record Record, lookup func(string) (string, bool)) string {
	for _, l := range record.Attributions {
		for _, state := range l.States {
			if _, ok := lookup(state); !ok {
				return state
			}
		}
	}
	return ""
}

// note takes what a comparison says beside its counts.
func (r *Report) note(c *comparison) {
	r.Scored++
	r.Ambiguous += len(c.record.Ambiguous)
	if !c.placed {
		r.Unplaced = append(r.Unplaced, c.record.File)
	}
	if slices.ContainsFunc(c.paragraphs, func(p paragraph) bool { return tags.MatchString(p.Text) }) {
		r.Marked = append(r.Marked, c.record.File)
	}
}

// tags are those of pages; Markdown has <u> and <br> as well.
var tags = regexp.MustCompile(`(?i)<(?:\?xml|!\[CDATA\[|!doctype|/?(?:html|body|div|span|p|content)\b)`)

// comparison is of one record.
type comparison struct {
	record     Record
	text       string
	view       view
	statements []search.Statement
	paragraphs []paragraph // in the order of the file
	units      []unit
	// placed says that the units are the blocks of the labels.
	placed bool
	lookup func(string) (string, bool)
	ledger *ledger
}

// paragraph is what the program took for one.
type paragraph struct {
	search.Paragraph
	lang string
	// at is where it stands in the view.
	at   stretch
	unit int
}

// unit is what a label is said of: a block, or where the blocks are not known or
// do not reach what the program took for a paragraph.
type unit struct {
	at stretch
	// text is that of a block; "" for what is none.
	text string
	// noise is a heading, a footer or no block.
	noise bool
	// several says that it holds more than one paragraph.
	several bool
}

func newComparison(r Record, read Reading, lookup func(string) (string, bool), l *ledger) *comparison {
	c := &comparison{record: r, text: read.Text, view: look(read.Text), statements: read.Statements, lookup: lookup, ledger: l}
	c.blocks()
	for _, s := range read.Statements {
		for _, v := range s.Versions {
			for _, p := range v.Paragraphs {
				span := search.Span{Start: p.Origin.Span.Start - read.Offset, End: p.Origin.Span.End - read.Offset}
				c.paragraphs = append(c.paragraphs, paragraph{Paragraph: p, lang: v.Lang, at: c.view.stretch(span)})
			}
		}
	}
	slices.SortStableFunc(c.paragraphs, func(a, b paragraph) int { return a.at.from - b.at.from })
	for i := range c.paragraphs {
		c.paragraphs[i].unit = c.place(c.paragraphs[i].at)
	}
	return c
}

func (c *comparison) blocks() {
	for i, span := range blocks(c.record, c.text) {
		c.placed = true
		c.units = append(c.units, unit{
			at:      c.view.stretch(span),
			text:    c.text[span.Start:span.End],
			noise:   slices.Contains(c.record.Noise, i),
			several: several(c.text[span.Start:span.End]) || c.record.Blocks == 1 && c.record.Body == nil,
		})
	}
}

// place is the unit of a stretch, which is a new one where there is none.
func (c *comparison) place(at stretch) int {
	if i := c.best(at); i >= 0 {
		return i
	}
	c.units = append(c.units, unit{at: at, noise: true})
	return len(c.units) - 1
}

// best is the unit that a stretch shares most with, or -1.
func (c *comparison) best(at stretch) int {
	best, most := -1, 0
	for i, u := range c.units {
		if n := u.at.overlap(at); n > most {
			best, most = i, n
		}
	}
	return best
}

// unitOf is where a label is said of, or -1: the program has no paragraph there.
func (c *comparison) unitOf(l Label) int {
	if c.placed {
		return l.Block
	}
	start := look(l.Start).letters
	at := strings.Index(c.view.letters, start)
	if at < 0 {
		return -1
	}
	return c.best(stretch{at, at + len(start)})
}

// langs are the languages that an outcome in a unit counts in.
func (c *comparison) langs(unit int) []string {
	if len(c.record.Languages) == 1 {
		return c.record.Languages
	}
	for _, p := range c.paragraphs {
		if p.unit == unit {
			return []string{p.lang}
		}
	}
	return c.record.Languages[:min(1, len(c.record.Languages))]
}

// addAt counts an outcome in a unit.
func (c *comparison) addAt(unit int, f Finding) {
	f.File = c.record.File
	c.ledger.add(f, c.record.Publisher, c.langs(unit)...)
}

package markup

import (
	"errors"
	"fmt"

	"demarche/index/edit"
)

// Page is what a page or document holds.
type Page struct {
	// Text has a line a paragraph, item or heading, apart by blank lines.
	Text string
	// Back leads from Text to the page.
	Back edit.Trail
	// Title, Date, URL and Kind are the fields of those meanings, as they are
	// written there; "" for none. Title is "" where the text has it as a heading of
	// the first level.
	Title, Date, URL, Kind string
	// Fields are the other fields made for programs, in their order.
	Fields []Field
}

// Field is a field without a meaning of its own for statements.
type Field struct{ Name, Value string }

// What a page may ask of the program. A resolution of 100 pages has some 20,000
// tags, twelve deep.
const (
	maxTags  = 300_000
	maxDepth = 200 // of XML; the parser of HTML has a bound of its own, 512
	// maxValue is the greatest size of a field in bytes; longer ones are cut.
	maxValue = 1 << 10
	// maxFields is how many other fields are kept.
	maxFields = 100
)

var (
	errTags = fmt.Errorf("it has more than %d tags, the limit for one page: split it", maxTags)
	errDeep = errors.New("its elements are nested too deep for a document: save its text alone")
)

// HTML reads a page, or a fragment of one. Broken markup is read as browsers
// read it. The error says in words for a reader why there is no text.
func HTML(text string) (Page, error) {
	s, err := tokenize(text)
	if err != nil {
		return Page{}, err
	}
	doc, err := parse(s.skeleton)
	if err != nil {
		return Page{}, err
	}
	g := gather(doc, s.runs)
	p := declared(doc, s)
	kept, titled := g.choose(p.Title, s.whole)
	if titled {
		p.Title = ""
	}
	var back edit.Offsets
	p.Text, back = edit.Apply(text, compose(text, s.runs, kept))
	p.Back = edit.Trail{back}
	return p, nil
}

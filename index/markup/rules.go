package markup

import (
	_ "embed"
	"iter"
	"slices"
	"strings"
	"sync"
)

var (
	//go:embed data/elements.txt
	elementData string
	//go:embed data/apart.txt
	apartData string
	//go:embed data/lines.txt
	lineData string
	//go:embed data/fields.txt
	fieldData string
	//go:embed data/names.txt
	nameData string
)

// ruleset is the data read.
type ruleset struct {
	block, inline, raw, void, attributes map[string]bool
	// apart is the selector of what is not part of the document that a page shows.
	apart string
	// lines are what buttons and menus say, in small letters.
	lines map[string]bool
	// fields are where a page says something of itself, the best place first.
	fields []fieldRule
	// names are the meanings of elements of XML, by the letters of their names.
	names map[string]string
}

// fieldRule finds a field.
type fieldRule struct {
	meaning   string // title, date, url, or the name of another field
	attribute string // that has the value; "text" for the text of the element
	selector  string
}

// rules are read once.
var rules = sync.OnceValue(func() *ruleset {
	r := &ruleset{lines: map[string]bool{}, names: map[string]string{}}
	sets := map[string]*map[string]bool{
		"block": &r.block, "inline": &r.inline, "raw": &r.raw, "void": &r.void, "attributes": &r.attributes,
	}
	for line := range dataLines(elementData) {
		kind, words, _ := strings.Cut(line, " ")
		set := sets[kind]
		if *set == nil {
			*set = map[string]bool{}
		}
		for w := range strings.FieldsSeq(words) {
			(*set)[w] = true
		}
	}
	r.apart = strings.Join(slices.Collect(dataLines(apartData)), ", ")
	for line := range dataLines(lineData) {
		r.lines[line] = true
	}
	for line := range dataLines(fieldData) {
		meaning, rest, _ := strings.Cut(line, " ")
		attribute, sel, _ := strings.Cut(rest, " ")
		r.fields = append(r.fields, fieldRule{meaning, attribute, sel})
	}
	for line := range dataLines(nameData) {
		meaning, words, _ := strings.Cut(line, " ")
		for w := range strings.FieldsSeq(words) {
			r.names[letters(w)] = meaning
		}
	}
	return r
})

// dataLines are the lines of a data file that are no remarks.
func dataLines(data string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(data) {
			line = strings.TrimSpace(line)
			if line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

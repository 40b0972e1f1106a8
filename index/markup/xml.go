package markup

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"demarche/index/edit"
)

// XML reads a document of XML of any kind. What its elements are for is known by
// their names where these say it, and else by their text: what is short and no
// sentence is a field, the rest is text. An element that has both text and
// elements within is a paragraph. Text that is itself markup, in CDATA or with
// its signs escaped, is read as a page. The error says in words for a reader why
// there is no text.
//
// Entities that a document declares are not expanded.
func XML(text string) (Page, error) {
	r := reader{text: text}
	if err := r.read(); err != nil {
		return Page{}, err
	}
	fragment, back := edit.Apply(text, append(r.edits, edit.At(r.done, len(text), "")))
	p, err := HTML(fragment)
	if err != nil {
		return Page{}, err
	}
	p.Back = append(edit.Trail{back}, p.Back...)
	p.Title, p.Date, p.URL, p.Kind = r.page.Title, cmp.Or(r.page.Date, p.Date, r.date), cmp.Or(r.page.URL, p.URL), r.page.Kind
	p.Fields = append(r.page.Fields, p.Fields...)
	return p, nil
}

// reader turns XML to HTML, by edits.
type reader struct {
	text  string
	page  Page   // its fields alone
	date  string // an attribute; it counts where no element has the date
	edits []edit.Edit
	done  int
	open  []string // names of the elements that are open, in small letters
	// block is what is gathered of the outermost element with text of its own;
	// empty when none is open.
	block []chunk
	depth int // of that element
}

// chunk is a piece of text between tags.
type chunk struct {
	start, end int    // in the file, with the marks of CDATA
	text       string // entities read
}

var errEntities = errors.New("it declares entities of its own (<!ENTITY), which are not expanded: save it without them")

func (r *reader) read() error {
	d := xml.NewDecoder(strings.NewReader(r.text))
	d.Strict = false
	d.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	tags := 0
	for {
		start := int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) && len(r.open) == 0 {
			return nil
		}
		if err != nil {
			line, _ := d.InputPos()
			return fmt.Errorf("it is XML that breaks off or is not well-formed at line %d: fetch it again", line)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if tags++; tags > maxTags {
				return errTags
			}
			if len(r.open) >= maxDepth {
				return errDeep
			}
			r.open = append(r.open, strings.ToLower(t.Name.Local))
			r.attributes(t.Attr)
		case xml.EndElement:
			r.close()
		case xml.CharData:
			r.chars(chunk{start, int(d.InputOffset()), string(t)})
		case xml.Directive:
			if strings.Contains(string(t), "<!ENTITY") {
				return errEntities
			}
		}
	}
}

// attributes takes in the date that the document or a part of it has as an attribute.
func (r *reader) attributes(attrs []xml.Attr) {
	const head = 2 // elements deep: below, dates are of what the text speaks of
	for _, a := range attrs {
		if len(r.open) <= head && rules().names[letters(a.Name.Local)] == "date" && r.date == "" {
			r.date = a.Value[:min(len(a.Value), maxValue)]
		}
	}
}

// chars takes in text.
func (r *reader) chars(c chunk) {
	if len(r.block) == 0 {
		if strings.TrimSpace(c.text) == "" || len(r.open) == 0 {
			return
		}
		r.depth = len(r.open)
	}
	r.block = append(r.block, c)
}

// close closes the innermost element.
func (r *reader) close() {
	if len(r.block) > 0 && len(r.open) <= r.depth {
		r.end()
	}
	r.open = r.open[:max(0, len(r.open)-1)]
}

// end decides what the block is that is open.
func (r *reader) end() {
	if len(r.block) == 0 {
		return
	}
	value := r.value()
	name, meaning := r.name()
	switch {
	case meaning == "title" && r.page.Title == "":
		r.page.Title = value
	case meaning == "date":
		r.page.Date = cmp.Or(r.page.Date, value)
	case meaning == "url":
		r.page.URL = cmp.Or(r.page.URL, value)
	case meaning == "kind":
		r.page.Kind = cmp.Or(r.page.Kind, value)
	case meaning == "title" || meaning == "heading":
		r.write("<h2>", "</h2>")
	case meaning == "item":
		r.write("<li>", "</li>")
	case isField(value):
		if len(r.page.Fields) < maxFields {
			r.page.Fields = append(r.page.Fields, Field{name, value})
		}
	case strings.Contains(value, "\n\n") || strings.Count(value, "\n") > 2:
		r.write("<pre>", "</pre>")
	default:
		r.write("<p>", "</p>")
	}
	r.block = nil
}

// name is the name of the element of the block, and its meaning or that of the
// nearest around it that has one.
func (r *reader) name() (name, meaning string) {
	open := r.open[:min(r.depth, len(r.open))]
	if len(open) == 0 {
		return "", ""
	}
	for _, n := range slices.Backward(open[max(0, len(open)-2):]) {
		if meaning = rules().names[letters(n)]; meaning != "" {
			break
		}
	}
	return open[len(open)-1], meaning
}

// value is the text of the block, cut to the size of a field.
func (r *reader) value() string {
	var b strings.Builder
	for _, c := range r.block {
		b.WriteString(c.text)
		if b.Len() > maxValue {
			break
		}
	}
	text := strings.TrimSpace(b.String())
	return strings.ToValidUTF8(text[:min(len(text), maxValue)], "")
}

// isField reports whether a text is a value and no sentence.
func isField(text string) bool {
	if strings.ContainsAny(text, "<\n") {
		return false
	}
	b := block{words: len(strings.Fields(text)), text: text}
	return b.words < 4 || b.words < 8 && !b.ended()
}

const (
	cdataOpen  = "<![CDATA["
	cdataClose = "]]>"
)

var (
	// asMarkup is how markup begins that is the text of an element.
	asMarkup = regexp.MustCompile(`<(?:[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?|/[a-zA-Z][a-zA-Z0-9]*\s*|!--)>?`)
	sign     = regexp.MustCompile(`&[#0-9A-Za-z]+;`)
	special  = regexp.MustCompile(`[&<>]`)
)

// write keeps the block, as markup where it is that, else between two tags.
func (r *reader) write(before, after string) {
	if asMarkup.MatchString(r.textOf()) {
		before, after = "\n", "\n"
	}
	for _, c := range r.block {
		r.skipTo(c.start, before)
		before = ""
		r.chunk(c)
	}
	r.edits = append(r.edits, edit.At(r.done, r.done, after))
}

func (r *reader) textOf() string {
	var b strings.Builder
	for _, c := range r.block {
		b.WriteString(c.text)
	}
	return b.String()
}

// chunk keeps a piece of text, made HTML.
func (r *reader) chunk(c chunk) {
	raw := r.text[c.start:c.end]
	markup := asMarkup.MatchString(c.text)
	switch {
	case strings.HasPrefix(raw, cdataOpen):
		start, end := c.start+len(cdataOpen), c.end-len(cdataClose)
		r.skipTo(start, "")
		if !markup {
			r.replace(start, end, special, escape)
		}
		r.done = end
		r.skipTo(c.end, "")
	case markup:
		r.replace(c.start, c.end, sign, unescape)
		r.done = c.end
	default:
		r.done = c.end
	}
}

func escape(sign string) string {
	return map[string]string{"&": "&amp;", "<": "&lt;", ">": "&gt;"}[sign]
}

// unescape reads one of the signs that XML itself knows; the others are for HTML
// to read.
func unescape(entity string) string {
	known := map[string]string{"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": `"`, "&apos;": "'", "&#60;": "<", "&#62;": ">", "&#38;": "&"}
	if with, ok := known[strings.ToLower(entity)]; ok {
		return with
	}
	return entity
}

func (r *reader) replace(start, end int, what *regexp.Regexp, with func(string) string) {
	for _, m := range what.FindAllStringIndex(r.text[start:end], -1) {
		was := r.text[start+m[0] : start+m[1]]
		if is := with(was); is != was {
			r.edits = append(r.edits, edit.At(start+m[0], start+m[1], is))
		}
	}
}

func (r *reader) skipTo(at int, with string) {
	if at > r.done || with != "" {
		r.edits = append(r.edits, edit.At(r.done, at, with))
	}
	r.done = at
}

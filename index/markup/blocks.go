package markup

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// block is a paragraph, a heading, an item of a list or a cell of a table, as the
// page shows it.
type block struct {
	node  *html.Node // the element that it stands in
	parts []part
	// level is 1 to 6 for a heading, 0 for others.
	level int
	// marker is what stands before an item: "- ", "3. ".
	marker string
	cell   bool
	// set says that its line ends are shown, plain that it stands outside of any
	// paragraph, where blank lines may be those of a text.
	set, plain bool

	letters, linked, bold int // of its text; in links; in bold
	words                 int
	text                  string // its first part and its last, for a look at them
}

// part is a run of a block.
type part struct {
	run int
	// line says that a line end stands before it.
	line bool
}

// gathered are the blocks of a page in the order of its tree.
type gathered struct {
	doc    *goquery.Document
	runs   []run
	blocks []*block
}

// gather reads the blocks of a tree.
func gather(doc *html.Node, runs []run) *gathered {
	g := &gatherer{gathered: gathered{doc: goquery.NewDocumentFromNode(doc), runs: runs}, items: map[*html.Node]int{}}
	g.walk(doc, style{})
	g.end()
	return &g.gathered
}

// style is what the elements around a text make of it.
type style struct {
	node       *html.Node // the innermost block
	level      int
	marker     *string // taken by the first block of an item
	cell       bool
	paragraph  bool // inside an element that is a paragraph or a part of one
	set        bool // inside one that shows line ends
	link, bold bool
}

type gatherer struct {
	gathered
	open   *block
	breaks int                // line ends since the last text
	items  map[*html.Node]int // the last number of a list
}

// end ends the block that is open.
func (g *gatherer) end() {
	if g.open != nil && len(g.open.parts) > 0 {
		g.blocks = append(g.blocks, g.open)
	}
	g.open, g.breaks = nil, 0
}

func (g *gatherer) walk(n *html.Node, s style) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			for _, i := range numbers(c.Data, g.runs) {
				g.text(i, s)
			}
		case html.ElementNode:
			g.element(c, s)
		}
	}
}

func (g *gatherer) element(n *html.Node, s style) {
	switch n.Data {
	case "br":
		g.breaks++
		return
	case "sup":
		if isNote(n, g.runs) {
			return
		}
	case "a":
		s.link = true
	case "b", "strong":
		s.bold = true
	}
	if !rules().block[n.Data] {
		g.walk(n, s)
		return
	}
	g.end()
	s.node = n
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		s.level = int(n.Data[1] - '0')
	case "li":
		marker := g.itemMarker(n)
		s.marker = &marker
	case "td", "th":
		s.cell = true
	case "table":
		s.cell = false
	}
	switch n.Data {
	case "p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "caption":
		s.paragraph = true
	case "pre":
		s.set = true
	}
	g.walk(n, s)
	g.end()
}

// text takes in a run.
func (g *gatherer) text(i int, s style) {
	if g.breaks > 1 {
		g.end()
	}
	line := g.breaks > 0 && g.open != nil
	g.breaks = 0
	if g.open == nil {
		g.open = &block{node: s.node, level: s.level, cell: s.cell, set: s.set, plain: !s.paragraph}
		if s.marker != nil {
			g.open.marker, *s.marker = *s.marker, ""
		}
	}
	b := g.open
	b.parts = append(b.parts, part{run: i, line: line})
	text := g.runs[i].text
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	b.letters += n
	if s.link {
		b.linked += n
	}
	if s.bold {
		b.bold += n
	}
	b.words += len(strings.Fields(text))
	if b.text == "" || len(b.text) < maxValue {
		b.text += text
	} else {
		b.text = b.text[:maxValue/2] + text
	}
}

// noteSize is the size in bytes from which what is set high is no reference.
const noteSize = 12

// isNote reports whether what is set high is a reference to a footnote: a number
// or a sign, and not the ending of "70th".
func isNote(n *html.Node, runs []run) bool {
	text := ""
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			for _, i := range numbers(d.Data, runs) {
				text += runs[i].text
			}
			if len(text) >= noteSize {
				return false
			}
		}
	}
	return strings.IndexFunc(text, unicode.IsLetter) < 0
}

// itemMarker is what a browser shows before an item.
func (g *gatherer) itemMarker(n *html.Node) string {
	list := n.Parent
	if list == nil || list.Data != "ol" {
		return "- "
	}
	number, known := g.items[list]
	if start, err := strconv.Atoi(attribute(list, "start")); !known && err == nil {
		number = start - 1
	}
	number++
	if value, err := strconv.Atoi(attribute(n, "value")); err == nil {
		number = value
	}
	g.items[list] = number
	if kind := attribute(list, "type"); (kind == "a" || kind == "A") && number >= 1 && number <= 26 {
		return "(" + string(rune('a'+number-1)) + ") "
	}
	return strconv.Itoa(number) + ". "
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// ended reports whether the text of a block ends as sentences do.
func (b *block) ended() bool {
	text := strings.TrimRightFunc(b.text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`"'”’»)]`, r)
	})
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?:;…", r)
}

// prose is the number of letters of a block that is sentences; 0 for others.
func (b *block) prose() int {
	if b.level > 0 || b.words < 8 || 2*b.linked > b.letters || b.words < 25 && !b.ended() {
		return 0
	}
	return b.letters
}

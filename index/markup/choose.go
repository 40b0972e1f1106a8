package markup

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// bulk is the share of the prose of a page from which on an element holds its
// document. Less would cut off what stands beside the largest part of a text.
const bulk = 0.8

// A table has cells of data, and not a layout, from so many rows and columns on.
const (
	dataRows    = 2
	dataColumns = 2
	// cellWords is the number of words below which a cell is data.
	cellWords = 12
)

// chooser says which blocks of a page are its document.
type chooser struct {
	*gathered
	// prose is the number of letters of prose below an element.
	prose map[*html.Node]int
	total int
	apart map[*html.Node]bool
	grids map[*html.Node]bool // tables: whether they hold data
}

// choose gives the blocks that are the document. titled says that the first is
// its title. A fragment is all document, but for furniture.
func (g *gathered) choose(title string, whole bool) (kept []*block, titled bool) {
	c := &chooser{gathered: g, prose: map[*html.Node]int{}, apart: map[*html.Node]bool{}, grids: map[*html.Node]bool{}}
	c.weigh()
	for _, n := range g.doc.Find(rules().apart).Nodes {
		c.apart[n] = 2*c.prose[n] <= c.total && !c.sectioned(n)
	}
	var rest []*block
	for _, b := range g.blocks {
		if !c.isApart(b) {
			rest = append(rest, b)
		}
	}
	c.blocks = rest
	c.weigh()
	first, last := 0, len(rest)
	if whole {
		first, last = c.extent()
	}
	first, titled = c.heading(first, title)
	for i, b := range rest {
		if i >= first && i < last && !c.furniture(b) {
			kept = append(kept, b)
		}
	}
	return kept, titled
}

// weigh counts the prose below every element.
func (c *chooser) weigh() {
	clear(c.prose)
	c.total = 0
	for _, b := range c.blocks {
		n := b.prose()
		c.total += n
		if n == 0 {
			continue
		}
		for e := b.node; e != nil; e = e.Parent {
			c.prose[e] += n
		}
	}
}

// sectioned reports whether an element is the page itself, whose class may hold
// any word.
func (c *chooser) sectioned(n *html.Node) bool {
	return n.Data == "html" || n.Data == "body" || n.Data == "main"
}

func (c *chooser) isApart(b *block) bool {
	for n := b.node; n != nil; n = n.Parent {
		if c.apart[n] {
			return true
		}
	}
	return false
}

// extent gives the range of blocks that stand in the innermost element that
// holds the bulk of the prose.
func (c *chooser) extent() (first, last int) {
	root := c.doc.Nodes[0]
	for {
		next := c.bulkOf(root)
		if next == nil {
			break
		}
		root = next
	}
	first, last = len(c.blocks), 0
	for i, b := range c.blocks {
		if within(b.node, root) {
			first, last = min(first, i), i+1
		}
	}
	return min(first, last), last
}

// bulkOf is the child that holds the bulk of the prose, where it is no paragraph
// itself.
func (c *chooser) bulkOf(root *html.Node) *html.Node {
	for n := root.FirstChild; n != nil; n = n.NextSibling {
		if float64(c.prose[n]) >= bulk*float64(c.total) && c.total > 0 && c.prose[n] > c.own(n) {
			return n
		}
	}
	return nil
}

// own is the prose that stands in an element itself.
func (c *chooser) own(n *html.Node) int {
	own := 0
	for _, b := range c.blocks {
		if b.node == n {
			own += b.prose()
		}
	}
	return own
}

func within(n, root *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == root {
			return true
		}
	}
	return false
}

// titleWords is the least number of words of a line that is told to be the title by
// what the page says its title is; aboveTitle is how many short lines before the
// title are kept: a date, the name of an institution.
const (
	titleWords = 3
	aboveTitle = 3
)

// heading finds the title of the document before its first prose: the longest line
// of what the page says its title is, else the last heading of the first level. It
// gives where the document begins, which is not behind first.
func (c *chooser) heading(first int, title string) (start int, titled bool) {
	found, same := -1, 0
	title = letters(title)
	for i, b := range c.blocks {
		if i >= first && b.prose() > 0 {
			break
		}
		text := letters(b.text)
		if b.words < titleWords || !strings.Contains(title, text) {
			text = ""
		}
		if len(text) > same || same == 0 && b.level == 1 && b.words > 0 {
			found, same = i, len(text)
		}
	}
	if found < 0 {
		return first, false
	}
	for _, b := range c.blocks[:found] {
		if b.level == 1 {
			b.level = 2 // of the site
		}
	}
	c.blocks[found].level = 1
	start = min(first, found)
	for n := 0; n < aboveTitle && start > 0 && start+aboveTitle > found && c.blocks[start-1].words < titleWords*4; n++ {
		start--
	}
	return start, true
}

// letters are the letters and digits of a text, in small letters.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// furniture reports whether a block within the document is none of it: a button,
// a link, a cell of data.
func (c *chooser) furniture(b *block) bool {
	switch {
	case b.level == 1:
		return false
	case rules().lines[strings.ToLower(strings.Trim(strings.Join(strings.Fields(b.text), " "), " :.…»›>«‹<|"))]:
		return true
	case b.cell && b.words < cellWords && !b.ended() && c.grid(b.node):
		return true
	}
	return b.linked > 0 && 10*b.linked >= 7*b.letters && b.words < 25 && !b.ended()
}

// grid reports whether a cell is of a table of data.
func (c *chooser) grid(cell *html.Node) bool {
	table := cell
	for table != nil && table.Data != "table" {
		table = table.Parent
	}
	if table == nil {
		return false
	}
	known, ok := c.grids[table]
	if !ok {
		known = isGrid(table)
		c.grids[table] = known
	}
	return known
}

// isGrid counts the rows of several cells.
func isGrid(table *html.Node) bool {
	rows := 0
	for n := range table.Descendants() {
		if n.Type != html.ElementNode || n.Data != "tr" {
			continue
		}
		cells := 0
		for d := n.FirstChild; d != nil; d = d.NextSibling {
			if d.Type == html.ElementNode && (d.Data == "td" || d.Data == "th") {
				cells++
			}
		}
		if cells >= dataColumns {
			rows++
		}
	}
	return rows >= dataRows
}

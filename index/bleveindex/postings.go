package bleveindex

import (
	"math"
	"slices"

	bleveapi "github.com/blevesearch/bleve_index_api"
)

// exhausted is the document number behind the last one.
const exhausted = math.MaxInt

// A cursor walks the documents of one term in Bleve's index.
type cursor struct {
	reader bleveapi.TermFieldReader
	doc    bleveapi.TermFieldDoc
	// number is the present document: -1 before the first, exhausted behind
	// the last.
	number int
	id     bleveapi.IndexInternalID
}

// seek goes to the first document at or after to. It never goes back, which
// Bleve's reader would answer by starting anew.
func (c *cursor) seek(to int) error {
	if c.number >= to {
		return nil
	}
	var doc *bleveapi.TermFieldDoc
	var err error
	if c.number+1 == to {
		doc, err = c.reader.Next(c.doc.Reset())
	} else {
		c.id = bleveapi.NewIndexInternalID(c.id, uint64(to))
		doc, err = c.reader.Advance(c.id, c.doc.Reset())
	}
	c.number = exhausted
	if doc != nil {
		c.number = int(doc.ID.Value())
	}
	return err
}

// postings walks the documents that have any of several terms of one field, as
// if they were one term.
type postings struct {
	field string
	// cursors are a heap by number once started.
	cursors []*cursor
	started bool
}

// seek goes to the first document at or after to and returns its number.
func (p *postings) seek(to int) (int, error) {
	if len(p.cursors) == 0 {
		return exhausted, nil
	}
	if !p.started {
		return p.start(to)
	}
	if len(p.cursors) == 1 {
		err := p.cursors[0].seek(to)
		return p.cursors[0].number, err
	}
	for p.cursors[0].number < to {
		if err := p.cursors[0].seek(to); err != nil {
			return exhausted, err
		}
		p.sink(0)
	}
	return p.cursors[0].number, nil
}

func (p *postings) start(to int) (int, error) {
	p.started = true
	for _, c := range p.cursors {
		if err := c.seek(to); err != nil {
			return exhausted, err
		}
	}
	for i := len(p.cursors)/2 - 1; i >= 0; i-- {
		p.sink(i)
	}
	return p.cursors[0].number, nil
}

// sink moves the cursor at i of the heap to its place below.
func (p *postings) sink(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(p.cursors); child++ {
			if p.cursors[child].number < p.cursors[least].number {
				least = child
			}
		}
		if least == i {
			return
		}
		p.cursors[i], p.cursors[least] = p.cursors[least], p.cursors[i]
		i = least
	}
}

// frequency is how often the terms occur in the present document, and norm
// what Bleve keeps of its length.
func (p *postings) frequency() (n uint64, norm float64) {
	if len(p.cursors) == 1 {
		return p.cursors[0].doc.Freq, p.cursors[0].doc.Norm
	}
	p.present(0, p.cursors[0].number, func(c *cursor) { n += c.doc.Freq })
	return n, p.cursors[0].doc.Norm
}

// positions appends the sorted positions of the terms in the present document
// to buf.
func (p *postings) positions(buf []int) []int {
	p.present(0, p.cursors[0].number, func(c *cursor) {
		for _, v := range c.doc.Vectors {
			buf = append(buf, int(v.Pos))
		}
	})
	if len(p.cursors) > 1 {
		slices.Sort(buf)
		buf = slices.Compact(buf)
	}
	return buf
}

// present visits the cursors that are at document number: those at the top of
// the heap.
func (p *postings) present(i, number int, visit func(*cursor)) {
	if i >= len(p.cursors) || p.cursors[i].number != number {
		return
	}
	visit(p.cursors[i])
	p.present(2*i+1, number, visit)
	p.present(2*i+2, number, visit)
}

// count is the number of documents at most.
func (p *postings) count() (n int) {
	for _, c := range p.cursors {
		n += int(c.reader.Count())
	}
	return n
}

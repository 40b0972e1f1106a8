package bleveindex

import (
	"bufio"
	"encoding/gob"
	"errors"
	"fmt"
	"os"

	"demarche/search"
)

// columns are what hits are filtered, counted and sorted by, in memory.
//
// All that facets and filters can ask of a paragraph is the same for most
// paragraphs of a version: its statement, language, date, and who is attributed
// what by whom. So a paragraph has the number of a profile, in which it is
// written once. A search counts hits by profile, one addition a hit, and
// spreads the counts over values at the end.
//
// Slices by paragraph are in the order of the document numbers of the one
// snapshot of the Bleve index that the columns were made for.
type columns struct {
	Record  []uint32 // number of the paragraph in records.db
	Profile []uint32
	Passage []uint32 // number of the passage
	Rank    []uint32 // place by statement, language, position: the last of the ties

	Passages int
	Profiles profiles
	// Lengths are the terms of each Bleve field over all paragraphs, for BM25.
	Lengths map[string]fieldLength
}

// fieldLength says how much text a Bleve field holds.
type fieldLength struct{ Documents, Terms int }

// profiles are the distinct combinations of values.
type profiles struct {
	// Fields are in the order of search.Fields.
	Fields []valueColumn
	Date   []uint32 // number in Dates, by profile
	Title  []uint32 // number in Titles, by profile
	// Dates are the distinct dates, oldest first, the unknown one ("") last.
	Dates  []search.Date
	Titles []string
}

// A valueColumn holds the values of one field for every profile: those of
// profile p are Values[Numbers[Offsets[p]]] to Values[Numbers[Offsets[p+1]-1]].
type valueColumn struct {
	Values  []string // distinct, sorted
	Offsets []uint32
	Numbers []uint32
}

// of are the numbers of the values of profile p.
func (c *valueColumn) of(p uint32) []uint32 { return c.Numbers[c.Offsets[p]:c.Offsets[p+1]] }

func (p *profiles) count() int { return len(p.Date) }

func (p *profiles) field(name string) *valueColumn {
	for i, f := range search.Fields {
		if f == name {
			return &p.Fields[i]
		}
	}
	return nil
}

// documents is the number of paragraphs.
func (c *columns) documents() int { return len(c.Record) }

func (c *columns) write(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	err = gob.NewEncoder(w).Encode(c)
	return errors.Join(err, w.Flush(), f.Sync(), f.Close())
}

func readColumns(path string) (*columns, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	c := new(columns)
	if err := gob.NewDecoder(bufio.NewReaderSize(f, 1<<20)).Decode(c); err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", path, err)
	}
	return c, nil
}

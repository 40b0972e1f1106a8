package bleveindex

import (
	"bufio"
	"encoding/gob"
	"errors"
	"fmt"
	"os"
	"slices"

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

// profiles are the distinct combinations of values. The values of all fields
// are numbered in one row, so that one list says all of a profile.
type profiles struct {
	// Fields are in the order of search.Fields.
	Fields []field
	// Those of profile p are Numbers[Offsets[p]] to Numbers[Offsets[p+1]-1],
	// ascending, with at least one of each field.
	Offsets []uint32
	Numbers []uint32
	Date    []uint32 // number in Dates, by profile
	Title   []uint32 // number in Titles, by profile
	// Dates are the distinct dates, oldest first, the unknown one ("") last.
	Dates  []search.Date
	Titles []string
}

// A field has the numbers from First on for its values.
type field struct {
	Name  string
	First uint32
	// Values are search.NoValue, which profiles without a value have, and then
	// the distinct values, sorted.
	Values []string
}

// number finds a value.
func (f *field) number(value string) (n uint32, ok bool) {
	if value == search.NoValue {
		return f.First, true
	}
	i, ok := slices.BinarySearch(f.Values[1:], value)
	return f.First + 1 + uint32(i), ok
}

func (f *field) value(n uint32) string { return f.Values[n-f.First] }

// has reports whether n is the number of a value of the field.
func (f *field) has(n uint32) bool { return n >= f.First && n < f.First+uint32(len(f.Values)) }

func (p *profiles) count() int { return len(p.Date) }

// numbers are the values of a profile in all fields.
func (p *profiles) numbers(profile uint32) []uint32 {
	return p.Numbers[p.Offsets[profile]:p.Offsets[profile+1]]
}

// first is the first value of a profile in a field.
func (p *profiles) first(f *field, profile uint32) uint32 {
	for _, n := range p.numbers(profile) {
		if n >= f.First {
			return n
		}
	}
	return f.First
}

// values is the number of values in all fields.
func (p *profiles) values() int {
	last := p.Fields[len(p.Fields)-1]
	return int(last.First) + len(last.Values)
}

// field is the one of a name, nil when there is none.
func (p *profiles) field(name string) *field {
	i := slices.IndexFunc(p.Fields, func(f field) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return &p.Fields[i]
}

// languages are those that paragraphs are in.
func (p *profiles) languages() []string { return p.field("lang").Values[1:] }

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

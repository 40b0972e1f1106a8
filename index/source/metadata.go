package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// columns are those of metadata.csv. All but the first are also the keys of
// front matter that are ours.
var columns = []string{"file", "statement", "title", "actor", "date", "kind", "lang", "url"}

// utf8BOM is the mark that some programs put before UTF-8.
const utf8BOM = "\ufeff"

// table is a metadata.csv.
type table struct {
	name    string
	dir     string // key of its folder
	columns []string
	rows    []row
	refused []Refusal
}

// row is one row of a table.
type row struct {
	number   int    // line of the file on which the row begins; the header's is 1
	file     string // path below the folder of the table
	declared Declared
}

func (t *table) refuse(row int, column, format string, args ...any) {
	where := fmt.Sprintf("row %d", row)
	if column != "" {
		where += ", column " + column
	}
	t.refused = append(t.refused, *refuse(t.name, "%s: %s", where, fmt.Sprintf(format, args...)))
}

// maxSyntax is how many rows with broken quotes are reported before the rest of
// a table is given up: such a table is not CSV.
const maxSyntax = 20

// readTable reads a metadata.csv. A value that cannot be used is refused by row
// and column; the rest of its row and the other rows go on.
func readTable(name string, data []byte) table {
	t := table{name: name}
	data = bytes.TrimPrefix(data, []byte(utf8BOM))
	if !utf8.Valid(data) {
		t.refuse(lineOfInvalid(data), "", "it is not UTF-8: save the file in that encoding")
		return t
	}
	first := 1
	for range maxSyntax {
		bad := t.records(data, first)
		if bad == 0 {
			break
		}
		// A quote that is not closed swallows the rows behind it: go on with the
		// next line.
		for ; first <= bad; first++ {
			_, data, _ = bytes.Cut(data, []byte("\n"))
		}
	}
	if t.columns == nil && len(t.refused) == 0 {
		t.refuse(1, "file", "the first row names no columns: they are %s", strings.Join(columns, ", "))
	}
	t.conflicts()
	return t
}

// records reads rows up to one that is not CSV, whose line it returns; 0 when there
// is none. Lines count from first.
func (t *table) records(data []byte, first int) (bad int) {
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return 0
		}
		if syntax := (*csv.ParseError)(nil); errors.As(err, &syntax) {
			bad = first + syntax.StartLine - 1
			t.refuse(bad, "", "its quotes are not in order (%v): double a quote inside quotes", syntax.Err)
			return bad
		}
		line, _ := r.FieldPos(0)
		line += first - 1
		switch {
		case t.columns != nil:
			t.row(line, record)
		case !t.header(line, record):
			return 0
		}
	}
}

// lineOfInvalid is the number of the first line that is not UTF-8.
func lineOfInvalid(data []byte) int {
	line := 1
	for l := range bytes.Lines(data) {
		if !utf8.Valid(l) {
			break
		}
		line++
	}
	return line
}

// header takes in the names of the columns; false when the table is of no use.
func (t *table) header(line int, record []string) bool {
	if len(record) == 1 && strings.ContainsAny(record[0], ";\t") {
		t.refuse(line, "", "its columns are not separated by commas: save it as CSV with commas")
		return false
	}
	for _, c := range record {
		c = strings.ToLower(strings.TrimSpace(c))
		switch {
		case c == "":
		case !slices.Contains(columns, c):
			t.refuse(line, c, "there is no such column: the columns are %s", strings.Join(columns, ", "))
			c = ""
		case slices.Contains(t.columns, c):
			t.refuse(line, c, "the column is there twice: the first one counts")
			c = ""
		}
		t.columns = append(t.columns, c)
	}
	if !slices.Contains(t.columns, "file") {
		t.refuse(line, "file", "the column is missing: the first row names the columns %s", strings.Join(columns, ", "))
		return false
	}
	return true
}

// row takes in one row below the header.
func (t *table) row(line int, record []string) {
	r := row{number: line}
	for i, v := range record {
		v = strings.TrimSpace(v)
		switch {
		case v == "":
		case i >= len(t.columns):
			t.refuse(line, "", "it has more columns than the first row: put values that hold a comma in quotes")
			return
		case t.columns[i] == "":
		case t.columns[i] == "file":
			if problem := tooLong(v); problem != "" {
				t.refuse(line, "file", "%s", problem)
				return
			}
			r.file = path.Clean(v)
		default:
			if problem := r.declared.set(t.columns[i], v); problem != "" {
				t.refuse(line, t.columns[i], "%s", problem)
			}
		}
	}
	if r.file == "" {
		if !slices.ContainsFunc(record, func(v string) bool { return strings.TrimSpace(v) != "" }) {
			return
		}
		t.refuse(line, "file", "it names no file")
		return
	}
	t.rows = append(t.rows, r)
}

// locate drops the rows whose file is not in dir of fsys or below it.
func (t *table) locate(fsys fs.FS, dir string) {
	t.rows = slices.DeleteFunc(t.rows, func(r row) bool {
		p := path.Join(dir, r.file)
		if !fs.ValidPath(r.file) || !fs.ValidPath(p) {
			t.refuse(r.number, "file", "%q is not the path of a file in this folder", r.file)
			return true
		}
		if info, err := fs.Stat(fsys, p); err != nil || info.IsDir() {
			t.refuse(r.number, "file", "there is no file %q in this folder", r.file)
			return true
		}
		return false
	})
}

// conflicts refuses what a row declares of a whole file, not of one of its
// languages, when an earlier row declares something else.
func (t *table) conflicts() {
	first := map[string]row{}
	for i := range t.rows {
		r := &t.rows[i]
		before, known := first[r.file]
		if !known {
			first[r.file] = *r
			continue
		}
		for _, c := range []struct {
			column string
			of     func(*Declared) *string
		}{
			{"statement", func(d *Declared) *string { return &d.Statement }},
			{"date", func(d *Declared) *string { return (*string)(&d.Date) }},
			{"kind", func(d *Declared) *string { return &d.Kind }},
		} {
			was, is := *c.of(&before.declared), c.of(&r.declared)
			if *is != "" && was != "" && *is != was {
				t.refuse(r.number, c.column, "%q is not what row %d says of the same file: %q", *is, before.number, was)
				*is = ""
			}
		}
	}
}

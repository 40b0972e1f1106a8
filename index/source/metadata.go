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

// readTable reads a metadata.csv. A value that cannot be used is refused by row
// and column; the rest of its row and the other rows go on.
func readTable(name string, data []byte) table {
	t := table{name: name}
	data = bytes.TrimPrefix(data, []byte(utf8BOM))
	if !utf8.Valid(data) {
		t.refuse(lineOfInvalid(data), "", "it is not UTF-8: save the file in that encoding")
		return t
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return t
		}
		if syntax := (*csv.ParseError)(nil); errors.As(err, &syntax) {
			t.refuse(syntax.StartLine, "", "its quotes are not in order (%v)", syntax.Err)
			continue
		}
		line, _ := r.FieldPos(0)
		switch {
		case t.columns == nil:
			if !t.header(line, record) {
				return t
			}
		default:
			t.row(line, record)
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
	for _, c := range record {
		c = strings.ToLower(strings.TrimSpace(c))
		if c != "" && !slices.Contains(columns, c) {
			t.refuse(line, c, "there is no such column: the columns are %s", strings.Join(columns, ", "))
			c = ""
		}
		if c != "" && slices.Contains(t.columns, c) {
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

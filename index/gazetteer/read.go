package gazetteer

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"demarche/index/phrase"
)

// anyLanguage is the language of names that are written alike everywhere.
const anyLanguage = ""

// languages have name files of their own.
var languages = []string{"en", "fr", "ru"}

// RowError is a row of a data file that cannot be used.
type RowError struct {
	File string
	// Line counts from 1, the header being line 1.
	Line int
	// Column is the name of the column; "" for the whole row.
	Column string
	Reason string
}

func (e *RowError) Error() string {
	where := fmt.Sprintf("%s, line %d", e.File, e.Line)
	if e.Column != "" {
		where += ", column " + e.Column
	}
	return where + ": " + e.Reason
}

// table says what a data file holds and how its rows are read.
type table struct {
	name     *regexp.Regexp // group 1 is the language
	required []string
	optional []string
	// unnamed: a row may leave its name out where another row of its ID has one.
	unnamed bool
	// anybody: a row may have no ID.
	anybody bool
	read    func(b *builder, r row)
}

var tables = []table{
	{regexp.MustCompile(`^states\.(en|fr|ru)\.csv$`), []string{"id", "name", "names"}, []string{"adjectives", "places", "shared"}, true, false, readState},
	{regexp.MustCompile(`^bodies\.(en|fr|ru)\.csv$`), []string{"id", "name", "names"}, []string{"adjectives", "places", "short"}, true, false, readBody},
	{regexp.MustCompile(`^groups()\.csv$`), []string{"id", "state", "name", "names"}, []string{"kind", "lang"}, true, false, readGroup},
	{regexp.MustCompile(`^offices()\.csv$`), []string{"id", "lang", "names"}, nil, false, false, readOffice},
	{regexp.MustCompile(`^publishers()\.csv$`), []string{"id", "hosts"}, nil, false, true, readPublisher},
	{regexp.MustCompile(`^homonyms()\.csv$`), []string{"lang", "name", "where"}, []string{"instead_of"}, false, false, readHomonym},
}

// words are files beside those of names that index/annotate reads.
var words = regexp.MustCompile(`^words\.(en|fr|ru)\.csv$`)

// Read reads the data files of folders. A later folder adds to the ones before it:
// it may give an ID another name to show, and what it calls a name of one ID is no
// name of another any more. Rows that cannot be used are named in the error, each a
// [*RowError]; the gazetteer holds all others.
func Read(folders ...fs.FS) (*Gazetteer, error) {
	b := newBuilder()
	for rank, data := range folders {
		b.rank = rank
		entries, err := fs.ReadDir(data, ".")
		if err != nil {
			return b.gazetteer, fmt.Errorf("gazetteer: %w", err)
		}
		for _, entry := range entries {
			if strings.EqualFold(path.Ext(entry.Name()), ".csv") && !words.MatchString(entry.Name()) {
				b.file(data, entry.Name())
			}
		}
	}
	b.nameless()
	b.unknown()
	return b.gazetteer, errors.Join(b.errs...)
}

// nameless finds fault with rows that leave out a name which no other row has.
func (b *builder) nameless() {
	for _, r := range b.unnamed {
		if id := r.field("id"); b.gazetteer.Name("en", id) == id {
			r.fail("name", fmt.Sprintf("must not be empty: %q is new, so give the name to show", id))
		}
	}
}

// unknown finds fault with rows that name a state, body or group which no row has.
func (b *builder) unknown() {
	for _, r := range b.references {
		if b.gazetteer.kinds[r.id] == "" {
			r.row.fail(r.column, fmt.Sprintf("no row has the ID %q", r.id))
		}
	}
}

// reference is an ID that a row names in a column.
type reference struct {
	row        row
	column, id string
}

func (b *builder) refers(r row, column string, ids ...string) {
	for _, id := range ids {
		b.references = append(b.references, reference{r, column, id})
	}
}

// builder fills a gazetteer and gathers what is wrong with its files.
type builder struct {
	gazetteer *Gazetteer
	errs      []error
	rank      int   // of the folder that is read
	unnamed   []row // rows that leave out the name
	// references may be to rows of later files.
	references []reference
}

func newBuilder() *builder {
	g := &Gazetteer{
		display: map[string]map[string]string{},
		names:   map[string]*lexicon{},
		exact:   map[string]string{},
		kinds:   map[string]Kind{},
		states:  map[string]string{},
		hosts:   map[string]string{},
	}
	for _, lang := range languages {
		g.names[lang] = &lexicon{set: phrase.NewSet()}
	}
	return &builder{gazetteer: g}
}

func (b *builder) file(data fs.FS, name string) {
	for _, t := range tables {
		m := t.name.FindStringSubmatch(name)
		if m == nil {
			continue
		}
		f, err := data.Open(name)
		if err != nil {
			b.errs = append(b.errs, err)
			return
		}
		defer f.Close()
		b.rows(t, name, m[1], f)
		return
	}
	b.errs = append(b.errs, fmt.Errorf("%s: not a file of names; call it states.en.csv, bodies.fr.csv, groups.csv, offices.csv, publishers.csv, homonyms.csv or words.ru.csv", name))
}

func (b *builder) rows(t table, file, lang string, in io.Reader) {
	r := NewReader(in)
	header, err := r.Read()
	reason := Syntax(err)
	if err == nil {
		reason = t.fault(header)
	}
	if reason != "" {
		b.errs = append(b.errs, &RowError{File: file, Line: 1, Reason: reason})
		return
	}
	for {
		fields, err := r.Read()
		if err == io.EOF {
			return
		}
		line, _ := r.FieldPos(0)
		if err != nil {
			b.errs = append(b.errs, &RowError{File: file, Line: line, Reason: Syntax(err)})
			return
		}
		b.row(t, row{builder: b, file: file, line: line, lang: lang, header: header, fields: fields})
	}
}

// NewReader reads rows of words or names. A line that begins with # is a remark.
func NewReader(in io.Reader) *csv.Reader {
	r := csv.NewReader(withoutMark(in))
	r.FieldsPerRecord = -1
	r.Comment = '#'
	return r
}

// Syntax says what is wrong with a row that is none; "" where nothing is.
func Syntax(err error) string {
	syntax := new(csv.ParseError)
	switch {
	case err == nil:
		return ""
	case errors.Is(err, io.EOF):
		return "the file is empty: its first line must name the columns"
	case errors.As(err, &syntax):
		return fmt.Sprintf("its quotes are not in order (%v): double a quote inside quotes", syntax.Err)
	}
	return err.Error()
}

// withoutMark passes over the byte order mark that some programs begin a file with.
func withoutMark(in io.Reader) io.Reader {
	const mark = "\ufeff"
	r := bufio.NewReader(in)
	if first, _ := r.Peek(len(mark)); string(first) == mark {
		// What was peeked at is there to be discarded.
		_, _ = r.Discard(len(mark))
	}
	return r
}

func (b *builder) row(t table, r row) {
	if len(r.fields) != len(r.header) {
		r.fail("", fmt.Sprintf("%d fields where the header has %d", len(r.fields), len(r.header)))
		return
	}
	for _, column := range t.required {
		if r.field(column) != "" || column == "lang" || column == "id" && t.anybody {
			continue
		}
		if column == "name" && t.unnamed {
			b.unnamed = append(b.unnamed, r)
		} else {
			r.fail(column, "must not be empty")
			return
		}
	}
	for _, column := range lists {
		if r.field(column) != "" && len(r.list(column)) == 0 {
			r.fail(column, "holds no name between its semicolons")
			return
		}
	}
	t.read(b, r)
}

// lists are the columns that hold several names.
var lists = []string{"name", "names", "hosts", "adjectives", "places", "short"}

// fault says what is wrong with a header; "" where nothing is.
func (t table) fault(header []string) string {
	for _, column := range t.required {
		if !slices.Contains(header, column) {
			return fmt.Sprintf("the column %q is missing", column)
		}
	}
	for _, column := range header {
		if !slices.Contains(t.required, column) && !slices.Contains(t.optional, column) {
			return fmt.Sprintf("%q is no column of this file: use %s", column, strings.Join(slices.Concat(t.required, t.optional), ", "))
		}
	}
	return ""
}

// row is one row of a data file.
type row struct {
	builder *builder
	file    string
	line    int
	lang    string
	header  []string
	fields  []string
}

func (r row) fail(column, reason string) {
	r.builder.errs = append(r.builder.errs, &RowError{File: r.file, Line: r.line, Column: column, Reason: reason})
}

// field returns a field by its column, "" where the file has no such column.
func (r row) field(column string) string {
	if i := slices.Index(r.header, column); i >= 0 {
		return strings.TrimSpace(r.fields[i])
	}
	return ""
}

// list returns the parts of a field that holds several, separated by ";".
func (r row) list(column string) []string {
	var parts []string
	for part := range strings.SplitSeq(r.field(column), ";") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

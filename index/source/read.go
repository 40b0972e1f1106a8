package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"strings"
	"unicode"

	"demarche/index/edit"
	"demarche/search"
)

// DefaultSize is the greatest size of a file that is read unless [Limits] says
// otherwise: some 30 times the longest resolution of the United Nations.
const DefaultSize = 32 << 20

// Limits bound what one file may ask of the program.
type Limits struct {
	// Size is the greatest size of a file in bytes. 0 means [DefaultSize].
	Size int64
}

func (l Limits) size() int64 {
	if l.Size <= 0 {
		return DefaultSize
	}
	return l.Size
}

// File is what a file holds.
type File struct {
	// Source has name, encoding, size and digest. Its date and address are left
	// to those who read the text.
	Source search.Source
	// Text is valid UTF-8: the decoded text after the front matter, unrepaired; of
	// a page or an XML document what it shows, a line a paragraph.
	Text string
	// Decoded is the decoded text of the file, without a mark of the byte order.
	Decoded string
	// Offset is the number of bytes of Decoded before its text or markup: the front
	// matter.
	Offset int
	// Declared are the rows of metadata.csv for the file, then its front matter.
	// What is declared earlier beats what is declared later.
	Declared []Declared
	// Fields are the other fields of the file made for programs, in their order:
	// keys of front matter, elements of XML, metadata of a page.
	Fields []Field
	// Refused are the parts of the front matter that could not be used.
	Refused []Refusal

	back edit.Trail // from Text to Decoded[Offset:]
}

// Field is a field of a file that has no meaning of its own for statements.
type Field struct{ Name, Value string }

// Origin gives the span of the decoded text from which the span s of Text comes.
func (f *File) Origin(s search.Span) search.Span {
	s = f.back.Span(s)
	return search.Span{Start: s.Start + f.Offset, End: s.End + f.Offset}
}

// Read reads one file. The error is a [*Refusal].
func Read(e Entry, l Limits) (File, error) {
	data, err := Bytes(e, l)
	if err != nil {
		return File{}, err
	}
	return Parse(e, data)
}

// Bytes are those of a file, unread. The error is a [*Refusal].
func Bytes(e Entry, l Limits) ([]byte, error) {
	data, refused := contents(e, l)
	if refused != nil {
		return nil, refused
	}
	return data, nil
}

// Parse reads the bytes of a file, of which e says only the name and what is
// declared for it. The error is a [*Refusal].
func Parse(e Entry, data []byte) (File, error) {
	text, encoding, problem := decode(data)
	if problem != "" {
		return File{}, refuse(e.Name, "%s", problem)
	}
	f := File{
		Source: search.Source{
			File: e.Name, Encoding: encoding, Size: int64(len(data)), SHA256: digest(data),
		},
		Decoded: text,
	}
	f.declare(e.Declared)
	f.readFront()
	if problem := f.readMarkup(); problem != "" {
		return File{}, refuse(e.Name, "%s", problem)
	}
	if n := longestLine(f.Text); n > maxLine {
		return File{}, refuse(e.Name, "it has a line of %d bytes, and %d is the limit: no document is written so", n, maxLine)
	}
	if !strings.ContainsFunc(f.Text, unicode.IsLetter) {
		return File{}, refuse(e.Name, "it holds no words")
	}
	return f, nil
}

// declare takes in the rows of metadata.csv for the file.
func (f *File) declare(rows []Declared) {
	for _, d := range rows {
		usable, problems := d.usable()
		f.Declared = append(f.Declared, usable)
		for _, problem := range problems {
			f.refuse("its metadata, %s", problem)
		}
	}
}

// maxLine is the greatest size of a line in bytes: a transcript of four hours that
// has lost its line ends has a quarter of it.
const maxLine = 2 << 20

func longestLine(text string) int {
	longest := 0
	for line := range strings.Lines(text) {
		longest = max(longest, len(line))
	}
	return longest
}

// Stamp is a digest of the bytes of a file and of what is declared for it: the
// same stamp means that [Read] would return the same. Nothing is decoded or
// parsed. The error is a [*Refusal].
func Stamp(e Entry, l Limits) (string, error) {
	data, refused := contents(e, l)
	if refused != nil {
		return "", refused
	}
	declared, err := json.Marshal(e.Declared)
	if err != nil {
		return "", refuse(e.Name, "its metadata cannot be used: %v", err)
	}
	return digest(data) + "-" + digest(declared)[:16], nil
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// contents reads the bytes of a file within the limits.
func contents(e Entry, l Limits) ([]byte, *Refusal) {
	info, err := fs.Stat(e.fsys, e.path)
	if err != nil {
		return nil, refuseError(e.Name, err)
	}
	if !info.Mode().IsRegular() {
		return nil, refuse(e.Name, "it is not a regular file")
	}
	if info.Size() > l.size() {
		return nil, tooLarge(e, l)
	}
	file, err := e.fsys.Open(e.path)
	if err != nil {
		return nil, refuseError(e.Name, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, l.size()+1))
	if err != nil {
		return nil, refuseError(e.Name, err)
	}
	if int64(len(data)) > l.size() {
		return nil, tooLarge(e, l)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, refuse(e.Name, "it is empty")
	}
	return data, nil
}

func tooLarge(e Entry, l Limits) *Refusal {
	return refuse(e.Name, "it is larger than %d bytes, the limit for one file: split it", l.size())
}

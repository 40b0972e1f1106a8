package segment

import (
	"demarche/index/source"
	"demarche/search"
)

// Document is what one file holds: one or more language versions.
type Document struct {
	Source   search.Source
	Declared []source.Declared
	// Fields are the fields of the file that have no meaning of their own, such as
	// the name of a site or the holder of an office.
	Fields   []source.Field
	Versions []Version
	Repairs  []search.Repair
}

// Version is one run of one language in a file.
type Version struct {
	Lang string
	// Title is the heading as read in the text, lines joined; "" when there is
	// none.
	Title string
	// Front are the lines that are not paragraphs, in order: headings, date
	// lines, press-release numbers, bullets of metadata, signatures.
	Front []Line
	// Paragraphs have no ID, Passage, Attributions or Mentions yet.
	Paragraphs []search.Paragraph
}

// LineKind says what a line that is not a paragraph is.
type LineKind string

// What lines that are not paragraphs are.
const (
	Heading   LineKind = "heading"
	DateLine  LineKind = "date"
	Reference LineKind = "reference" // press-release numbers, document symbols
	Meta      LineKind = "meta"      // other bullets of metadata
	Signature LineKind = "signature" // place and date at the end, names
)

// Line is a line of a version that is not a paragraph.
type Line struct {
	Kind LineKind
	Text string
	// Origin is the span in the file's decoded text, in bytes.
	Origin search.Span
}

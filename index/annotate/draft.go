package annotate

import (
	"demarche/index/segment"
	"demarche/search"
)

// Draft is what is known of one file before it is set beside others. It
// survives a round trip through JSON.
type Draft struct {
	// Document is the file as segmented; its paragraphs carry Mentions and
	// Attributions. By of an attribution holds only the parties that the
	// paragraph names: the speaker is known for certain once versions are
	// aligned.
	Document segment.Document
	// Notes are parallel to Document.Versions.
	Notes []Notes
}

// Notes are what a version says of itself, or what was declared for it. A
// provenance is [search.Unknown] where its value is empty.
type Notes struct {
	Title           string
	TitleProvenance search.Provenance
	Date            search.Date
	DateProvenance  search.Provenance
	// DateEvidence points into the file (Evidence.File is set); it is zero
	// unless the date is stated.
	DateEvidence search.Evidence
	// Kind is a lower-case word such as "statement"; "" when unknown.
	Kind   string
	Actors []search.Actor
	URL    string
	// Statement is the declared key that joins files; "" when none was.
	Statement string
}

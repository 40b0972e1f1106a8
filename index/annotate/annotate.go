// Package annotate reads in a segmented document who speaks, when, and whom
// its paragraphs hold responsible for malicious cyber activity.
//
// It looks at one file at a time: what versions tell each other is the matter
// of index/align.
package annotate

import (
	"demarche/index/gazetteer"
	"demarche/index/segment"
)

// Annotator reads documents. It is safe for use by many goroutines.
type Annotator struct {
	gazetteer *gazetteer.Gazetteer
}

// New makes an annotator that knows the names of g.
func New(g *gazetteer.Gazetteer) *Annotator {
	return &Annotator{gazetteer: g}
}

// Annotate reads a document. It changes the paragraphs of d.
func (a *Annotator) Annotate(d segment.Document) Draft {
	return Draft{Document: d, Notes: make([]Notes, len(d.Versions))}
}

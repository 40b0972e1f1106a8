package sample

import (
	_ "embed"
	"strings"

	"demarche/search"
)

//go:embed wordings.txt
var wordings string

// Wordings returns sentences that are made to be found, or not, by words in their
// inflections and spellings: each a statement of one paragraph. Statement and
// paragraph have one ID, which begins with the language: "en12".
func Wordings() []search.Statement {
	var all []search.Statement
	for line := range strings.Lines(wordings) {
		id, text, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || id == "#" {
			continue
		}
		p := search.Paragraph{ID: id, Position: 1, Text: text}
		all = append(all, search.Statement{ID: id, Versions: []search.Version{{Lang: id[:2], Paragraphs: []search.Paragraph{p}}}})
	}
	return all
}

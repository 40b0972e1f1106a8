package annotate

import (
	"io/fs"
	"strings"

	"demarche/index/phrase"
)

// readRoles reads the words that have a role in the grammar of a language which the
// program asks for, and no pattern.
func (l *language) readRoles(files fs.FS, name string) error {
	rows, err := readTable(files, name)
	if err != nil {
		return err
	}
	l.roles = map[string]map[string]bool{}
	for _, row := range rows {
		if row[0] != l.code {
			continue
		}
		words := map[string]bool{}
		for word := range strings.SplitSeq(row[2], ";") {
			words[phrase.Fold(word)] = true
		}
		l.roles[row[1]] = words
	}
	return nil
}

// plays reports whether the words at a symbol have a role.
func (r *reading) plays(role string, s *sentence, i int) bool {
	return r.lang.roles[role][phrase.Fold(marked(r.passage.text, s, i))]
}

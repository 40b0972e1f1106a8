package annotate

import (
	"fmt"
	"io/fs"

	"demarche/index/phrase"
	"demarche/index/segment"
)

// readKinds reads rows of language, kind and a word of titles that tells it.
func (l *language) readKinds(files fs.FS, name string) error {
	rows, err := readTable(files, name)
	if err != nil {
		return err
	}
	l.kindWords = phrase.NewSet()
	for i, row := range rows {
		if row[0] != l.code {
			continue
		}
		if err := l.kindWords.Add(row[2], len(l.kinds)); err != nil {
			return fmt.Errorf("%s, row %d: %w", name, i+2, err)
		}
		l.kinds = append(l.kinds, row[1])
	}
	return nil
}

// kind is the kind of statement that the first telling word of the title, or
// else of a heading, names; "" where none does.
func (l *language) kind(title string, front []segment.Line) string {
	texts := []string{title}
	for _, line := range front {
		if line.Kind == segment.Heading {
			texts = append(texts, line.Text)
		}
	}
	for _, text := range texts {
		tokens := phrase.Tokens(text)
		for i := range tokens {
			if m, ok := l.kindWords.At(text, tokens, i); ok {
				return l.kinds[m.Values[0]]
			}
		}
	}
	return ""
}

package annotate

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"demarche/index/gazetteer"
)

// readWords reads rows of a class and its words. Rows that cannot be used are
// named in the error; all others are taken in. A class that no row has had before is
// a new one where classes may be, else a mistake: no rule asks for it, or the program
// itself tells which words are of it.
func (l *language) readWords(files fs.FS, name string, newClasses bool) error {
	f, err := files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	r := gazetteer.NewReader(f)
	if header, err := r.Read(); err != nil || strings.Join(header, ",") != "class,words" {
		return &gazetteer.RowError{File: name, Line: 1, Reason: "the header must be class,words"}
	}
	var errs []error
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return errors.Join(errs...)
		}
		line, _ := r.FieldPos(0)
		if err != nil {
			return errors.Join(append(errs, &gazetteer.RowError{File: name, Line: line, Reason: gazetteer.Syntax(err)})...)
		}
		if column, err := l.take(row, newClasses); err != nil {
			errs = append(errs, &gazetteer.RowError{File: name, Line: line, Column: column, Reason: err.Error()})
		}
	}
}

// take takes in a row of words, and names the column that is wrong.
func (l *language) take(row []string, newClasses bool) (column string, err error) {
	if len(row) != 2 {
		return "", fmt.Errorf("%d fields where there must be two, class and words: part several words with a semicolon, not with a comma", len(row))
	}
	class := strings.TrimSpace(row[0])
	if newClasses {
		l.worded[class] = true
	}
	if !l.worded[class] {
		return "class", fmt.Errorf("there is no class %q: use one that a row of words.%s.csv has", class, l.code)
	}
	for words := range strings.SplitSeq(row[1], ";") {
		words = strings.TrimSpace(words)
		if err := l.grammar.Word(class, words); err != nil {
			return "words", err
		}
		if c, _ := l.grammar.Class(class); l.class.cyberspace().Has(c) {
			if err := l.about.Add(words, 0); err != nil {
				return "words", err
			}
		}
	}
	return "", nil
}

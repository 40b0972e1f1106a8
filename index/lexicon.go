package index

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"demarche/index/annotate"
	"demarche/index/gazetteer"
)

// Lexicon is what files are read with: names of states, bodies and groups, and the
// words that tell who is held responsible.
type Lexicon struct {
	names     *gazetteer.Gazetteer
	annotator *annotate.Annotator
	// digest is that of the user's own files; "" where there are none.
	digest string
}

// LoadLexicon reads the names and words that ship with the program, and those of
// a user's own folder; "" for no folder. Where a row of the folder cannot be used,
// the error names each such row and nothing is loaded: an index made without it
// would lack what the row says and nobody would know.
func LoadLexicon(dir string) (*Lexicon, error) {
	if dir == "" {
		names, err := gazetteer.Load()
		if err != nil {
			return nil, err
		}
		return &Lexicon{names: names, annotator: annotate.New(names)}, nil
	}
	own := os.DirFS(dir)
	digest, err := digestOf(own)
	if err != nil {
		return nil, fmt.Errorf("no names or words can be read from %s: %w", dir, err)
	}
	names, badNames := gazetteer.Load(own)
	annotator, badWords := annotate.Extended(names, own)
	if err := errors.Join(badNames, badWords); err != nil {
		return nil, fmt.Errorf("the names and words in %s cannot be used, so nothing was done. Mend these rows and try again:\n%w", dir, err)
	}
	return &Lexicon{names, annotator, digest}, nil
}

// Names are the names of the lexicon.
func (l *Lexicon) Names() *gazetteer.Gazetteer { return l.names }

// digestOf is a digest of the names and contents of the CSV files of a folder.
func digestOf(folder fs.FS) (string, error) {
	files, err := fs.Glob(folder, "*.csv")
	if err != nil {
		return "", err
	}
	if _, err := fs.Stat(folder, "."); err != nil {
		return "", errors.New("there is no such folder")
	}
	if len(files) == 0 {
		return "", errors.New("it holds no CSV file: put files such as groups.csv or words.en.csv into it")
	}
	sum := sha256.New()
	for _, name := range files {
		content, err := fs.ReadFile(folder, name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "%s %d\n%s", filepath.Base(name), len(content), content)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// orShipped is the given lexicon, or the one that ships with the program.
func orShipped(l *Lexicon) (*Lexicon, error) {
	if l != nil {
		return l, nil
	}
	return LoadLexicon("")
}

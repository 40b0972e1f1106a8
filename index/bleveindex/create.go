package bleveindex

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	bleveapi "github.com/blevesearch/bleve_index_api"

	"demarche/index/analysis"
	"demarche/search"
)

// Create writes one generation to dir, which must hold no index; it may hold
// other files, which then belong to the generation. progress, unless nil, is told
// how many statements are written.
//
// An error of the sequence, of the disk or of ctx ends it and leaves in dir
// what [Open] refuses; the caller removes it. Forcing the files to disk is up
// to the caller too, who knows when they begin to count.
func Create(ctx context.Context, dir string, made Made, statements iter.Seq2[search.Statement, error], progress func(done int)) error {
	w, err := newWriter(dir, made)
	if err != nil {
		return err
	}
	for s, err := range statements {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = w.add(&s)
		}
		if err != nil {
			return errors.Join(err, w.abandon())
		}
		if progress != nil {
			progress(w.manifest.Statements)
		}
	}
	return w.finish(ctx)
}

// A writer fills the parts of a generation, each with every statement.
type writer struct {
	dir      string
	records  *recordWriter
	columns  columnBuilder
	terms    bleve.Builder // nil until there is a paragraph: Bleve's cannot build an index of none
	lengths  map[string]fieldLength
	manifest Manifest
}

func newWriter(dir string, made Made) (*writer, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	for _, name := range []string{manifestName, termsName, columnsName, recordsName} {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return nil, fmt.Errorf("in %s there is an index: one is only written to a new folder", dir)
		}
	}
	records, err := createRecords(filepath.Join(dir, recordsName))
	if err != nil {
		return nil, err
	}
	return &writer{
		dir:      dir,
		records:  records,
		lengths:  map[string]fieldLength{},
		manifest: Manifest{Format: Format, Made: made},
	}, nil
}

func (w *writer) add(s *search.Statement) error {
	number, err := w.records.add(s)
	if err != nil {
		return err
	}
	w.columns.add(s)
	w.manifest.Statements++
	w.manifest.Versions += len(s.Versions)
	for _, v := range s.Versions {
		for _, p := range v.Paragraphs {
			if err := w.addTerms(number, v.Lang, p.Text); err != nil {
				return fmt.Errorf("paragraph %q: %w", p.ID, err)
			}
			number++
		}
	}
	return nil
}

// addTerms gives Bleve a paragraph under its number in records.db.
func (w *writer) addTerms(number uint32, lang, text string) error {
	if w.terms == nil {
		if err := w.startTerms(); err != nil {
			return err
		}
	}
	w.manifest.Paragraphs++
	fields := termsOf(lang, analysis.Tokens(lang, text))
	for field, terms := range fields {
		l := w.lengths[field]
		l.Documents++
		l.Terms += len(terms)
		w.lengths[field] = l
	}
	return w.terms.Index(strconv.Itoa(int(number)), fields)
}

// documentsPerSegment and segmentsPerMerge are how many paragraphs Bleve keeps
// in memory (about 60 MB) and how many segments it then merges into one.
const (
	documentsPerSegment = 10_000
	segmentsPerMerge    = 50
)

func (w *writer) startTerms() (err error) {
	w.terms, err = bleve.NewBuilder(filepath.Join(w.dir, termsName), newMapping(), map[string]any{
		"batchSize":       documentsPerSegment,
		"mergeMax":        segmentsPerMerge,
		"buildPathPrefix": w.dir, // not the system's folder, which can be small
	})
	return err
}

func (w *writer) finish(ctx context.Context) error {
	w.manifest.Generation = hex.EncodeToString(w.records.digest.Sum(nil)[:8])
	if err := w.records.finish(); err != nil {
		return err
	}
	numbers, err := w.finishTerms(ctx)
	if err != nil {
		return err
	}
	columns := w.columns.finish(numbers)
	columns.Lengths = w.lengths
	if err := columns.write(filepath.Join(w.dir, columnsName)); err != nil {
		return err
	}
	return w.manifest.write(w.dir)
}

// finishTerms ends the Bleve index and reads back in which order it has the
// paragraphs: by document number, their numbers in records.db.
func (w *writer) finishTerms(ctx context.Context) (numbers []uint32, err error) {
	if w.terms == nil {
		return nil, nil
	}
	if err := w.terms.Close(); err != nil {
		return nil, err
	}
	t, err := openTerms(w.dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	for document := range w.manifest.Paragraphs {
		id, err := t.reader.ExternalID(bleveapi.NewIndexInternalID(nil, uint64(document)))
		if err != nil {
			return nil, err
		}
		number, err := strconv.ParseUint(id, 10, 32)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, uint32(number))
	}
	return numbers, ctx.Err()
}

func (w *writer) abandon() error { return w.records.abandon() }

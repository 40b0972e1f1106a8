package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveapi "github.com/blevesearch/bleve_index_api"

	"demarche/search"
)

// An Engine answers from one generation. It implements search.Engine.
type Engine struct {
	manifest *Manifest
	records  *records
	columns  *columns
	terms    *terms // nil where there is no paragraph
	titles   titleCache

	vocabulary vocabulary

	// open is held for reading by every running call and for writing by Close.
	open   sync.RWMutex
	closed bool
}

// ErrClosed answers calls that come after Close.
var ErrClosed = errors.New("the index is closed")

// Open opens the generation in dir for reading. It never writes to dir, even
// where that is damaged: an error says what is wrong with which file. The error
// is an fs.ErrNotExist where dir holds no index.
func Open(dir string) (*Engine, error) {
	m, err := Verify(dir)
	if err != nil {
		return nil, err
	}
	e := &Engine{manifest: m}
	if err := e.openParts(dir); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return e, nil
}

func (e *Engine) openParts(dir string) (err error) {
	if e.columns, err = readColumns(filepath.Join(dir, columnsName)); err != nil {
		return err
	}
	if n := e.columns.documents(); n != e.manifest.Paragraphs {
		return fmt.Errorf("%w: in %s %d paragraphs have columns, %d are in it", ErrDamaged, dir, n, e.manifest.Paragraphs)
	}
	if e.records, err = openRecords(filepath.Join(dir, recordsName)); err != nil {
		return err
	}
	if e.manifest.Paragraphs > 0 {
		if e.terms, err = openTerms(dir); err == nil {
			e.vocabulary.fill(e)
		}
	}
	return err
}

// terms is the Bleve index of a generation.
type terms struct {
	index bleve.Index
	// reader is the one snapshot of an index that is only read. Many
	// goroutines can use it at once.
	reader bleveapi.IndexReader
	// segment is its only one: a build merges all into one.
	segment *scorch.SegmentSnapshot
}

// openTerms opens read-only: opened for writing, Bleve deletes the segments of
// an index whose root.bolt it cannot read.
func openTerms(dir string) (*terms, error) {
	index, err := bleve.OpenUsing(filepath.Join(dir, termsName), map[string]any{
		"read_only":    true,
		"bolt_timeout": lockTimeout.String(),
	})
	if err != nil {
		return nil, fmt.Errorf("opening the terms of the index in %s: %w", dir, err)
	}
	reader, err := snapshot(index)
	if err != nil {
		return nil, errors.Join(err, index.Close())
	}
	t := &terms{index: index, reader: reader}
	if s, ok := reader.(*scorch.IndexSnapshot); ok && len(s.Segments()) == 1 {
		t.segment = s.Segments()[0]
		return t, nil
	}
	return nil, errors.Join(fmt.Errorf("%w: the terms of %s are not in one segment", ErrDamaged, dir), t.close())
}

func snapshot(index bleve.Index) (bleveapi.IndexReader, error) {
	advanced, err := index.Advanced()
	if err != nil {
		return nil, err
	}
	return advanced.Reader()
}

func (t *terms) close() error { return errors.Join(t.reader.Close(), t.index.Close()) }

// Close waits for running calls and closes the files.
func (e *Engine) Close() error {
	e.vocabulary.end()
	e.open.Lock()
	defer e.open.Unlock()
	if e.closed {
		return nil
	}
	e.closed = true
	var errs []error
	if e.terms != nil {
		errs = append(errs, e.terms.close())
	}
	if e.records != nil {
		errs = append(errs, e.records.close())
	}
	return errors.Join(errs...)
}

// begin keeps the engine open until end is called.
func (e *Engine) begin(ctx context.Context) (end func(), err error) {
	e.open.RLock()
	if e.closed {
		err = ErrClosed
	} else {
		err = ctx.Err()
	}
	if err != nil {
		e.open.RUnlock()
		return nil, err
	}
	return e.open.RUnlock, nil
}

// Manifest says what the generation is and was made of.
func (e *Engine) Manifest() Manifest { return *e.manifest }

// Info says what the generation holds.
func (e *Engine) Info() search.Info { return e.manifest.info() }

// Statement returns a statement with all versions, or search.ErrNotFound.
func (e *Engine) Statement(ctx context.Context, id string) (s *search.Statement, err error) {
	end, err := e.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	err = e.records.view(func(r recordReader) error {
		n, err := r.number(statementIDBucket, id)
		if err == nil {
			s, err = r.whole(n)
		}
		return err
	})
	return s, err
}

// Paragraph returns a paragraph as a hit without score and highlights, or
// search.ErrNotFound.
func (e *Engine) Paragraph(ctx context.Context, id string) (hit *search.Hit, err error) {
	end, err := e.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	err = e.records.view(func(r recordReader) error {
		n, err := r.number(paragraphIDBucket, id)
		if err == nil {
			hit, err = (&hitReader{records: r}).hit(n)
		}
		return err
	})
	return hit, err
}

// Package memindex answers searches by looking at every paragraph. It is the
// oracle that other engines are compared with and the engine of tests of pages:
// simple enough to be seen to be right, and fast enough for a few thousand
// paragraphs. It keeps nothing on disk and is not meant to serve readers.
package memindex

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"demarche/index/plan"
	"demarche/search"
)

// Engine holds statements in memory. It implements [search.Engine].
type Engine struct {
	statements map[string]*search.Statement
	// docs are in the order of [search.Place.CompareNewest].
	docs       []doc
	paragraphs map[string]*doc
	fields     map[string]*field // by the names that fieldOf gives
	languages  []string
	info       search.Info
}

// doc is a paragraph with all that a search looks at or shows.
type doc struct {
	*plan.Doc
	// hit has neither score nor highlights.
	hit search.Hit
}

// New returns an engine over statements, which the caller must not change any
// more.
func New(statements []search.Statement) *Engine {
	e := &Engine{statements: map[string]*search.Statement{}, paragraphs: map[string]*doc{}, fields: map[string]*field{}}
	for i := range statements {
		e.add(&statements[i])
	}
	slices.SortFunc(e.docs, func(a, b doc) int { return a.hit.Place().CompareNewest(b.hit.Place()) })
	for i := range e.docs {
		e.paragraphs[e.docs[i].hit.Paragraph.ID] = &e.docs[i]
		e.count(e.docs[i].Doc)
	}
	e.info.Statements = len(e.statements)
	e.info.Paragraphs = len(e.docs)
	e.info.Generation = digest(statements)
	return e
}

func (e *Engine) add(s *search.Statement) {
	e.statements[s.ID] = s
	e.info.Versions += len(s.Versions)
	for i := range s.Versions {
		v := &s.Versions[i]
		if !slices.Contains(e.languages, v.Lang) {
			e.languages = append(e.languages, v.Lang)
		}
		for j := range v.Paragraphs {
			p := &v.Paragraphs[j]
			e.docs = append(e.docs, doc{plan.NewDoc(s, v, p), search.Hit{
				Paragraph: *p,
				Lang:      v.Lang,
				Statement: s.Header(v),
				Versions:  s.Siblings(v, p),
			}})
		}
	}
}

func digest(statements []search.Statement) string {
	h := sha256.New()
	for _, s := range statements {
		// Statements are made of strings, numbers and lists: nothing can fail.
		_ = json.NewEncoder(h).Encode(s)
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// Statement returns a statement with all versions.
func (e *Engine) Statement(ctx context.Context, id string) (*search.Statement, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s := e.statements[id]
	if s == nil {
		return nil, fmt.Errorf("statement %q: %w", id, search.ErrNotFound)
	}
	return s, nil
}

// Paragraph returns a paragraph as a hit without score and highlights.
func (e *Engine) Paragraph(ctx context.Context, id string) (*search.Hit, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	d := e.paragraphs[id]
	if d == nil {
		return nil, fmt.Errorf("paragraph %q: %w", id, search.ErrNotFound)
	}
	hit := d.hit
	return &hit, nil
}

// Info says what the engine holds.
func (e *Engine) Info() search.Info { return e.info }

// Close does nothing.
func (e *Engine) Close() error { return nil }

package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"

	"demarche/index/align"
	"demarche/index/annotate"
	"demarche/index/bleveindex"
	"demarche/index/gazetteer"
	"demarche/search"
)

// publish makes a generation of what is stored when the current one is not that
// already.
func (b *builder) publish(ctx context.Context) error {
	_, m, err := b.generations.manifest()
	if err == nil && m.Made == b.made() && !b.anew {
		b.report.Statements, b.report.Paragraphs = m.Statements, m.Paragraphs
		return nil
	}
	if number, unread := b.generations.current(); number == 0 && unread == nil && len(b.store.Records()) == 0 && !b.anew {
		return nil
	}
	statements, err := b.statements(ctx)
	if err != nil {
		return err
	}
	b.report.Statements, b.report.Paragraphs = len(statements), countParagraphs(statements)
	_, err = b.generations.add(ctx, func(dir string) error {
		b.steps.begin(Writing, b.report.Paragraphs)
		if err := b.archive(dir); err != nil {
			return err
		}
		return bleveindex.Create(ctx, dir, b.made(), each(statements), b.steps.reached)
	})
	return err
}

// made says what a generation of this run is made of.
func (b *builder) made() bleveindex.Made {
	p := b.store.Position()
	return bleveindex.Made{Format: Format, Lexicon: b.words, Store: p.Store, Position: p.Number}
}

// archive puts the stored files beside the index that is made of them.
func (b *builder) archive(dir string) error {
	f, err := os.OpenFile(filepath.Join(dir, archiveName), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(b.store.Export(f), f.Close())
}

func (b *builder) statements(ctx context.Context) ([]search.Statement, error) {
	b.steps.begin(Joining, 0)
	drafts, err := b.drafts()
	if err != nil {
		return nil, err
	}
	return join(ctx, drafts, b.lexicon.names)
}

// draft is the JSON of an [annotate.Draft] with the name of its file.
type draft struct {
	name    string
	content json.RawMessage
}

// join makes statements of drafts.
func join(ctx context.Context, encoded []draft, g *gazetteer.Gazetteer) ([]search.Statement, error) {
	drafts := make([]annotate.Draft, len(encoded))
	for i, d := range encoded {
		if err := json.Unmarshal(d.content, &drafts[i]); err != nil {
			return nil, fmt.Errorf("what was made of %s does not read (%w): run demarche rebuild", d.name, err)
		}
	}
	return align.Statements(ctx, drafts, g)
}

func countParagraphs(statements []search.Statement) int {
	n := 0
	for _, s := range statements {
		for _, v := range s.Versions {
			n += len(v.Paragraphs)
		}
	}
	return n
}

func each(statements []search.Statement) iter.Seq2[search.Statement, error] {
	return func(yield func(search.Statement, error) bool) {
		for _, s := range statements {
			if !yield(s, nil) {
				return
			}
		}
	}
}

package index

import (
	"context"
	"slices"
	"strings"

	"demarche/index/source"
	"demarche/index/store"
	"demarche/search"
)

// Inspect makes statements of files and folders as [Build] does, without
// storing anything. Files are named as paths names them; nil is the lexicon that
// ships with the program.
func Inspect(ctx context.Context, paths []string, l *Lexicon) ([]search.Statement, []source.Refusal, error) {
	entries, refused := source.Find(paths)
	files := make([]file, len(entries))
	for i, e := range entries {
		files[i] = file{e, e.Name}
	}
	statements, unread, err := understand(ctx, files, l)
	return statements, append(refused, unread...), err
}

// Corpus makes statements of the files that ship with the program.
func Corpus(ctx context.Context) ([]search.Statement, error) {
	statements, _, err := understand(ctx, shippedFiles(place{}), nil)
	return statements, err
}

func understand(ctx context.Context, files []file, l *Lexicon) ([]search.Statement, []source.Refusal, error) {
	l, err := orShipped(l)
	if err != nil {
		return nil, nil, err
	}
	r := newReader(l)
	var (
		readings []reading
		refusals []source.Refusal
		drafts   []draft
	)
	err = all(ctx, files, func(f file) reading { return r.read(f, store.Record{}, false) }, func(r reading) error {
		readings = append(readings, r)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	slices.SortFunc(readings, func(a, b reading) int { return strings.Compare(a.Name, b.Name) })
	for _, r := range readings {
		refusals = append(refusals, r.refused...)
		if r.how == renewed {
			drafts = append(drafts, draft{r.Name, r.Draft})
		}
	}
	statements, err := join(ctx, drafts, l.names)
	return statements, refusals, err
}

package index

import (
	"context"

	"demarche/index/gazetteer"
	"demarche/index/source"
	"demarche/search"
)

// Inspect makes statements of files and folders as [Build] does, without
// storing anything. Files are named as paths names them.
func Inspect(ctx context.Context, paths []string) ([]search.Statement, []source.Refusal, error) {
	entries, refused := source.Find(paths)
	files := make([]file, len(entries))
	for i, e := range entries {
		files[i] = file{e, e.Name}
	}
	statements, unread, err := understand(ctx, files)
	return statements, append(refused, unread...), err
}

// Corpus makes statements of the files that ship with the program.
func Corpus(ctx context.Context) ([]search.Statement, error) {
	statements, _, err := understand(ctx, shippedFiles(place{}))
	return statements, err
}

func understand(ctx context.Context, files []file) ([]search.Statement, []source.Refusal, error) {
	g, err := gazetteer.Load()
	if err != nil {
		return nil, nil, err
	}
	readings, err := newReader(g).readAll(ctx, files, nil, func(int) {})
	if err != nil {
		return nil, nil, err
	}
	var (
		records  []record
		refusals []source.Refusal
	)
	for _, r := range readings {
		refusals = append(refusals, r.refused...)
		if r.how == renewed {
			records = append(records, r.record)
		}
	}
	statements, err := join(ctx, records, g)
	return statements, refusals, err
}

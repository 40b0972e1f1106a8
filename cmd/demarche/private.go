package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"

	"demarche/index"
	"demarche/index/door"
)

// openDoor lets 'demarche index' ask this process to index. A server that
// cannot offer that serves all the same.
func openDoor(ctx context.Context, data string, log *slog.Logger) (closeDoor func()) {
	d, err := door.Open(ctx, data, func(ctx context.Context, r door.Request, tell func(index.Event)) (index.Report, error) {
		words, err := lexicon(r.Lexicon)
		if err != nil {
			return index.Report{}, err
		}
		return index.Build(ctx, index.Options{Data: data, Paths: r.Paths, Lexicon: words, Progress: tell})
	}, log)
	if err != nil {
		log.Warn("'demarche index' works beside this server, not through it", "error", err)
		return func() {}
	}
	return func() {
		if err := d.Close(); err != nil {
			log.Warn("the private socket did not close cleanly", "error", err)
		}
	}
}

// indexThrough indexes through the server of the data directory where one runs, and
// otherwise in this process. own is the folder that o.Lexicon was loaded from.
func indexThrough(ctx context.Context, o index.Options, own string) (index.Report, error) {
	r := door.Request{Paths: make([]string, len(o.Paths))}
	for i, p := range o.Paths {
		var err error
		if r.Paths[i], err = filepath.Abs(p); err != nil {
			return index.Report{}, err
		}
	}
	if own != "" {
		var err error
		if r.Lexicon, err = filepath.Abs(own); err != nil {
			return index.Report{}, err
		}
	}
	report, err := door.Ask(ctx, o.Data, r, o.Progress)
	if errors.Is(err, door.ErrNobody) {
		return index.Build(ctx, o)
	}
	return report, err
}

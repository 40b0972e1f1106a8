package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"

	"demarche/index"
	"demarche/index/gazetteer"
	"demarche/search"
	"demarche/web"
)

// openIndex opens the index of a data folder, filled first where it holds none
// that this program can read.
func openIndex(ctx context.Context, dir string, log *slog.Logger, stderr io.Writer) (search.Engine, error) {
	if err := index.Ensure(ctx, index.Options{Data: dir, Progress: progress(stderr)}); err != nil {
		return nil, err
	}
	return index.Open("bleve:"+dir, log)
}

// newSite is the site over an engine.
func newSite(engine search.Engine, log *slog.Logger) (http.Handler, error) {
	names, err := gazetteer.Load()
	if err != nil {
		return nil, err
	}
	b := readBuild()
	return web.New(web.Config{Engine: engine, Names: names, Log: log, Version: b.Version + " " + b.Commit})
}

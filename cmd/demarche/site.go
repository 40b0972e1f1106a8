package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"demarche/index"
	"demarche/web"
)

// openIndex opens the index of a data folder, filled first where it holds none
// that this program can read or one of other words than those given; nil words
// are those it was made with.
func openIndex(ctx context.Context, dir string, words *index.Lexicon, log *slog.Logger, stderr io.Writer) (*index.Live, error) {
	return index.Start(ctx, index.Options{Data: dir, Lexicon: words, Progress: progress(stderr)}, log)
}

// newSite is the site over an engine, which shows names as words has them, or nil
// for those that ship. What c leaves open is filled in.
func newSite(engine *index.Live, words *index.Lexicon, c web.Config) (*web.Site, error) {
	if words == nil {
		var err error
		if words, err = index.LoadLexicon(""); err != nil {
			return nil, err
		}
	}
	b := readBuild()
	c.Engine, c.Names, c.Version = engine, words.Names(), b.Version+" "+b.Commit
	c.Troubles = func() []string { return troubles(engine.Health()) }
	return web.New(c)
}

// troubles are what is wrong with an index, for /readyz.
func troubles(h index.Health) []string {
	var all []string
	if h.Problem != "" {
		all = append(all, fmt.Sprintf("generation %d answers: %s", h.Generation, h.Problem))
	}
	if h.Mending {
		all = append(all, "the index is being made again")
	}
	return all
}

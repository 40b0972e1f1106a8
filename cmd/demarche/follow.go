package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"demarche/index/watch"
)

// follow does once now and whenever something below paths has changed, until
// the context ends, which is how it is meant to end. What goes wrong is said
// when it begins and tried again.
func follow(ctx context.Context, paths []string, stderr io.Writer, once func() error) {
	ticks := time.NewTicker(watch.Every)
	defer ticks.Stop()
	said := ""
	watch.Changes(ctx, paths, ticks.C, func() bool {
		err := once()
		if err == nil || ctx.Err() != nil {
			said = ""
			return true
		}
		if err.Error() != said {
			said = err.Error()
			fmt.Fprintf(stderr, "demarche: %s\n", plainLines(said))
		}
		// What is wrong with a path is in the report; it comes right when the
		// path changes. Anything else may come right by itself.
		return errors.Is(err, errIncomplete)
	})
}

package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"demarche/index"
)

// progress shows how far a build is: a bar a step on a terminal, a line a step
// elsewhere.
func progress(w io.Writer) func(index.Event) {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return bars(w)
	}
	return lines(w)
}

// lines prints a step when it begins.
func lines(w io.Writer) func(index.Event) {
	var step index.Step
	return func(e index.Event) {
		if e.Step == step {
			return
		}
		step = e.Step
		if e.Total > 0 {
			fmt.Fprintf(w, "%s: %d\n", e.Step, e.Total)
		} else {
			fmt.Fprintf(w, "%s\n", e.Step)
		}
	}
}

func bars(w io.Writer) func(index.Event) {
	var (
		step index.Step
		bar  *progressbar.ProgressBar
	)
	return func(e index.Event) {
		if e.Total == 0 {
			return
		}
		if e.Step != step {
			step, bar = e.Step, newBar(w, e)
		}
		// The bar fails only where its terminal does, which is no reason to
		// stop a build.
		_ = bar.Set(e.Done)
	}
}

func newBar(w io.Writer, e index.Event) *progressbar.ProgressBar {
	return progressbar.NewOptions(e.Total,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription(fmt.Sprintf("%-17s", e.Step)),
		progressbar.OptionShowCount(),
		progressbar.OptionSetWidth(30),
		progressbar.OptionThrottle(50*time.Millisecond),
		progressbar.OptionOnCompletion(func() { fmt.Fprintln(w) }))
}

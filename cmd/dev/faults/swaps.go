package faults

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// swaps exchanges the index under readers.
type swaps struct{}

func (swaps) Plan() Plan {
	return Plan{
		Name: "swaps", Does: "generations swapped while readers ask all the time",
		Expect: "no failed, empty or mixed answer",
		Unit:   "swaps", Short: 25, Full: 1000, Limit: 15 * time.Minute,
	}
}

// Sizes of a trial.
const (
	swapNotes   = 20
	swapReaders = 4
	// swapPause is between two questions of a reader: who indexes needs a
	// processor too.
	swapPause = 5 * time.Millisecond
	// swapSeen is how long a new index may take to be seen.
	swapSeen = 5 * time.Second
)

func (swaps) Run(ctx context.Context, t *Trial) error {
	w := &swapping{Trial: t}
	if err := w.prepare(ctx); err != nil {
		return err
	}
	reading, stop := context.WithCancel(ctx)
	var readers sync.WaitGroup
	for range swapReaders {
		readers.Go(func() { w.read(reading) })
	}
	t.each(ctx, w.cycle)
	stop()
	readers.Wait()
	t.note("%s answers were read meanwhile by %d readers, who between them saw the index change %s times", number(int(w.answers.Load())), swapReaders, number(int(w.crossed.Load())))
	return w.server.stop()
}

type swapping struct {
	*Trial
	notes  notes
	data   string
	server *server
	// written is the revision that is asked for now.
	written          atomic.Int64
	answers, crossed atomic.Int64
}

func (w *swapping) prepare(ctx context.Context) (err error) {
	if w.notes.dir, err = w.folder(); err != nil {
		return err
	}
	if w.data, err = w.folder(); err != nil {
		return err
	}
	if err := w.index(ctx, 1); err != nil {
		return err
	}
	// A loaded machine turns nobody away here: that is another fault.
	w.server, err = w.serve(ctx, w.data, "--max-wait", "10s")
	return err
}

// index writes all notes in one revision and indexes them.
func (w *swapping) index(ctx context.Context, revision int) error {
	w.written.Store(int64(revision))
	for i := range swapNotes {
		if err := w.notes.write(noteName(i), revision, 2, chance(i)); err != nil {
			return err
		}
	}
	_, err := w.expectDone(ctx, "index", "--data", w.data, w.notes.dir)
	return err
}

// cycle swaps once and waits until the new index is seen.
func (w *swapping) cycle(ctx context.Context, n int) error {
	revision := n + 2
	if err := w.index(ctx, revision); err != nil {
		return err
	}
	return w.until(ctx, revision)
}

// until waits until the server answers from a revision.
func (w *swapping) until(ctx context.Context, revision int) error {
	for began := time.Now(); time.Since(began) < swapSeen; {
		seen, err := w.seen(ctx)
		if err != nil || seen == revision {
			return err
		}
		time.Sleep(10 * time.Millisecond)
	}
	return fmt.Errorf("revision %d is not seen after %v", revision, swapSeen)
}

// read asks until it is stopped.
func (w *swapping) read(ctx context.Context) {
	last := 0
	for ctx.Err() == nil {
		seen, err := w.seen(ctx)
		if ctx.Err() != nil {
			return
		}
		if err == nil && seen < last {
			err = fmt.Errorf("revision %d came after %d", seen, last)
		}
		if err != nil {
			w.fail("%v", err)
		}
		if seen != last {
			w.crossed.Add(1)
		}
		last = seen
		w.answers.Add(1)
		time.Sleep(swapPause)
	}
}

// seen asks once and returns the one revision that all notes are in.
func (w *swapping) seen(ctx context.Context) (int, error) {
	there, err := w.server.revisions(ctx)
	if err != nil {
		return 0, err
	}
	if len(there) != swapNotes {
		return 0, fmt.Errorf("%d notes are found instead of %d", len(there), swapNotes)
	}
	first := there[noteName(0)]
	for note, revision := range there {
		if revision != first {
			return 0, fmt.Errorf("a mixed answer: %s is in revision %d, %s in %d", noteName(0), first, note, revision)
		}
	}
	if first > int(w.written.Load()) {
		return 0, fmt.Errorf("revision %d was not written yet", first)
	}
	return first, nil
}

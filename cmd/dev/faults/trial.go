package faults

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// Trial is one run of one fault.
type Trial struct {
	*Lab
	// Reach is how many cycles are wanted; Short that this is the small number
	// of continuous integration, so that what has no cycles is done in small too.
	Reach int
	Short bool
	// Until is when no further cycle begins.
	Until time.Time
	// Before is the trial that this one goes on from; empty for a new one.
	Before Result

	mu       sync.Mutex
	done     int
	failed   int
	failures []string
	figures  []string
	parts    map[string]int
	said     time.Time
	progress io.Writer
	name     string
}

// keptFailures are told in full; of the others the number is enough.
const keptFailures = 5

// sayEvery is how often a trial says how far it is.
const sayEvery = 5 * time.Second

// each runs cycle for 0, 1, 2… until the reach or the time is up. The error of
// a cycle is a failure of the program; the cycles go on.
func (t *Trial) each(ctx context.Context, cycle func(ctx context.Context, n int) error) {
	t.share(ctx, cycle)
}

// share is each with the cycles shared among several that run side by side.
func (t *Trial) share(ctx context.Context, among ...func(ctx context.Context, n int) error) {
	var (
		group sync.WaitGroup
		next  atomic.Int64
	)
	for _, cycle := range among {
		group.Go(func() {
			for t.goesOn(ctx) {
				n := int(next.Add(1) - 1)
				if n >= t.Reach {
					return
				}
				if err := cycle(ctx, n); err != nil && ctx.Err() == nil {
					t.fail("cycle %d: %v", n, err)
				}
				t.count(1)
			}
		})
	}
	group.Wait()
}

func (t *Trial) goesOn(ctx context.Context) bool {
	return ctx.Err() == nil && time.Now().Before(t.Until)
}

// count adds cycles that are done.
func (t *Trial) count(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done += n
	if time.Since(t.said) > sayEvery {
		t.said = time.Now()
		fmt.Fprintf(t.progress, "%s: %d of %d, %d failed\n", t.name, t.done, t.Reach, t.failed)
	}
}

// fail says that the program did not do as expected.
func (t *Trial) fail(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failed++
	message := fmt.Sprintf(format, args...)
	if len(t.failures) < keptFailures {
		t.failures = append(t.failures, message)
	}
	if t.failed <= 10*keptFailures {
		fmt.Fprintf(t.progress, "%s: FAILED: %s\n", t.name, message)
	}
}

// note keeps a figure that says how the program did.
func (t *Trial) note(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.figures = append(t.figures, fmt.Sprintf(format, args...))
}

// chance is the source of randomness of one cycle, the same in every run.
func chance(n int) *rand.Rand { return rand.New(rand.NewPCG(uint64(n), 2026)) }

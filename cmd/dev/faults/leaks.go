package faults

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"time"
)

// leaks searches and swaps for long and looks at what the server holds.
type leaks struct{}

func (leaks) Plan() Plan {
	return Plan{
		Name: "leaks", Does: "searches, and a swap of the index for every hundred of them",
		Expect: "goroutines, descriptors and heap stay as they were after the first fifth",
		Unit:   "searches", Short: 1000, Full: 10_000, Limit: 10 * time.Minute,
	}
}

// What may be more at the end than after the first fifth: what comes and goes
// with connections and the collector.
const (
	moreGoroutines  = 5
	moreDescriptors = 5
	moreHeap        = 8 << 20
)

// searchesPerSwap is how many searches there are for each swap.
const searchesPerSwap = 100

// leakQueries are asked in turn; between them they go through every kind of
// query and of page.
var leakQueries = []string{
	"/search?q=cyber", "/api/v1/search?q=" + url.QueryEscape(`"international law"`), "/api/v1/search?q=norm*",
	"/search?q=" + url.QueryEscape("states NEAR/5 means") + "&lang=en", "/", "/api/v1/suggest?q=cyb",
	"/api/v1/search?q=" + url.QueryEscape("(broken"), "/statements/nowhere", "/search?year=2021&actor=nato",
}

func (leaks) Run(ctx context.Context, t *Trial) error {
	w := &swapping{Trial: t}
	if err := w.prepare(ctx); err != nil {
		return err
	}
	defer w.server.kill()
	var early holdings
	t.each(ctx, func(ctx context.Context, n int) (err error) {
		if n%searchesPerSwap == 0 {
			if err := w.cycle(ctx, n/searchesPerSwap); err != nil {
				return err
			}
		}
		if n == t.Reach/5 {
			early, err = w.server.holds(ctx)
		}
		_, failed := w.server.get(ctx, leakQueries[n%len(leakQueries)])
		return errors.Join(err, failed)
	})
	late, err := w.server.holds(ctx)
	if err != nil {
		return err
	}
	t.note("after the first fifth: %s", early)
	t.note("at the end, after %d swaps: %s", (t.done+searchesPerSwap-1)/searchesPerSwap, late)
	if late.goroutines > early.goroutines+moreGoroutines || late.descriptors > early.descriptors+moreDescriptors || late.heap > early.heap+moreHeap {
		t.fail("it holds more and more: %s, then %s", early, late)
	}
	return w.server.stop()
}

// holdings are what a server holds while it is idle.
type holdings struct {
	goroutines, descriptors int
	// heap is in bytes, the least of several looks: in between is what the
	// collector has not collected yet.
	heap int
}

func (h holdings) String() string {
	return fmt.Sprintf("%d goroutines, %d descriptors, %.1f MB heap", h.goroutines, h.descriptors, float64(h.heap)/(1<<20))
}

// holds looks several times, with the searches in between that make the
// collector run, and takes the least of each.
func (s *server) holds(ctx context.Context) (holdings, error) {
	var least holdings
	for look := range 10 {
		for i := range 50 {
			if _, err := s.get(ctx, leakQueries[i%len(leakQueries)]); err != nil {
				return least, err
			}
		}
		now, err := s.look(ctx)
		if err != nil {
			return least, err
		}
		if look == 0 {
			least = now
		}
		least.goroutines = min(least.goroutines, now.goroutines)
		least.descriptors = min(least.descriptors, now.descriptors)
		least.heap = min(least.heap, now.heap)
	}
	return least, nil
}

func (s *server) look(ctx context.Context) (h holdings, err error) {
	a, err := s.get(ctx, "/metrics")
	if err != nil {
		return h, err
	}
	descriptors, err := s.descriptors()
	h.descriptors = descriptors
	return h, errors.Join(err, gauge(a.body, "go_goroutines", &h.goroutines), gauge(a.body, "go_memstats_heap_alloc_bytes", &h.heap))
}

// gauge finds the value of a metric.
func gauge(metrics []byte, name string, value *int) error {
	m := regexp.MustCompile(`(?m)^` + name + ` (\S+)$`).FindSubmatch(metrics)
	if m == nil {
		return fmt.Errorf("/metrics has no %s", name)
	}
	f, err := strconv.ParseFloat(string(m[1]), 64)
	*value = int(f)
	return err
}

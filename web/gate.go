package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
)

// Gate bounds how many requests ask the engine at a time. Those beyond it are
// refused at once rather than late: an engine that answers many at a time
// answers each of them slowly, and readers who waited too long are gone.
type Gate struct {
	// Running is how many are answered at a time; 0 means one a processor, and two
	// at least.
	Running int
	// Waiting is how many may wait for their turn; 0 means [DefaultWaiting],
	// below 0 none.
	Waiting int
	// Wait is how long one may wait; 0 means [DefaultWait].
	Wait time.Duration
}

// What a [Gate] has unless told otherwise.
const (
	DefaultWaiting = 16
	DefaultWait    = 200 * time.Millisecond
)

// errBusy says that a request found no place.
var errBusy = errors.New("all places at the gate are taken")

// gate is a [Gate] at work. The turn of those who wait is the order in which
// they came.
type gate struct {
	places  chan struct{}
	waiting atomic.Int64
	Gate
}

func newGate(g Gate) *gate {
	g.Running = cmp.Or(g.Running, max(2, runtime.GOMAXPROCS(0)))
	g.Waiting = max(cmp.Or(g.Waiting, DefaultWaiting), 0)
	g.Wait = cmp.Or(g.Wait, DefaultWait)
	return &gate{places: make(chan struct{}, g.Running), Gate: g}
}

// enter takes a place, for which it waits if it has to. It fails with
// [errBusy] or with the context.
func (g *gate) enter(ctx context.Context) error {
	select {
	case g.places <- struct{}{}:
		return nil
	default:
	}
	defer g.waiting.Add(-1)
	if g.waiting.Add(1) > int64(g.Waiting) {
		return errBusy
	}
	timer := time.NewTimer(g.Wait)
	defer timer.Stop()
	select {
	case g.places <- struct{}{}:
		return nil
	case <-timer.C:
		return errBusy
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g *gate) leave() { <-g.places }

// guard lets a request of a guarded route through the gate.
func (s *site) guard(c *gin.Context) {
	if !s.guarded[c.FullPath()] {
		return
	}
	if err := s.gate.enter(c); err != nil {
		s.turnAway(c, "gate", http.StatusServiceUnavailable)
		return
	}
	// Requests that have come meanwhile get to the gate before this one is at
	// work: with a search to each processor, they would wait for one of those in
	// no order and for no bounded time, where nobody refuses them.
	runtime.Gosched()
	w := &leaving{ResponseWriter: c.Writer, leave: s.gate.leave}
	defer w.once()
	c.Writer = w
	c.Next()
}

// leaving gives the place at the gate back when the answer is made and begins
// to be sent: readers who take it in slowly keep no other from asking.
type leaving struct {
	gin.ResponseWriter
	leave func()
}

func (w *leaving) once() {
	if w.leave != nil {
		w.leave()
		w.leave = nil
	}
}

func (w *leaving) Write(b []byte) (int, error) {
	w.once()
	return w.ResponseWriter.Write(b)
}

func (w *leaving) WriteString(s string) (int, error) {
	w.once()
	return w.ResponseWriter.WriteString(s)
}

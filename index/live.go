package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"demarche/search"
)

// ErrNoIndex says that nothing was indexed yet.
var ErrNoIndex = errors.New("there is no index yet: run demarche index PATH")

// lookEvery is how often CURRENT is looked at, at most: once in that time, when
// the engine is used.
const lookEvery = time.Second

// live is the engine of a data directory. It answers from the current
// generation; answers that began on an older one end there, and that one is
// closed after the last of them.
type live struct {
	generations generations
	open        func(dir string) (search.Engine, error)
	log         *slog.Logger
	now         func() time.Time

	current atomic.Pointer[lease]
	looked  atomic.Int64 // Unix nanoseconds
	// looking is held by the one that goes over to a newer generation.
	looking sync.Mutex
	// refused is the last generation that did not open, guarded by looking.
	refused int
}

func openLive(g generations, open func(dir string) (search.Engine, error), log *slog.Logger) (*live, error) {
	l := &live{generations: g, open: open, log: log, now: time.Now}
	first, err := l.openCurrent()
	if err != nil {
		return nil, err
	}
	l.current.Store(first)
	l.looked.Store(l.now().UnixNano())
	return l, nil
}

// openCurrent opens the generation that CURRENT names. Two builds may end
// between reading the name and opening the folder, so a folder that is gone is
// looked up again.
func (l *live) openCurrent() (*lease, error) {
	for attempt := 0; ; attempt++ {
		now, err := l.generations.current()
		switch {
		case err != nil:
			return nil, err
		case now == edition{}:
			return nil, fmt.Errorf("%s: %w", l.generations.dir, ErrNoIndex)
		case now.format != Format:
			return nil, fmt.Errorf("the index in %s was made by another version of demarche: run demarche index PATH again", l.generations.dir)
		}
		engine, err := l.open(l.generations.path(now.number))
		if err == nil {
			return newLease(now.number, engine), nil
		}
		if attempt == 2 || !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("generation %d of the index in %s cannot be opened: %w", now.number, l.generations.dir, err)
		}
	}
}

// borrow returns the current generation; the caller releases it.
func (l *live) borrow() *lease {
	l.look()
	for {
		// The pointer may be exchanged between the load and the acquisition;
		// the lease then is gone and the pointer names the next.
		if current := l.current.Load(); current.acquire() {
			return current
		}
	}
}

// look goes over to a newer generation when there is one. It does not wait
// for another goroutine that is at it.
func (l *live) look() {
	now, last := l.now().UnixNano(), l.looked.Load()
	if now-last < int64(lookEvery) || !l.looked.CompareAndSwap(last, now) || !l.looking.TryLock() {
		return
	}
	defer l.looking.Unlock()
	newest, err := l.generations.current()
	old := l.current.Load()
	if err != nil || newest.number == old.number || newest.number == l.refused {
		return
	}
	next, err := l.openCurrent()
	if err != nil {
		l.refused = newest.number
		l.log.Error("the newer index is left alone", "generation", newest.number, "error", err)
		return
	}
	l.current.Store(next)
	old.release(l.log)
	l.log.Info("went over to a newer index", "generation", next.number)
}

func (l *live) Search(ctx context.Context, r search.Request) (*search.Result, error) {
	g := l.borrow()
	defer g.release(l.log)
	return g.engine.Search(ctx, r)
}

func (l *live) Statement(ctx context.Context, id string) (*search.Statement, error) {
	g := l.borrow()
	defer g.release(l.log)
	return g.engine.Statement(ctx, id)
}

func (l *live) Paragraph(ctx context.Context, id string) (*search.Hit, error) {
	g := l.borrow()
	defer g.release(l.log)
	return g.engine.Paragraph(ctx, id)
}

func (l *live) Similar(ctx context.Context, word string) ([]search.SimilarWord, error) {
	g := l.borrow()
	defer g.release(l.log)
	return g.engine.Similar(ctx, word)
}

func (l *live) Complete(ctx context.Context, text string) ([]search.Completion, error) {
	g := l.borrow()
	defer g.release(l.log)
	return g.engine.Complete(ctx, text)
}

func (l *live) Info() search.Info {
	g := l.borrow()
	defer g.release(l.log)
	return g.engine.Info()
}

// Close is called once, after the last use.
func (l *live) Close() error {
	return l.current.Load().release(l.log)
}

// lease counts the users of one open generation: the live engine itself while
// it is current, and every answer that is under way.
type lease struct {
	number int
	engine search.Engine
	users  atomic.Int64
}

func newLease(number int, engine search.Engine) *lease {
	l := &lease{number: number, engine: engine}
	l.users.Store(1)
	return l
}

// acquire reports whether the generation was still open.
func (l *lease) acquire() bool {
	for {
		n := l.users.Load()
		if n == 0 {
			return false
		}
		if l.users.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// release closes the generation after its last user.
func (l *lease) release(log *slog.Logger) error {
	if l.users.Add(-1) > 0 {
		return nil
	}
	err := l.engine.Close()
	if err != nil {
		log.Warn("an index did not close cleanly", "generation", l.number, "error", err)
	}
	return err
}

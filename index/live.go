package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"demarche/index/bleveindex"
	"demarche/index/durable"
	"demarche/search"
)

// ErrNoIndex says that nothing was indexed yet.
var ErrNoIndex = errors.New("there is no index yet: run demarche index PATH")

// lookEvery is how often CURRENT is looked at, at most: once in that time, when
// the engine is used.
const lookEvery = time.Second

// Live is the engine of a data directory. It answers from the current
// generation; answers that began on an older one end there, and that one is
// closed after the last of them.
type Live struct {
	generations generations
	open        func(dir string) (search.Engine, error)
	log         *slog.Logger
	now         func() time.Time

	current atomic.Pointer[lease]
	looked  atomic.Int64 // Unix nanoseconds
	// kept says that somebody else looks, so that no answer has to wait while a
	// large generation is verified.
	kept atomic.Bool
	// looking is held by the one that goes over to a newer generation.
	looking sync.Mutex
	// refused is the last generation that did not open, guarded by looking; also
	// [damagedCurrent].
	refused int
	health  condition
	// worse tells whoever keeps the index that something is damaged, doubt that
	// something may be.
	worse, doubt chan struct{}
}

// damagedCurrent stands for the generation that a damaged CURRENT names.
const damagedCurrent = -1

func openLive(g generations, open func(dir string) (search.Engine, error), log *slog.Logger) (*Live, error) {
	l := &Live{generations: g, open: open, log: log, now: time.Now, worse: make(chan struct{}, 1), doubt: make(chan struct{}, 1)}
	first, err := l.openBest()
	if err != nil {
		return nil, err
	}
	l.current.Store(first)
	l.looked.Store(l.now().UnixNano())
	return l, nil
}

// openBest opens the generation that CURRENT names or, where that is damaged,
// the latest that is whole.
func (l *Live) openBest() (*lease, error) {
	first, wrong := l.openCurrent()
	if wrong == nil || !errors.Is(wrong, bleveindex.ErrDamaged) && !errors.Is(wrong, durable.ErrDamaged) && !errors.Is(wrong, fs.ErrNotExist) {
		return first, wrong
	}
	numbers, err := l.generations.numbers()
	if err != nil {
		return nil, errors.Join(wrong, err)
	}
	for _, n := range slices.Backward(numbers) {
		if next, err := l.openNumber(n); err == nil {
			l.log.Error("the current index cannot be used: going on with another one", "generation", n, "error", wrong)
			l.ail(wrong.Error())
			return next, nil
		}
	}
	return nil, wrong
}

// openCurrent opens the generation that CURRENT names. Two builds may end
// between reading the name and opening the folder, so a folder that is gone is
// looked up again.
func (l *Live) openCurrent() (*lease, error) {
	for attempt := 0; ; attempt++ {
		number, err := l.generations.current()
		if err != nil {
			return nil, err
		}
		if number == 0 {
			return nil, fmt.Errorf("%s: %w", l.generations.dir, ErrNoIndex)
		}
		next, err := l.openNumber(number)
		if err == nil || attempt == 2 || !errors.Is(err, fs.ErrNotExist) {
			return next, err
		}
	}
}

// openNumber opens a generation. One that is damaged is set aside.
func (l *Live) openNumber(number int) (*lease, error) {
	engine, err := l.open(l.generations.path(number))
	if err == nil {
		return newLease(number, engine), nil
	}
	err = fmt.Errorf("generation %d of the index in %s cannot be opened: %w", number, l.generations.dir, err)
	if errors.Is(err, bleveindex.ErrDamaged) {
		aside, failed := l.generations.setAside(number)
		l.log.Error("an index is damaged and was set aside", "generation", number, "kept", aside, "error", errors.Join(err, failed))
	}
	return nil, err
}

// borrow returns the current generation; the caller releases it.
func (l *Live) borrow() *lease {
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
func (l *Live) look() {
	now, last := l.now().UnixNano(), l.looked.Load()
	if l.kept.Load() || now-last < int64(lookEvery) || !l.looked.CompareAndSwap(last, now) {
		return
	}
	l.goOver()
}

// goOver goes over to a newer generation when there is one.
func (l *Live) goOver() {
	if !l.looking.TryLock() {
		return
	}
	defer l.looking.Unlock()
	newest, err := l.generations.current()
	if errors.Is(err, durable.ErrDamaged) {
		newest = damagedCurrent
	} else if err != nil {
		return
	}
	old := l.current.Load()
	if newest == old.number || newest == l.refused {
		return
	}
	next, err := l.openCurrent()
	if err != nil {
		l.refused = newest
		l.ail(err.Error())
		l.log.Error("the current index cannot be used: the one before goes on", "error", err)
		return
	}
	l.current.Store(next)
	l.refused = 0
	l.health.right()
	old.release(l.log)
	l.log.Info("went over to a newer index", "generation", next.number)
}

func (l *Live) Search(ctx context.Context, r search.Request) (_ *search.Result, err error) {
	g := l.borrow()
	defer l.giveBack(g, &err)
	defer bleveindex.Faults(&err)()
	return g.engine.Search(ctx, r)
}

func (l *Live) Statement(ctx context.Context, id string) (_ *search.Statement, err error) {
	g := l.borrow()
	defer l.giveBack(g, &err)
	defer bleveindex.Faults(&err)()
	return g.engine.Statement(ctx, id)
}

func (l *Live) Paragraph(ctx context.Context, id string) (_ *search.Hit, err error) {
	g := l.borrow()
	defer l.giveBack(g, &err)
	defer bleveindex.Faults(&err)()
	return g.engine.Paragraph(ctx, id)
}

func (l *Live) Similar(ctx context.Context, word string) (_ []search.SimilarWord, err error) {
	g := l.borrow()
	defer l.giveBack(g, &err)
	defer bleveindex.Faults(&err)()
	return g.engine.Similar(ctx, word)
}

func (l *Live) Complete(ctx context.Context, text string) (_ []search.Completion, err error) {
	g := l.borrow()
	defer l.giveBack(g, &err)
	defer bleveindex.Faults(&err)()
	return g.engine.Complete(ctx, text)
}

func (l *Live) ByYear(ctx context.Context, r search.Request, fields ...string) (_ []search.YearCount, err error) {
	g := l.borrow()
	defer l.giveBack(g, &err)
	defer bleveindex.Faults(&err)()
	return g.engine.ByYear(ctx, r, fields...)
}

// giveBack releases what was borrowed. Where it faulted, its files are verified
// soon: whoever asked is told of an error, but the process goes on.
func (l *Live) giveBack(g *lease, err *error) {
	if errors.Is(*err, bleveindex.ErrFault) {
		select {
		case l.doubt <- struct{}{}:
		default: // it was asked for already
		}
	}
	// What an index says when it is closed is in the log.
	_ = g.release(l.log)
}

func (l *Live) Info() search.Info {
	g := l.borrow()
	defer g.release(l.log)
	return g.engine.Info()
}

// Close is called once, after the last use.
func (l *Live) Close() error {
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

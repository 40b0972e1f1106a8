package index

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"sync"
	"time"

	"demarche/index/bleveindex"
	"demarche/index/durable"
	"demarche/index/store"
)

// Start opens the index of a data directory, which [Ensure] makes ready first.
// Where nothing in it can be opened, it is made again from the store.
func Start(ctx context.Context, o Options, log *slog.Logger) (*Live, error) {
	// While somebody else is at it, what there is can still be served.
	report, busy := ensure(ctx, o)
	report.log(log)
	if busy != nil && !errors.Is(busy, ErrBusy) {
		return nil, busy
	}
	l, err := Open("bleve:"+o.Data, log)
	if err != nil && busy != nil {
		return nil, errors.Join(busy, err)
	}
	if !errors.Is(err, bleveindex.ErrDamaged) && !errors.Is(err, durable.ErrDamaged) && !errors.Is(err, fs.ErrNotExist) {
		return l, err
	}
	log.Warn("no index can be used: it is made again from the store", "error", err)
	report, err = Rebuild(ctx, o)
	report.log(log)
	if err != nil {
		return nil, err
	}
	return Open("bleve:"+o.Data, log)
}

func (r *Report) log(log *slog.Logger) {
	for _, note := range r.Notes {
		log.Warn(note)
	}
	for _, path := range r.Lost {
		log.Error("a stored file is lost: index it again from wherever it is still to be had", "file", path)
	}
}

// How long to wait before mending is tried again: when somebody else is
// writing, and when it failed.
const (
	whileBusy    = time.Second
	afterFailure = 30 * time.Second
)

// Keep looks after store and index until stop is called: what is damaged is set
// aside and made again, what was stored and not indexed is indexed, and a newer
// index is gone over to. The store is verified before Keep returns; the rest goes
// on beside the answers, for which the index that answers is read again now and
// then.
func (l *Live) Keep(o Options) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	l.verifyStore(ctx, o.Data)
	l.kept.Store(true)
	var ended sync.WaitGroup
	ended.Go(func() {
		for ctx.Err() == nil {
			l.wait(ctx, l.mend(ctx, o))
		}
	})
	ended.Go(func() { l.follow(ctx) })
	ended.Go(func() { l.verifyNowAndThen(ctx) })
	return func() {
		cancel()
		ended.Wait()
		l.kept.Store(false)
	}
}

// follow goes over to newer generations as they come.
func (l *Live) follow(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			l.goOver()
		}
	}
}

// verifyStore says when the store is damaged. One that somebody writes to was
// verified by that one.
func (l *Live) verifyStore(ctx context.Context, data string) {
	lock, err := store.Acquire(ctx, data)
	if err != nil {
		return
	}
	_, err = store.Verify(data, false)
	if err := errors.Join(err, lock.Release()); err != nil {
		l.health.wrong(err.Error())
		l.log.Error("the store of statements cannot be used as it is", "error", err)
	}
}

// wait waits for damage to be seen, or for as long as to try again; 0 is for
// ever.
func (l *Live) wait(ctx context.Context, again time.Duration) {
	var timer <-chan time.Time
	if again > 0 {
		timer = time.After(again)
	}
	select {
	case <-ctx.Done():
	case <-l.worse:
	case <-timer:
	}
}

// mend brings store and index in order and says when to try again.
func (l *Live) mend(ctx context.Context, o Options) (again time.Duration) {
	defer l.health.mend()()
	defer func() {
		if defect := recover(); defect != nil {
			l.health.wrong("a defect of this program keeps store and index from being brought in order: see the log")
			l.log.Error("store and index could not be brought in order", "defect", defect, "again_in", afterFailure)
			again = afterFailure
		}
	}()
	report, err := run(ctx, o, (*builder).open, func(b *builder) error { return b.build(ctx, nil) })
	report.log(l.log)
	switch {
	case ctx.Err() != nil:
		return 0
	case errors.Is(err, ErrBusy):
		return whileBusy
	case err != nil:
		l.health.wrong(err.Error())
		l.log.Error("store and index could not be brought in order", "error", err, "again_in", afterFailure)
		return afterFailure
	}
	if len(report.Lost) > 0 {
		l.health.lose(report.Lost)
	} else {
		l.health.right()
	}
	return 0
}

// ail asks whoever keeps the index to look after it.
func (l *Live) ail(problem string) {
	l.health.wrong(problem)
	select {
	case l.worse <- struct{}{}:
	default: // it was asked for already
	}
}

package index

import (
	"context"
	"errors"
	"time"

	"demarche/index/bleveindex"
)

// verifyEvery is how often the files that answers come from are read again: what
// was whole when it was opened may not stay so.
const verifyEvery = time.Hour

// verifyNowAndThen verifies the generation that answers, now and then and when there
// is reason to doubt it, until the context ends.
func (l *Live) verifyNowAndThen(ctx context.Context) {
	tick := time.NewTicker(verifyEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-l.doubt:
		}
		l.verify()
	}
}

// verify reads every byte of the generation that answers. One that is damaged is
// set aside, answers come from the latest that is whole, and whoever keeps the
// index is asked to make it again. Where no other is whole, the damaged one goes
// on to answer until then: its files are open, and hardly any page of them is
// damaged.
func (l *Live) verify() {
	l.looking.Lock()
	defer l.looking.Unlock()
	old := l.current.Load()
	_, wrong := bleveindex.Verify(l.generations.path(old.number))
	// One that was replaced meanwhile may be on its way to be deleted.
	if newest, err := l.generations.current(); !errors.Is(wrong, bleveindex.ErrDamaged) || err != nil || newest != old.number {
		return
	}
	aside, failed := l.generations.setAside(old.number)
	l.log.Error("the index that answers was damaged and was set aside", "generation", old.number, "kept", aside, "error", errors.Join(wrong, failed))
	l.refused = old.number
	next, err := l.openBest()
	if err != nil {
		l.ail(wrong.Error())
		l.log.Error("no other index is whole: the damaged one answers until it is made again", "error", err)
		return
	}
	l.current.Store(next)
	// What an index says when it is closed is in the log.
	_ = old.release(l.log)
}

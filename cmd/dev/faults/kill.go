package faults

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"time"
)

// kill ends the program at random points of all that writes.
type kill struct{}

func (kill) Plan() Plan {
	return Plan{
		Name: "kill", Does: "kill -9 at random points of create, ingest, build and swap, with a ledger kept outside",
		Expect: "the index opens in 2 s; what was acknowledged is found as soon as what is stored is indexed, without the files it was read from; check finds nothing",
		Unit:   "kills", Short: 200, Full: 2000, Limit: 25 * time.Minute,
		ShortLimit: 90 * time.Second,
	}
}

// opensWithin is how long the program may take to serve after a kill. What it
// waits for processors that others keep busy does not count.
const opensWithin = 2 * time.Second

// indexesWithin is how long what is stored may take to be found: the index from
// before answers meanwhile.
const indexesWithin = 20 * time.Second

// keptFor is how many kills one data folder goes through.
const keptFor = 25

// checkedEvery is after how many kills every byte is verified too.
const checkedEvery = 5

// The ways to write, each of which has a time of its own.
const (
	creating = iota
	ingesting
	ingestingThroughServer
	rebuilding
	ways
)

var wayNames = [ways]string{"create", "ingest", "ingest through a server", "rebuild"}

// killers are how many folders are killed in side by side: most of a cycle is
// waiting.
const killers = 2

func (kill) Run(ctx context.Context, t *Trial) error {
	var all [killers]*killing
	var cycles []func(context.Context, int) error
	for i := range all {
		all[i] = newKilling(t)
		cycles = append(cycles, all[i].cycle)
	}
	t.share(ctx, cycles...)
	sum := newKilling(t)
	for _, k := range all {
		sum.worst = max(sum.worst, k.worst)
		sum.opened, sum.found = append(sum.opened, k.opened...), append(sum.found, k.found...)
		for w := range ways {
			sum.killed[w] += k.killed[w]
			sum.ended[w] += k.ended[w]
		}
	}
	t.note("opened again in %v at the median, %v at worst; %v at worst without what it waited for a processor that others kept busy",
		percentile(sum.opened, 50), percentile(sum.opened, 100), sum.worst.Round(time.Millisecond))
	t.note("all that was acknowledged was found %v later at the median, %v at worst", percentile(sum.found, 50), percentile(sum.found, 100))
	for w := range ways {
		t.note("%s: %d killed before the end, %d after it", wayNames[w], sum.killed[w], sum.ended[w])
	}
	return nil
}

type killing struct {
	*Trial
	ledger ledger
	notes  notes
	data   string
	// typical is how long a way to write takes, measured as it goes.
	typical       [ways]time.Duration
	killed, ended [ways]int
	// opened is how long each opening took, found how long it took from then on
	// until all was found.
	opened, found []time.Duration
	// worst is the longest opening without what it waited for a processor.
	worst    time.Duration
	revision int
	// kills are how many its folder has gone through.
	kills int
}

func newKilling(t *Trial) *killing {
	k := &killing{Trial: t}
	for w := range k.typical {
		k.typical[w] = 100 * time.Millisecond // to begin with
	}
	return k
}

// cycle kills one run and looks at what is left.
func (k *killing) cycle(ctx context.Context, n int) error {
	c := chance(n)
	way := creating
	if k.kills%keptFor == 0 {
		if err := k.renew(); err != nil {
			return err
		}
	} else {
		way = ingesting + c.IntN(ways-ingesting)
	}
	k.kills++
	if err := k.change(c); err != nil {
		return err
	}
	if err := k.write(ctx, way, c); err != nil {
		return fmt.Errorf("%s: %w", wayNames[way], err)
	}
	if err := k.open(ctx); err != nil {
		return fmt.Errorf("after a kill in %s: %w", wayNames[way], err)
	}
	if n%checkedEvery == 0 {
		_, err := k.expectDone(ctx, "check", "--data", k.data)
		return err
	}
	return nil
}

// renew goes on with empty folders.
func (k *killing) renew() (err error) {
	if k.data != "" {
		err = errors.Join(os.RemoveAll(k.data), os.RemoveAll(k.notes.dir))
	}
	var noted error
	k.data, noted = k.folder()
	err = errors.Join(err, noted)
	k.notes.dir, noted = k.folder()
	k.ledger = newLedger()
	return errors.Join(err, noted)
}

// change writes some notes anew and removes one now and then.
func (k *killing) change(c *rand.Rand) error {
	for range 1 + c.IntN(8) {
		k.revision++
		note := noteName(c.IntN(40))
		if err := k.notes.write(note, k.revision, c.IntN(12), c); err != nil {
			return err
		}
		k.ledger.ask(note, k.revision)
	}
	if note := noteName(c.IntN(40)); c.IntN(3) == 0 {
		if err := os.Remove(k.notes.path(note)); err == nil {
			k.ledger.ask(note, 0)
		}
	}
	return nil
}

// write begins a way to write, kills it and takes down what it said.
func (k *killing) write(ctx context.Context, way int, c *rand.Rand) error {
	victim, asked, err := k.start(ctx, way)
	if err != nil {
		return err
	}
	delay := time.Duration(c.Float64() * 1.3 * float64(k.typical[way]))
	select {
	case <-asked.ended:
		k.typical[way] = (3*k.typical[way] + asked.took) / 4
		k.ended[way]++
	case <-time.After(delay):
		k.killed[way]++
		k.typical[way] = max(k.typical[way], delay*9/10)
	}
	victim.kill()
	if victim != asked {
		<-asked.ended // nobody is there to answer it
	}
	return k.takeDown(way, asked.ending())
}

// start begins a way to write: the process to kill, and the one that was asked
// to write and acknowledges.
func (k *killing) start(ctx context.Context, way int) (victim, asked *process, err error) {
	args := []string{k.Program, "index", "--json", "--data", k.data, k.notes.dir}
	switch way {
	case rebuilding:
		args = []string{k.Program, "rebuild", "--data", k.data}
	case ingestingThroughServer:
		s, err := k.serve(ctx, k.data)
		if err != nil {
			return nil, nil, err
		}
		asked, err = k.begin(args)
		return s.process, asked, err
	}
	asked, err = k.begin(args)
	return asked, asked, err
}

func (k *killing) takeDown(way int, e ending) error {
	if err := e.crashed(); err != nil && e.by == 0 {
		return err
	}
	if way != rebuilding {
		k.ledger.acknowledge(e.stdout)
		if e.by == 0 && e.code == 0 {
			k.ledger.acknowledgeAll()
		}
	}
	return nil
}

// open serves what is left, while the files it was read from are out of sight.
func (k *killing) open(ctx context.Context) (err error) {
	away := k.notes.dir + ".away"
	if err := os.Rename(k.notes.dir, away); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Rename(away, k.notes.dir)) }()
	s, err := k.serve(ctx, k.data)
	if err != nil {
		return err
	}
	k.opened = append(k.opened, s.ready)
	k.worst = max(k.worst, s.ready-s.starved)
	err = k.find(ctx, s)
	if s.ready-s.starved > opensWithin {
		err = errors.Join(err, fmt.Errorf("it served after %v only, of which it waited %v for a processor", s.ready, s.starved))
	}
	return errors.Join(err, s.stop())
}

// find waits until what was acknowledged is found.
func (k *killing) find(ctx context.Context, s *server) error {
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		there, err := s.revisions(ctx)
		if err != nil {
			return err
		}
		lost := k.ledger.check(there)
		took := time.Since(began)
		if lost == nil || took > indexesWithin {
			k.found = append(k.found, took)
			return lost
		}
	}
}

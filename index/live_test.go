package index

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"demarche/search"
)

// fake is an engine whose searches last until they are let go.
type fake struct {
	search.Engine
	number int
	begun  chan bool
	letGo  chan bool
	closed atomic.Bool
}

func (f *fake) Search(context.Context, search.Request) (*search.Result, error) {
	f.begun <- true
	<-f.letGo
	if f.closed.Load() {
		return nil, errors.New("the index was closed under a search")
	}
	return &search.Result{}, nil
}

func (f *fake) Info() search.Info { return search.Info{Generation: strconv.Itoa(f.number)} }

func (f *fake) Close() error {
	if f.closed.Swap(true) {
		return errors.New("closed twice")
	}
	return nil
}

// shelf opens fakes, by the number of their generation.
type shelf struct {
	mu     sync.Mutex
	opened map[int]*fake
	broken map[int]bool
}

func (s *shelf) open(dir string) (search.Engine, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	number, err := strconv.Atoi(filepath.Base(dir))
	if err != nil {
		return nil, err
	}
	if s.broken[number] {
		return nil, errors.New("broken")
	}
	f := &fake{number: number, begun: make(chan bool), letGo: make(chan bool)}
	s.opened[number] = f
	return f, nil
}

// liveFixture is a live engine on generation 1 whose clock the test moves.
func liveFixture(t *testing.T) (*Live, *shelf, *time.Time) {
	t.Helper()
	g := generations{t.TempDir()}
	s := &shelf{opened: map[int]*fake{}, broken: map[int]bool{}}
	add(t, g)
	l, err := openLive(g, s.open, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	clock := time.Now()
	l.now = func() time.Time { return clock }
	return l, s, &clock
}

func add(t *testing.T, g generations) {
	t.Helper()
	write := func(dir string) error { return writeTree(dir) }
	if _, err := g.add(t.Context(), write); err != nil {
		t.Fatal(err)
	}
}

func TestReaderFinishesOnTheOldGeneration(t *testing.T) {
	l, s, clock := liveFixture(t)
	answered := make(chan error)
	go func() {
		_, err := l.Search(t.Context(), search.Request{})
		answered <- err
	}()
	old := s.opened[1]
	<-old.begun

	add(t, l.generations)
	if got := l.Info().Generation; got != "1" {
		t.Errorf("generation %s within the second, want 1", got)
	}
	*clock = clock.Add(lookEvery)
	if got := l.Info().Generation; got != "2" {
		t.Errorf("generation %s after a second, want 2", got)
	}
	if old.closed.Load() {
		t.Error("the old generation was closed under its reader")
	}
	old.letGo <- true
	if err := <-answered; err != nil {
		t.Error(err)
	}
	if !old.closed.Load() {
		t.Error("the old generation stays open after its last reader")
	}
	if err := l.Close(); err != nil || !s.opened[2].closed.Load() {
		t.Errorf("error %v; the new generation must be closed", err)
	}
}

func TestBrokenGenerationIsLeftAlone(t *testing.T) {
	l, s, clock := liveFixture(t)
	s.broken[2] = true
	add(t, l.generations)
	*clock = clock.Add(lookEvery)
	if got := l.Info().Generation; got != "1" {
		t.Errorf("generation %s, want 1 while 2 is broken", got)
	}
	add(t, l.generations)
	*clock = clock.Add(lookEvery)
	if got := l.Info().Generation; got != "3" {
		t.Errorf("generation %s, want 3", got)
	}
}

// TestSwapUnderLoad goes over to new generations while many ask.
func TestSwapUnderLoad(t *testing.T) {
	l, _, _ := liveFixture(t)
	var tick atomic.Int64
	start := time.Now()
	l.now = func() time.Time { return start.Add(time.Duration(tick.Add(1)) * lookEvery) }
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for range 500 {
				g := l.borrow()
				if g.engine.(*fake).closed.Load() {
					t.Error("borrowed a generation that is closed")
				}
				_ = g.release(l.log)
			}
		})
	}
	for range 20 {
		add(t, l.generations)
	}
	readers.Wait()
	if got := l.Info().Generation; got != "21" {
		t.Errorf("generation %s at the end, want 21", got)
	}
}

func TestSweepKeepsTheGenerationBefore(t *testing.T) {
	g := generations{t.TempDir()}
	for range 4 {
		add(t, g)
	}
	numbers, err := g.numbers()
	if err != nil || len(numbers) != 2 || numbers[0] != 3 || numbers[1] != 4 {
		t.Errorf("generations %v, error %v; want 3 and 4", numbers, err)
	}
	failed := errors.New("disk full")
	if _, err := g.add(t.Context(), func(dir string) error { return errors.Join(writeTree(dir), failed) }); !errors.Is(err, failed) {
		t.Errorf("error %v, want %v", err, failed)
	}
	if now, err := g.current(); err != nil || now != 4 {
		t.Errorf("generation %d, error %v; want 4 after a failure", now, err)
	}
}

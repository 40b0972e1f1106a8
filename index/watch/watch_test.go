package watch_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"demarche/index/watch"
)

// watched is a folder that is looked at when the test says so.
type watched struct {
	t     *testing.T
	dir   string
	ticks chan time.Time
	calls int
	// refuse makes changed return false.
	refuse bool
}

func start(t *testing.T) *watched {
	t.Helper()
	w := &watched{t: t, dir: t.TempDir(), ticks: make(chan time.Time)}
	w.write("a.txt", "one")
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan bool)
	go func() {
		defer close(ended)
		watch.Changes(ctx, []string{w.dir, filepath.Join(w.dir, "absent")}, w.ticks, func() bool {
			w.calls++
			return !w.refuse
		})
	}()
	t.Cleanup(func() { end(); <-ended })
	synctest.Wait()
	return w
}

func (w *watched) write(name, content string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(content), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

// look lets it look once.
func (w *watched) look() {
	w.ticks <- time.Time{}
	synctest.Wait()
}

// expect lets it look at what changed, see that it rests, and look again.
func (w *watched) expect(calls int) {
	w.t.Helper()
	for range 3 {
		w.look()
	}
	if w.calls != calls {
		w.t.Fatalf("changed was called %d times, want %d", w.calls, calls)
	}
}

func TestChanges(t *testing.T) { synctest.Test(t, changes) }

func changes(t *testing.T) {
	w := start(t)
	w.expect(1)
	w.write("a.txt", "three")
	w.expect(2)
	w.write("b.txt", "two")
	w.expect(3)
	if err := os.Mkdir(filepath.Join(w.dir, "absent"), 0o755); err != nil {
		t.Fatal(err)
	}
	w.expect(4)
	w.write("absent/c.txt", "")
	w.expect(5)
	if err := os.Rename(filepath.Join(w.dir, "b.txt"), filepath.Join(w.dir, "d.txt")); err != nil {
		t.Fatal(err)
	}
	w.expect(6)
	if err := os.RemoveAll(filepath.Join(w.dir, "absent")); err != nil {
		t.Fatal(err)
	}
	w.expect(7)
	w.expect(7)
}

// TestRestlessFile writes at every look: that must neither call at every look
// nor put the call off for ever.
func TestRestlessFile(t *testing.T) { synctest.Test(t, restlessFile) }

func restlessFile(t *testing.T) {
	w := start(t)
	const looks = 60
	content := ""
	for range looks {
		content += "x"
		w.write("a.txt", content)
		w.look()
	}
	if w.calls < 3 || w.calls > looks/10 {
		t.Errorf("changed was called %d times in %d looks", w.calls, looks)
	}
}

func TestRefusedChangeComesAgain(t *testing.T) { synctest.Test(t, refusedChangeComesAgain) }

func refusedChangeComesAgain(t *testing.T) {
	w := start(t)
	w.refuse = true
	w.write("a.txt", "three")
	w.expect(3)
	w.refuse = false
	w.expect(4)
	w.expect(4)
}

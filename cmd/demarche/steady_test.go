package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

// use is what a process holds.
type use struct {
	goroutines, descriptors int
	heap                    uint64
}

func measure(t *testing.T) use {
	t.Helper()
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	u := use{goroutines: runtime.NumGoroutine(), heap: m.HeapAlloc}
	// Where there is no such folder, descriptors are not counted.
	if open, err := os.ReadDir("/proc/self/fd"); err == nil {
		u.descriptors = len(open)
	}
	return u
}

func (u use) String() string {
	return fmt.Sprintf("%d goroutines, %d descriptors, %.1f MB", u.goroutines, u.descriptors, float64(u.heap)/(1<<20))
}

// asking searches a server in many ways, over connections that are kept.
type asking struct {
	t      *testing.T
	client http.Client
	site   string
	asked  int
}

var someQueries = []string{"", "cyber", `"responsible state behaviour"`, "comportement responsable", "ответственное поведение", "norms NEAR/5 cyberspace", "attribut*", "zeppelin"}

// ask searches, by the page and the API in turn, and returns the body.
func (a *asking) ask() string {
	a.t.Helper()
	path := []string{"/search?q=", "/api/v1/search?q="}[a.asked%2]
	request, err := http.NewRequestWithContext(a.t.Context(), http.MethodGet, a.site+path+url.QueryEscape(someQueries[a.asked/2%len(someQueries)]), nil)
	if err != nil {
		a.t.Fatal(err)
	}
	a.asked++
	answer, err := a.client.Do(request)
	if err != nil {
		a.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		a.t.Fatalf("%s: status %d, %v", request.URL, answer.StatusCode, err)
	}
	return string(body)
}

// TestSteady searches and exchanges the index many times, and wants the process
// to hold afterwards what it held before: 10,000 searches and 100 exchanges
// where DEMARCHE_LONG is set, which takes three minutes, a few otherwise.
func TestSteady(t *testing.T) {
	searches, swaps := 400, 2
	if os.Getenv("DEMARCHE_LONG") != "" {
		searches, swaps = 10_000, 100
	}
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })

	data, file := t.TempDir(), filepath.Join(t.TempDir(), "a.txt")
	s := start(t, data, "--log-level", "error")
	a := &asking{t: t, site: s.site}
	t.Cleanup(a.client.CloseIdleConnections)
	swap := func(n int) { exchange(a, data, file, n) }
	// What is made at first and kept is made now.
	for range 4 * len(someQueries) {
		a.ask()
	}
	swap(0)
	first := measure(t)
	for n := range swaps {
		swap(n + 1)
		for a.asked < searches*(n+1)/swaps {
			a.ask()
		}
	}
	last := measure(t)
	t.Logf("%d searches, %d exchanges: from %s to %s", a.asked, swaps, first, last)
	if last.goroutines > first.goroutines+5 || last.descriptors > first.descriptors+5 || last.heap > first.heap+first.heap/4+4<<20 {
		t.Errorf("it grew from %s to %s", first, last)
	}
}

// exchange indexes something else and searches until that is found.
func exchange(a *asking, data, file string, n int) {
	a.t.Helper()
	write(a.t, file, fmt.Sprintf("We condemn the cyber attack number%d on a harbour and call on all states to investigate such acts.", n))
	var stderr strings.Builder
	if status := run(a.t.Context(), []string{"index", "--data", data, file}, io.Discard, &stderr); status != exitDone {
		a.t.Fatalf("status %d: %s", status, stderr.String())
	}
	for !strings.Contains(a.ask(), fmt.Sprintf("number%d", n)) {
	}
}

package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// served is a server that runs in this process.
type served struct {
	t    *testing.T
	site string
	log  *journal
	// end is the signal to end; ended has the exit status.
	end   context.CancelFunc
	ended chan int
}

// journal is a log that is read while it is written.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

// start runs 'demarche serve' on a data directory until the test ends, or end
// is called.
func start(t *testing.T, data string, flags ...string) *served {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	s := &served{t: t, log: &journal{}, end: cancel, ended: make(chan int, 1)}
	out, in := io.Pipe()
	go func() {
		status := run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0", "--data", data}, flags...), in, s.log)
		in.CloseWithError(fmt.Errorf("the server ended: %s", s.log))
		s.ended <- status
	}()
	t.Cleanup(func() {
		cancel()
		if status := <-s.ended; status != exitDone {
			t.Errorf("the server ended with status %d: %s", status, s.log)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	_, address, ok := strings.Cut(strings.TrimSpace(line), "http://")
	if !ok {
		t.Fatalf("no address in %q", line)
	}
	s.site = "http://" + strings.TrimSuffix(address, "/")
	return s
}

// get asks over a connection of its own.
func (s *served) get(address string) (status int, body string) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	answer, err := transport.RoundTrip(request)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Error(err)
	}
	return answer.StatusCode, string(content)
}

// until asks until the answer is as wanted, for ten seconds at most.
func (s *served) until(address string, wanted func(status int, body string) bool) {
	s.t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		status, body := s.get(address)
		if wanted(status, body) {
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("%s: the last answer is %d: %s", address, status, body)
		}
	}
}

// TestSignalIsSaidBeforeTheEnd ends a server and asks on.
func TestSignalIsSaidBeforeTheEnd(t *testing.T) {
	s := start(t, t.TempDir(), "--drain-delay", "400ms")
	s.until(s.site+"/readyz", func(status int, _ string) bool { return status == http.StatusOK })
	s.end()
	s.until(s.site+"/readyz", func(status int, body string) bool {
		return status == http.StatusServiceUnavailable && strings.Contains(body, "shutting down")
	})
	if status, _ := s.get(s.site + "/api/v1/search?q=cyber"); status != http.StatusOK {
		t.Errorf("a search before the end: status %d", status)
	}
	s.until(s.site+"/healthz", func(status int, _ string) bool { return status == 0 })
}

func TestMetricsAtAnAddressOfTheirOwn(t *testing.T) {
	s := start(t, t.TempDir(), "--metrics-addr", "127.0.0.1:0")
	metrics := regexp.MustCompile(`http://[0-9.:]+/metrics`).FindString(s.log.String())
	if status, body := s.get(metrics); status != http.StatusOK || !strings.Contains(body, "demarche_index_paragraphs") {
		t.Errorf("%s: status %d", metrics, status)
	}
	for _, address := range []string{s.site + "/metrics", strings.Replace(metrics, "/metrics", "/search", 1)} {
		if status, _ := s.get(address); status != http.StatusNotFound {
			t.Errorf("%s: status %d", address, status)
		}
	}
}

// TestListeningBeyondThisMachineIsSaid listens in every network, for a moment.
func TestListeningBeyondThisMachineIsSaid(t *testing.T) {
	for addr, said := range map[string]bool{"127.0.0.1:0": false, "[::1]:0": false, "localhost:0": false, "0.0.0.0:0": true} {
		listener, err := listen(t.Context(), "addr", addr)
		if err != nil {
			t.Logf("%s: %v", addr, err) // this machine may have no IPv6
			continue
		}
		if warning := reach(listener); (warning != "") != said {
			t.Errorf("%s: %q", addr, warning)
		}
		listener.Close()
	}
}

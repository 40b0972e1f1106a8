package main

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index"
	"demarche/index/door"
)

const report = "We condemn the recent cyber attack on a harbour and call on all states to investigate such acts."

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestServerIsAskedToIndex answers 'demarche index' in the place of a server.
func TestServerIsAskedToIndex(t *testing.T) {
	data, files := t.TempDir(), t.TempDir()
	t.Chdir(files)
	write(t, "a.txt", report)
	var asked door.Request
	d, err := door.Open(t.Context(), data, func(_ context.Context, r door.Request, tell func(index.Event)) (index.Report, error) {
		asked = r
		tell(index.Event{Step: index.Reading, Total: 7})
		return index.Report{Read: 7, Added: []string{"/by/the/server"}}, nil
	}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var stdout, stderr strings.Builder
	if status := run(t.Context(), []string{"index", "--data", data, "a.txt", "."}, &stdout, &stderr); status != exitDone {
		t.Errorf("status %d", status)
	}
	if diff := cmp.Diff(door.Request{Paths: []string{filepath.Join(files, "a.txt"), files}}, asked); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(stdout.String(), "/by/the/server") || !strings.Contains(stderr.String(), "reading files: 7") {
		t.Errorf("said %q and %q", stdout.String(), stderr.String())
	}
}

func TestIndexingThroughTheServer(t *testing.T) {
	data, files := t.TempDir(), t.TempDir()
	s := start(t, data)
	write(t, filepath.Join(files, "a.txt"), report)
	var stdout, stderr strings.Builder
	if status := run(t.Context(), []string{"index", "--data", data, files}, &stdout, &stderr); status != exitDone {
		t.Fatalf("status %d: %s", status, stderr.String())
	}
	if !strings.Contains(stdout.String(), "added 1") || !strings.Contains(s.log.String(), "indexed for a client") {
		t.Errorf("it said %q, the server %q", stdout.String(), s.log)
	}
	s.until(s.site+"/api/v1/search?q=harbour", func(status int, body string) bool {
		return status == http.StatusOK && !strings.Contains(body, `"hits":[]`)
	})
	// What cannot be indexed comes back through the server too.
	if status := run(t.Context(), []string{"index", "--data", data, filepath.Join(files, "none")}, io.Discard, &stderr); status != exitFailed {
		t.Errorf("a file that is not there: status %d", status)
	}
}

// TestNamesAreOneLine indexes a file whose name would write to the terminal.
func TestNamesAreOneLine(t *testing.T) {
	data, files := t.TempDir(), t.TempDir()
	write(t, filepath.Join(files, "a\nrefused  b\x1b[2J.txt"), report)
	var stdout strings.Builder
	if status := run(t.Context(), []string{"index", "--data", data, files}, &stdout, io.Discard); status != exitDone {
		t.Fatalf("status %d", status)
	}
	if !strings.Contains(stdout.String(), "a refused  b[2J.txt\n") {
		t.Errorf("it said %q", stdout.String())
	}
}

// TestWatch changes a folder that is watched, beside a server and alone.
func TestWatch(t *testing.T) {
	for name, beside := range map[string]bool{"alone": false, "beside a server": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, files := t.TempDir(), t.TempDir()
			if beside {
				start(t, data)
			}
			write(t, filepath.Join(files, "a.txt"), report)
			ctx, interrupt := context.WithCancel(t.Context())
			out, in := io.Pipe()
			status := make(chan int, 1)
			go func() {
				status <- run(ctx, []string{"index", "--json", "--watch", "--data", data, files}, in, io.Discard)
				in.Close()
			}()
			reports := json.NewDecoder(out)
			if got := nextReport(t, reports); len(got.Added) != 1 {
				t.Errorf("at first: %+v", got)
			}
			write(t, filepath.Join(files, "b.txt"), "We welcome the talks on norms of behaviour in cyberspace and the report that came of them.")
			if got := nextReport(t, reports); len(got.Added) != 1 || !strings.HasSuffix(got.Added[0], "b.txt") {
				t.Errorf("after a change: %+v", got)
			}
			interrupt()
			if got := <-status; got != exitDone {
				t.Errorf("it ended with status %d", got)
			}
		})
	}
}

func nextReport(t *testing.T, lines *json.Decoder) index.Report {
	t.Helper()
	for {
		var line struct{ Report *index.Report }
		if err := lines.Decode(&line); err != nil {
			t.Fatal(err)
		}
		if line.Report != nil {
			return *line.Report
		}
	}
}

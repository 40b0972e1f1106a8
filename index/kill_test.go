package index_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"demarche/index"
	"demarche/index/store"
)

// childVariable makes this test program a child that indexes, see [child].
const childVariable = "DEMARCHE_TEST_INDEX_INTO"

func TestMain(m *testing.M) {
	if data := os.Getenv(childVariable); data != "" {
		os.Exit(child(data, os.Args[1]))
	}
	// Bleve starts workers of its own when the program does.
	goleak.VerifyTestMain(m, goleak.IgnoreCurrent())
}

// child indexes a folder and prints each file when it is safe.
func child(data, docs string) int {
	_, err := index.Build(context.Background(), index.Options{Data: data, Paths: []string{docs}, Progress: func(e index.Event) {
		for _, file := range e.Stored {
			fmt.Println(file)
		}
	}})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// cycles is how often a child is killed.
const cycles = 20

// TestKill kills an indexing process at random points, again and again. What it
// had said to be safe must be in the store, byte for byte, and the index must
// open soon and in the end be what one made at once is.
func TestKill(t *testing.T) {
	docs, data := t.TempDir(), t.TempDir()
	random := rand.New(rand.NewPCG(1, 2))
	ledger := map[string]bool{}
	for cycle := range cycles {
		for n := range 8 {
			writeStatement(t, docs, cycle*8+n)
		}
		killed := index1(t, data, docs, time.Duration(random.IntN(120))*time.Millisecond, ledger)
		began := time.Now()
		engine, err := index.Start(t.Context(), index.Options{Data: data}, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatalf("cycle %d (killed %v): %v", cycle, killed, err)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("cycle %d: it took %v to open", cycle, took)
		}
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
		kept := stored(t, data)
		for file := range ledger {
			if want, err := os.ReadFile(file); err != nil || kept[file] != string(want) {
				t.Fatalf("cycle %d: %s was said to be safe and is %.40q, %v", cycle, file, kept[file], err)
			}
		}
	}
	build(t, data, docs)
	once := t.TempDir()
	for file := range stored(t, data) {
		if strings.HasPrefix(file, "embedded:") {
			// A child was killed before it stored anything, so the statements that
			// ship were opened.
			if err := index.Ensure(t.Context(), index.Options{Data: once}); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	build(t, once, docs)
	if diff := cmp.Diff(ids(t, open(t, once)), ids(t, open(t, data))); diff != "" {
		t.Errorf("(-at once +after kills)\n%s", diff)
	}
}

func writeStatement(t *testing.T, docs string, n int) {
	t.Helper()
	text := fmt.Sprintf("%s This is statement %d on it.\n\n%s It was said %d times.\n", norms, n, ports, n)
	if err := os.WriteFile(filepath.Join(docs, fmt.Sprintf("%03d.txt", n)), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// index1 lets a child index, kills it after a time, and adds to the ledger what
// it said to be safe.
func index1(t *testing.T, data, docs string, after time.Duration, ledger map[string]bool) (killed bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), after)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], docs)
	cmd.Env = append(os.Environ(), childVariable+"="+data)
	var said, wrong bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &wrong
	if err := cmd.Run(); err != nil && ctx.Err() == nil {
		t.Fatalf("the child failed: %v: %s", err, wrong.String())
	}
	lines := bufio.NewReader(&said)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return ctx.Err() != nil
		}
		ledger[line[:len(line)-1]] = true
	}
}

// TestNothingIsSafeThatWasNotStored lets the store fail: no file may be said to
// be safe then, and the next build makes up for it.
func TestNothingIsSafeThatWasNotStored(t *testing.T) {
	data, docs := t.TempDir(), write(t, map[string]string{"a.txt": norms})
	build(t, data, docs)
	later := filepath.Join(docs, "b.txt")
	if err := os.WriteFile(later, []byte(ports), 0o600); err != nil {
		t.Fatal(err)
	}
	// A folder of this name is in the way of every writer.
	obstacle := filepath.Join(data, "statements.sum.new")
	if err := os.MkdirAll(filepath.Join(obstacle, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := index.Build(t.Context(), index.Options{Data: data, Paths: []string{docs}, Progress: func(e index.Event) {
		if len(e.Stored) > 0 {
			t.Errorf("%v were said to be safe", e.Stored)
		}
	}})
	if err == nil {
		t.Error("the build did not fail")
	}
	if err := os.RemoveAll(obstacle); err != nil {
		t.Fatal(err)
	}
	if r := build(t, data, docs); r.Paragraphs != 2 || stored(t, data)[later] != ports {
		t.Errorf("afterwards %+v", r)
	}
}

// stored are the files in the store, as a backup has them.
func stored(t *testing.T, data string) map[string]string {
	t.Helper()
	var archive bytes.Buffer
	if _, _, err := index.Backup(t.Context(), index.Options{Data: data}, &archive); err != nil {
		t.Fatal(err)
	}
	return unpacked(t, &archive)
}

func unpacked(t *testing.T, archive io.Reader) map[string]string {
	t.Helper()
	files := map[string]string{}
	_, err := store.Import(archive, func(e store.Entry) error {
		files[e.Path] = string(e.Content)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

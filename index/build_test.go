package index_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"demarche/index"
	"demarche/search"
)

// write puts files into a folder and returns it.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const (
	norms = "We promote the voluntary norms of responsible state behaviour in cyberspace, as all states have recognised them."
	ports = "Every harbour is critical infrastructure and is to be protected from malicious cyber activity at all times."
)

func build(t *testing.T, data string, paths ...string) index.Report {
	t.Helper()
	report, err := index.Build(t.Context(), index.Options{Data: data, Paths: paths})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func open(t *testing.T, data string) search.Engine {
	t.Helper()
	engine, err := index.Open("bleve:"+data, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
	return engine
}

// ids are the paragraphs that an engine holds.
func ids(t *testing.T, engine search.Engine) []string {
	t.Helper()
	result, err := engine.Search(t.Context(), search.Request{Size: search.MaxSize})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, h := range result.Hits {
		ids = append(ids, h.Paragraph.ID)
	}
	return ids
}

// TestIDsDoNotDependOnTheWay builds the same index in three ways: at once, file
// by file in the opposite order, and out of a larger one.
func TestIDsDoNotDependOnTheWay(t *testing.T) {
	files := rawFiles(t)
	once, single, larger := t.TempDir(), t.TempDir(), t.TempDir()
	build(t, once, files...)
	for _, f := range slices.Backward(files) {
		build(t, single, f)
	}
	extra := filepath.Join(write(t, map[string]string{"ports.txt": ports}), "ports.txt")
	build(t, larger, append([]string{extra}, files...)...)
	if err := os.Remove(extra); err != nil {
		t.Fatal(err)
	}
	build(t, larger, extra)

	want := ids(t, open(t, once))
	if len(want) != 46 {
		t.Errorf("%d paragraphs, want 46", len(want))
	}
	for name, data := range map[string]string{"file by file": single, "out of a larger one": larger} {
		if diff := cmp.Diff(want, ids(t, open(t, data))); diff != "" {
			t.Errorf("%s (-at once +so)\n%s", name, diff)
		}
	}
}

// TestHistoryDoesNotMatter writes, changes and removes files at random, and
// compares the index that followed each change with one built at once.
func TestHistoryDoesNotMatter(t *testing.T) {
	texts := []string{norms, ports, "", "1. " + norms + "\n2. " + ports, "\x00\x01"}
	for seed := range uint64(3) {
		random := rand.New(rand.NewPCG(seed, 0))
		docs, data := t.TempDir(), t.TempDir()
		for range 4 {
			for range 1 + random.IntN(3) {
				path := filepath.Join(docs, string(rune('a'+random.IntN(4)))+".txt")
				_ = os.Remove(path) // it need not be there
				if text := texts[random.IntN(len(texts))]; text != "" {
					if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
			build(t, data, docs)
			var want []string
			statements, _, err := index.Inspect(t.Context(), []string{docs}, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range statements {
				for _, v := range s.Versions {
					for _, p := range v.Paragraphs {
						want = append(want, p.ID)
					}
				}
			}
			got := held(t, data)
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("seed %d (-at once +step by step)\n%s", seed, diff)
			}
		}
	}
}

// held are the paragraphs in a data directory; none where there is no index.
func held(t *testing.T, data string) []string {
	t.Helper()
	if _, err := os.Stat(filepath.Join(data, "CURRENT")); err != nil {
		return nil
	}
	return ids(t, open(t, data))
}

// TestInterruptedBuild ends a build at each of its steps: the index stays as it
// was, and the next build makes up for it.
func TestInterruptedBuild(t *testing.T) {
	for _, step := range []index.Step{index.Finding, index.Reading, index.Joining, index.Writing} {
		t.Run(string(step), func(t *testing.T) {
			data, docs := t.TempDir(), write(t, map[string]string{"a.txt": norms})
			build(t, data, docs)
			before := ids(t, open(t, data))
			if err := os.WriteFile(filepath.Join(docs, "b.txt"), []byte(ports), 0o644); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			_, err := index.Build(ctx, index.Options{Data: data, Paths: []string{docs}, Progress: func(e index.Event) {
				if e.Step == step {
					cancel()
				}
			}})
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("error %v, want that the context was cancelled", err)
			}
			if diff := cmp.Diff(before, ids(t, open(t, data))); diff != "" {
				t.Errorf("the index has changed (-before +after)\n%s", diff)
			}
			build(t, data, docs)
			if n := len(ids(t, open(t, data))); n != 2 {
				t.Errorf("%d paragraphs after the next build, want 2", n)
			}
		})
	}
}

// TestSecondBuilder checks that one builder keeps another out, and that the
// other does not wait.
func TestSecondBuilder(t *testing.T) {
	data, docs := t.TempDir(), write(t, map[string]string{"a.txt": norms})
	var second error
	var took time.Duration
	_, err := index.Build(t.Context(), index.Options{Data: data, Paths: []string{docs}, Progress: func(e index.Event) {
		if e.Step == index.Writing && e.Done == 0 {
			began := time.Now()
			_, second = index.Build(t.Context(), index.Options{Data: data, Paths: []string{docs}})
			took = time.Since(began)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if !errors.Is(second, index.ErrBusy) || took > 10*time.Second {
		t.Errorf("the second builder got %v after %v, want ErrBusy at once", second, took)
	}
}

// TestNames checks that files of one name in two places are told apart, and
// that a folder takes over the places inside it.
func TestNames(t *testing.T) {
	docs := write(t, map[string]string{"east/a.txt": norms, "west/a.txt": ports})
	east, west := filepath.Join(docs, "east", "a.txt"), filepath.Join(docs, "west", "a.txt")
	data := t.TempDir()
	build(t, data, east)
	if diff := cmp.Diff([]string{"a.txt"}, sources(t, data)); diff != "" {
		t.Error(diff)
	}
	build(t, data, west)
	if diff := cmp.Diff([]string{"a.txt", "west/a.txt"}, sources(t, data)); diff != "" {
		t.Error(diff)
	}
	base := filepath.Base(docs)
	if r := build(t, data, docs); len(r.Updated) != 2 || len(r.Added)+len(r.Removed) != 0 {
		t.Errorf("%+v, want two files updated by name", r)
	}
	if diff := cmp.Diff([]string{base + "/east/a.txt", base + "/west/a.txt"}, sources(t, data)); diff != "" {
		t.Error(diff)
	}
}

// sources are the files that an index was made of.
func sources(t *testing.T, data string) []string {
	t.Helper()
	engine := open(t, data)
	var files []string
	for _, id := range ids(t, engine) {
		h, err := engine.Paragraph(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, h.Paragraph.Origin.File)
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// TestReportOfRefusals checks that a refused file costs no other, and that one
// that merely cannot be looked at stays in the index.
func TestReportOfRefusals(t *testing.T) {
	docs := write(t, map[string]string{"good.txt": norms, "sub/better.txt": ports, "binary.txt": "a\x00\x01\x02\xff\xfe\x00b"})
	data := t.TempDir()
	r := build(t, data, docs)
	if len(r.Added) != 2 || len(r.Refused) != 1 || r.Incomplete || r.Refused[0].File != filepath.Join(docs, "binary.txt") {
		t.Errorf("%+v", r)
	}
	if os.Geteuid() == 0 {
		return // who can look at everything: .ci/run runs this as another user
	}
	if err := os.Chmod(filepath.Join(docs, "sub"), 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(docs, "sub"), 0o755) })
	if r := build(t, data, docs); len(r.Removed) != 0 || r.Paragraphs != 2 {
		t.Errorf("%+v, want that the folder without permission stays", r)
	}
}

// TestEnsure checks that an empty data directory gets the statements that ship
// with the program, and that another one is left alone.
func TestEnsure(t *testing.T) {
	data := t.TempDir()
	for range 2 {
		if err := index.Ensure(t.Context(), index.Options{Data: data}); err != nil {
			t.Fatal(err)
		}
		if info := open(t, data).Info(); info.Statements != 3 || info.Versions != 6 {
			t.Errorf("%+v, want 3 statements in 6 versions", info)
		}
	}
	generations, err := os.ReadDir(filepath.Join(data, "generations"))
	if err != nil || len(generations) != 1 {
		t.Errorf("%d generations, error %v; want one", len(generations), err)
	}
	other := t.TempDir()
	build(t, other, write(t, map[string]string{"a.txt": norms}))
	if err := index.Ensure(t.Context(), index.Options{Data: other}); err != nil {
		t.Fatal(err)
	}
	if info := open(t, other).Info(); info.Statements != 1 {
		t.Errorf("%+v, want the one statement that was indexed", info)
	}
}

func TestOpenWithoutIndex(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	if _, err := index.Open("bleve:"+t.TempDir(), log); !errors.Is(err, index.ErrNoIndex) {
		t.Errorf("error %v, want ErrNoIndex", err)
	}
	if _, err := index.Open("paper:"+t.TempDir(), log); err == nil {
		t.Error("an unknown kind of index was opened")
	}
	data := t.TempDir()
	if err := os.WriteFile(filepath.Join(data, "CURRENT"), []byte("?"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := index.Open("bleve:"+data, log); err == nil || errors.Is(err, index.ErrNoIndex) {
		t.Errorf("error %v, want that CURRENT is damaged", err)
	}
}

// TestNoIndexIsNotMade asks for the index of a folder that is not there, as when
// its name is mistyped.
func TestNoIndexIsNotMade(t *testing.T) {
	o := index.Options{Data: filepath.Join(t.TempDir(), "none")}
	if _, _, err := index.Backup(t.Context(), o, io.Discard); !errors.Is(err, index.ErrNoIndex) {
		t.Errorf("backup: %v", err)
	}
	if _, err := index.Rebuild(t.Context(), o); !errors.Is(err, index.ErrNoIndex) {
		t.Errorf("rebuild: %v", err)
	}
	if _, err := os.Stat(o.Data); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder was made: %v", err)
	}
}

// TestOnlyWhatChangedIsDone counts what a build does.
func TestOnlyWhatChangedIsDone(t *testing.T) {
	data, docs := t.TempDir(), write(t, map[string]string{"a.txt": norms, "b.txt": ports, "metadata.csv": "file,date\na.txt,2020\n"})
	if r := build(t, data, docs); r.Read != 2 || r.Annotated != 2 {
		t.Errorf("at first %+v", r)
	}
	if r := build(t, data, docs); r.Annotated != 0 || r.Unchanged != 2 {
		t.Errorf("without a change %+v", r)
	}
	if err := os.WriteFile(filepath.Join(docs, "metadata.csv"), []byte("file,date\na.txt,2021\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := build(t, data, docs); r.Annotated != 1 || r.Unchanged != 1 || len(r.Updated) != 1 {
		t.Errorf("with one date changed %+v", r)
	}
	if r, err := index.Rebuild(t.Context(), index.Options{Data: data}); err != nil || r.Annotated != 0 || r.Paragraphs != 2 {
		t.Errorf("rebuilt %+v, %v", r, err)
	}
}

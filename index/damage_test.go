package index_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index"
)

// ways are what may befall a file.
var ways = map[string]func(name string, content []byte) error{
	"flipped in front": func(name string, b []byte) error { b[0] ^= 1; return os.WriteFile(name, b, 0o600) },
	"flipped":          func(name string, b []byte) error { b[len(b)/2] ^= 0x20; return os.WriteFile(name, b, 0o600) },
	"zeroed":           func(name string, b []byte) error { clear(b[len(b)/3:]); return os.WriteFile(name, b, 0o600) },
	"cut":              func(name string, b []byte) error { return os.WriteFile(name, b[:len(b)*2/3], 0o600) },
	"emptied":          func(name string, _ []byte) error { return os.WriteFile(name, nil, 0o600) },
	"deleted":          func(name string, _ []byte) error { return os.Remove(name) },
}

// TestDamage damages each file of a data directory in each way. The check must
// see it; what is opened must answer as before; the next build must bring all in
// order from what is there, without the user's files; and nothing that was
// damaged may be deleted.
func TestDamage(t *testing.T) {
	whole, docs := t.TempDir(), write(t, map[string]string{"a.txt": norms, "b.txt": ports, "sub/c.txt": norms + "\n\n" + ports})
	build(t, whole, docs)
	if err := os.RemoveAll(docs); err != nil {
		t.Fatal(err)
	}
	want := ids(t, open(t, whole))
	for _, name := range files(t, whole) {
		if name == "LOCK" {
			continue // it holds nothing
		}
		for way, damage := range ways {
			t.Run(name+" "+way, func(t *testing.T) {
				t.Parallel()
				data := t.TempDir()
				if err := os.CopyFS(data, os.DirFS(whole)); err != nil {
					t.Fatal(err)
				}
				content, err := os.ReadFile(filepath.Join(data, name))
				if err != nil {
					t.Fatal(err)
				}
				if err := damage(filepath.Join(data, name), bytes.Clone(content)); err != nil {
					t.Fatal(err)
				}
				if now, err := os.ReadFile(filepath.Join(data, name)); err == nil && bytes.Equal(now, content) {
					t.Skip("the file is as it was: it holds what the damage leaves there")
				}
				heals(t, data, want)
			})
		}
	}
}

// heals checks that damage to a data directory is seen and mended.
func heals(t *testing.T, data string, want []string) {
	t.Helper()
	if v, err := index.Check(t.Context(), data); err != nil || len(v.Problems) == 0 {
		t.Errorf("the check found %+v, %v", v, err)
	}
	before := sums(t, data)
	answers(t, data, want)
	if r := build(t, data); len(r.Lost) > 0 {
		t.Errorf("lost %v", r.Lost)
	}
	if v, err := index.Check(t.Context(), data); err != nil || len(v.Problems) > 0 || v.Files != 3 {
		t.Errorf("afterwards the check found %+v, %v", v, err)
	}
	answers(t, data, want)
	after := sums(t, data)
	for sum, name := range before {
		// What counts is replaced; what is damaged is kept.
		if _, kept := after[sum]; !kept && strings.HasPrefix(name, "generations") {
			t.Errorf("%s is gone", name)
		}
	}
}

func answers(t *testing.T, data string, want []string) {
	t.Helper()
	engine, err := index.Start(t.Context(), index.Options{Data: data}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, ids(t, engine)); diff != "" {
		t.Errorf("wrong answers (-want +got)\n%s", diff)
	}
	if err := engine.Close(); err != nil {
		t.Error(err)
	}
}

// files are the names of all files in a folder.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// sums are the checksums of all files in a folder, with a name of each.
func sums(t *testing.T, dir string) map[[32]byte]string {
	t.Helper()
	all := map[[32]byte]string{}
	for _, name := range files(t, dir) {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		all[sha256.Sum256(content)] = name
	}
	return all
}

// TestKeepMends damages store and index under a server: it goes on to answer,
// says what is wrong, and brings both in order.
func TestKeepMends(t *testing.T) {
	data, docs := t.TempDir(), write(t, map[string]string{"a.txt": norms})
	build(t, data, docs)
	if err := os.WriteFile(filepath.Join(docs, "b.txt"), []byte(ports), 0o600); err != nil {
		t.Fatal(err)
	}
	build(t, data, docs)
	for _, name := range []string{"statements.db", "generations/2/records.db"} {
		if err := ways["flipped"](filepath.Join(data, name), read(t, filepath.Join(data, name))); err != nil {
			t.Fatal(err)
		}
	}
	engine, err := index.Start(t.Context(), index.Options{Data: data}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if h := engine.Health(); h.Generation != 1 || h.Problem == "" {
		t.Errorf("%+v, want that generation 1 answers and 2 is damaged", h)
	}
	stop := engine.Keep(index.Options{Data: data})
	for h := engine.Health(); h.Problem != "" || h.Mending; h = engine.Health() {
		if t.Context().Err() != nil {
			t.Fatalf("it stays %+v", h)
		}
		_ = ids(t, engine)
	}
	stop()
	if err := engine.Close(); err != nil {
		t.Error(err)
	}
	if got := ids(t, open(t, data)); len(got) != 2 {
		t.Errorf("%d paragraphs, want 2", len(got))
	}
}

// TestDamageUnderAServer damages the index that answers, with one before it and
// without: the server notices, says so, loses nothing and makes it again.
func TestDamageUnderAServer(t *testing.T) {
	for _, generations := range []int{1, 2} {
		data, docs := t.TempDir(), write(t, map[string]string{"a.txt": norms})
		build(t, data, docs)
		if generations == 2 {
			if err := os.WriteFile(filepath.Join(docs, "b.txt"), []byte(ports), 0o600); err != nil {
				t.Fatal(err)
			}
			build(t, data, docs)
		}
		engine := start(t, data)
		want := ids(t, engine)
		if engine.Verify(); engine.Health() != (index.Health{Generation: generations}) {
			t.Errorf("a whole index: %+v", engine.Health())
		}
		name := filepath.Join(data, "generations", strconv.Itoa(generations), "manifest")
		if err := ways["flipped"](name, read(t, name)); err != nil {
			t.Fatal(err)
		}
		engine.Verify()
		if h := engine.Health(); h.Problem == "" || h.Generation != 1 {
			t.Errorf("a damaged index: %+v", h)
		}
		if kept, err := filepath.Glob(filepath.Join(data, "generations", "*.damaged-*")); err != nil || len(kept) != 1 {
			t.Errorf("%v is kept, %v", kept, err)
		}
		if len(ids(t, engine)) == 0 {
			t.Error("it answers nothing")
		}
		stop := engine.Keep(index.Options{Data: data})
		for h := engine.Health(); h.Problem != "" || h.Mending || h.Generation != generations+1; h = engine.Health() {
			if t.Context().Err() != nil {
				t.Fatalf("it stays %+v", h)
			}
		}
		stop()
		if diff := cmp.Diff(want, ids(t, engine)); diff != "" {
			t.Errorf("wrong answers (-want +got)\n%s", diff)
		}
	}
}

// TestDamagedCURRENTUnderAServer damages, again and again, what says which
// generation counts: the server says so, keeps it and writes it again.
func TestDamagedCURRENTUnderAServer(t *testing.T) {
	data, docs := t.TempDir(), write(t, map[string]string{"a.txt": norms})
	build(t, data, docs)
	var log strings.Builder
	engine, err := index.Start(t.Context(), index.Options{Data: data}, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	stop := engine.Keep(index.Options{Data: data})
	for generation := 2; generation < 5; generation++ {
		if err := os.WriteFile(filepath.Join(data, "CURRENT"), []byte("generation 9\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		for h := engine.Health(); h.Problem != "" || h.Mending || h.Generation != generation; h = engine.Health() {
			if t.Context().Err() != nil {
				t.Fatalf("it stays %+v", h)
			}
		}
	}
	stop()
	if err := engine.Close(); err != nil {
		t.Error(err)
	}
	if n := strings.Count(log.String(), "the current index cannot be used"); n < 2 { // what Keep begins with may come first once
		t.Errorf("it was said %d times: %s", n, &log)
	}
	if kept, err := filepath.Glob(filepath.Join(data, "CURRENT.damaged-*")); err != nil || len(kept) != 3 {
		t.Errorf("kept %v, %v", kept, err)
	}
}

func start(t *testing.T, data string) *index.Live {
	t.Helper()
	engine, err := index.Start(t.Context(), index.Options{Data: data}, slog.New(slog.DiscardHandler))
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

func read(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// TestLostIsSaid damages a store of which no index was made yet, so that no
// archive has its files: what is still in its place is read again, and what is
// not is named.
func TestLostIsSaid(t *testing.T) {
	var texts []string
	files := map[string]string{}
	for i := range 40 {
		text := fmt.Sprintf("%s %d %s", norms, i, strings.Repeat(fmt.Sprintf("Word%d is said here once more. ", i*i), 40+i))
		texts = append(texts, text)
		files[fmt.Sprintf("%02d.txt", i)] = text
	}
	data, docs := t.TempDir(), write(t, files)
	build(t, data, docs)
	if err := os.RemoveAll(filepath.Join(data, "generations")); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(data, "statements.db")
	content := read(t, name)
	// Most of the file: on a slow machine it has pages that are in use no more.
	clear(content[len(content)/4:])
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		if err := os.Remove(filepath.Join(docs, fmt.Sprintf("%02d.txt", i))); err != nil {
			t.Fatal(err)
		}
	}
	r := build(t, data)
	kept := stored(t, data)
	for i, text := range texts {
		path := filepath.Join(docs, fmt.Sprintf("%02d.txt", i))
		if _, ok := kept[path]; i >= 20 && (!ok || kept[path] != text) {
			t.Errorf("%s was in its place and is not stored again", path)
		}
	}
	if len(r.Notes) == 0 {
		t.Error("nothing was said of the damage")
	}
}

package store_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"demarche/index/source"
	"demarche/index/store"
)

func entry(path, content string) store.Entry {
	sum := sha256.Sum256([]byte(content))
	return store.Entry{
		Record: store.Record{
			Path: path, Name: filepath.Base(path), Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:]),
			Declared: []source.Declared{{Title: "On " + path}}, Recipe: "1",
		},
		Content: []byte(content), Draft: []byte(`{"of":"` + path + `"}`),
	}
}

// many are files of which some fill several pages.
func many(n int) []store.Entry {
	entries := make([]store.Entry, n)
	for i := range entries {
		var text strings.Builder
		for j := range 1 + i%7*i {
			fmt.Fprintf(&text, "Paragraph %d of file %d, which no other is like: %x.\n", j, i, sha256.Sum256(fmt.Append(nil, i, j)))
		}
		entries[i] = entry(fmt.Sprintf("/docs/%04d.txt", i), text.String())
	}
	return entries
}

// begin makes a store in a new folder.
func begin(t *testing.T, entries []store.Entry) string {
	t.Helper()
	dir := t.TempDir()
	s, err := store.New(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Install("old"); err != nil {
		t.Fatal(err)
	}
	for chunk := range slices.Chunk(entries, 5) {
		if err := s.Apply(store.Change{Put: chunk, Places: map[string]string{"/docs": "docs"}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// contents are the files that a store holds.
func contents(t *testing.T, s *store.Store) map[string]string {
	t.Helper()
	all := map[string]string{}
	for path, r := range s.Records() {
		content, err := s.Content(r)
		if err != nil {
			t.Error(err)
		}
		all[path] = string(content)
	}
	return all
}

func texts(entries []store.Entry) map[string]string {
	all := map[string]string{}
	for _, e := range entries {
		all[e.Path] = string(e.Content)
	}
	return all
}

func TestStoreKeepsWhatItIsGiven(t *testing.T) {
	entries := many(40)
	dir := begin(t, entries)
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(texts(entries), contents(t, s)); diff != "" {
		t.Error(diff)
	}
	if draft, err := s.Draft("/docs/0003.txt"); err != nil || string(draft) != `{"of":"/docs/0003.txt"}` {
		t.Errorf("draft %s, %v", draft, err)
	}
	if diff := cmp.Diff(entries[3].Record, s.Records()["/docs/0003.txt"]); diff != "" {
		t.Error(diff)
	}
	if got := s.Places(); !maps.Equal(got, map[string]string{"/docs": "docs"}) {
		t.Errorf("places %v", got)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestPosition moves with what would be indexed and with nothing else.
func TestPosition(t *testing.T) {
	dir := begin(t, many(3))
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	renamed, touched := s.Records()["/docs/0001.txt"], s.Records()["/docs/0002.txt"]
	renamed.Name = "other.txt"
	touched.ModTime, touched.Recipe = time.Unix(1, 0), "2"
	for _, c := range []struct {
		name   string
		change store.Change
		moves  bool
	}{
		{"nothing", store.Change{}, false},
		{"a draft and a time", store.Change{Put: []store.Entry{{Record: touched, Draft: []byte("{}")}}}, false},
		{"a place", store.Change{Places: map[string]string{}}, false},
		{"a name", store.Change{Put: []store.Entry{{Record: renamed}}}, true},
		{"a new file", store.Change{Put: []store.Entry{entry("/new.txt", "new")}}, true},
		{"the same again", store.Change{Put: []store.Entry{entry("/new.txt", "new")}}, false},
		{"other bytes", store.Change{Put: []store.Entry{entry("/new.txt", "newer")}}, true},
		{"one less", store.Change{Remove: []string{"/new.txt"}}, true},
	} {
		before := s.Position()
		if err := s.Apply(c.change); err != nil {
			t.Fatal(err)
		}
		if moved := s.Position() != before; moved != c.moves {
			t.Errorf("%s: moved %v, want %v", c.name, moved, c.moves)
		}
	}
}

// damages are what may befall a file.
var damages = map[string]func(content []byte, at int) []byte{
	"flipped": func(b []byte, at int) []byte { b[at] ^= 0x10; return b },
	"zeroed":  func(b []byte, at int) []byte { clear(b[at:min(at+512, len(b))]); return b },
	"cut":     func(b []byte, at int) []byte { return b[:at] },
}

// TestDamageIsSeen damages a store of some hundred pages at many places, closed
// well and as after a kill. Open must see it, or the store must hold what it
// held; what is recovered must be what was stored, or be missing by name.
func TestDamageIsSeen(t *testing.T) {
	entries := many(60)
	dir := begin(t, entries)
	whole, err := os.ReadFile(filepath.Join(dir, "statements.db"))
	if err != nil {
		t.Fatal(err)
	}
	for way, damage := range damages {
		for _, killed := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, killed %v", way, killed), func(t *testing.T) {
				for at := 5; at < len(whole); at += len(whole) / 8 {
					tryDamage(t, dir, func(b []byte) []byte { return damage(b, at) }, killed, texts(entries))
				}
			})
		}
	}
}

func tryDamage(t *testing.T, dir string, damage func([]byte) []byte, killed bool, want map[string]string) {
	t.Helper()
	victim := t.TempDir()
	if err := os.CopyFS(victim, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if killed {
		writing(t, victim)
	}
	name := filepath.Join(victim, "statements.db")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	damaged := damage(bytes.Clone(whole))
	if err := os.WriteFile(name, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(victim)
	if err == nil {
		if !killed && !bytes.Equal(damaged, whole) {
			t.Error("damage was not seen")
		}
		if diff := cmp.Diff(want, contents(t, s)); diff != "" {
			t.Errorf("a damaged store was opened and answers wrongly: %s", diff)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		return
	}
	if d := (*store.Damage)(nil); !errors.As(err, &d) {
		t.Errorf("the error is not damage: %v", err)
	}
	recovered(t, victim, nil, want)
}

// writing makes a store look as if its writer had been killed.
func writing(t *testing.T, dir string) {
	t.Helper()
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(store.Change{Places: map[string]string{"/docs": "papers"}}); err != nil {
		t.Fatal(err)
	}
	left := t.TempDir()
	if err := os.CopyFS(left, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"statements.db", "statements.sum"} {
		if err := os.Rename(filepath.Join(left, name), filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
}

// recovered recovers a store and checks that each file is what it was, or
// missing by name; nothing is deleted.
func recovered(t *testing.T, dir string, archives []string, want map[string]string) {
	t.Helper()
	damaged, err := os.ReadFile(filepath.Join(dir, "statements.db"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	s, kept, err := store.Recover(dir, archives)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if after, err := os.ReadFile(kept); kept != "" && (err != nil || !bytes.Equal(damaged, after)) {
		t.Errorf("what was damaged was not kept: %v", err)
	}
	for path, content := range contents(t, s) {
		if want[path] != content {
			t.Errorf("%s came back as %.40q", path, content)
		}
	}
	again, missing := s.Missing()
	if !again {
		t.Error("the store does not know that it was recovered")
	}
	if archives != nil && (len(missing) > 0 || len(s.Records()) != len(want)) {
		t.Errorf("%d of %d files came back, missing %v", len(s.Records()), len(want), missing)
	}
}

// TestRecoverFromArchive takes from an archive what a damaged store lacks, and
// everything where there is no store.
func TestRecoverFromArchive(t *testing.T) {
	entries := many(60)
	dir := begin(t, entries)
	archive := filepath.Join(t.TempDir(), "archive")
	if err := os.WriteFile(archive, export(t, dir), 0o600); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "statements.db")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	clear(whole[4096*3 : len(whole)/2])
	if err := os.WriteFile(name, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	recovered(t, dir, []string{archive}, texts(entries))
	recovered(t, t.TempDir(), []string{archive}, texts(entries))
}

// TestAnOlderFileIsSeen puts an older copy of the store in its place.
func TestAnOlderFileIsSeen(t *testing.T) {
	dir := begin(t, many(3))
	name := filepath.Join(dir, "statements.db")
	older, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Apply(store.Change{Put: many(5)}), s.Close(), os.WriteFile(name, older, 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(dir); err == nil {
		t.Error("an older store was opened")
	}
}

func TestLockIsHeldByOne(t *testing.T) {
	dir := t.TempDir()
	first, err := store.Acquire(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if _, err := store.Acquire(t.Context(), dir); !errors.Is(err, store.ErrBusy) || time.Since(began) > 20*store.Patience {
		t.Errorf("the second got %v after %v", err, time.Since(began))
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := store.Acquire(ended, dir); !errors.Is(err, context.Canceled) {
		t.Errorf("a wait that ended got %v", err)
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	next, err := store.Acquire(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := next.Release(); err != nil {
		t.Error(err)
	}
}

package durable_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"demarche/index/durable"
)

func TestReadSeesEveryFlippedBit(t *testing.T) {
	name := filepath.Join(t.TempDir(), "CURRENT")
	if _, err := durable.Read(name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("reading no file: %v", err)
	}
	for _, content := range []string{"first", "second\nof two lines\n", ""} {
		if err := durable.Write(name, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if got, err := durable.Read(name); err != nil || string(got) != content {
			t.Errorf("got %q, %v, want %q", got, err, content)
		}
	}
	if err := durable.Write(name, []byte("generation 7\n")); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		damaged := append([]byte(nil), whole...)
		damaged[i] ^= 1
		check(t, name, damaged)
		check(t, name, whole[:i])
	}
}

func check(t *testing.T, name string, damaged []byte) {
	t.Helper()
	if err := os.WriteFile(name, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := durable.Read(name); !errors.Is(err, durable.ErrDamaged) {
		t.Errorf("%q was read as %q, %v", damaged, got, err)
	}
}

func TestWriteLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	taken := filepath.Join(dir, "CURRENT")
	if err := os.MkdirAll(filepath.Join(taken, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := durable.Write(taken, nil); err == nil {
		t.Error("a folder was replaced by a file")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%v, %v: only the folder must be left", entries, err)
	}
}

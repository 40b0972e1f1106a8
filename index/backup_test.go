package index_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index"
	"demarche/index/durable"
	"demarche/index/store"
)

func TestRestoreIsAllOrNothing(t *testing.T) {
	data, docs := t.TempDir(), write(t, map[string]string{"a.txt": norms, "b.txt": ports})
	build(t, data, docs)
	var archive bytes.Buffer
	if _, before, err := index.Backup(t.Context(), index.Options{Data: data}, &archive); err != nil || before {
		t.Fatal(before, err)
	}
	other := t.TempDir()
	o := index.Options{Data: other}
	if _, err := index.Restore(t.Context(), o, bytes.NewReader(archive.Bytes()[:archive.Len()-9]), false); err == nil {
		t.Error("half an archive was restored")
	}
	if _, err := index.Check(t.Context(), other); !errors.Is(err, index.ErrNoIndex) {
		t.Errorf("half an archive left something: %v", err)
	}
	if _, err := index.Restore(t.Context(), o, bytes.NewReader(archive.Bytes()), false); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ids(t, open(t, data)), ids(t, open(t, other))); diff != "" {
		t.Errorf("(-saved +restored)\n%s", diff)
	}
	if _, err := index.Restore(t.Context(), o, bytes.NewReader(archive.Bytes()), false); !errors.Is(err, index.ErrNotEmpty) {
		t.Errorf("restored over another one: %v", err)
	}
	if _, err := index.Restore(t.Context(), o, bytes.NewReader(archive.Bytes()), true); err != nil {
		t.Error(err)
	}
}

// TestBackupBesideTheFirstBuild asks for a backup before there is anything to save.
func TestBackupBesideTheFirstBuild(t *testing.T) {
	data := t.TempDir()
	lock, err := store.Acquire(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := index.Backup(t.Context(), index.Options{Data: data}, io.Discard); !errors.Is(err, index.ErrBusy) {
		t.Errorf("told %v, want ErrBusy", err)
	}
	if err := lock.Release(); err != nil {
		t.Error(err)
	}
}

// TestMadeUpPlaces restores an archive that names places in which every file of
// the disk would lie, and indexes on.
func TestMadeUpPlaces(t *testing.T) {
	var archive bytes.Buffer
	z := gzip.NewWriter(&archive)
	w := tar.NewWriter(z)
	list := durable.Seal([]byte(`{"Version":1,"Places":{"":"a","../..":"b","/x/../..":"c"},"Files":[]}`))
	if err := w.WriteHeader(&tar.Header{Name: "contents.json", Mode: 0o644, Size: int64(len(list)), Typeflag: tar.TypeReg}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(list); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	if _, err := index.Restore(t.Context(), index.Options{Data: data}, &archive, false); err != nil {
		t.Fatal(err)
	}
	if r := build(t, data, write(t, map[string]string{"a.txt": norms})); len(r.Added) != 1 {
		t.Errorf("indexed afterwards: %+v", r)
	}
}

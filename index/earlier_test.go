package index_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"demarche/index"
)

// earlier makes a data directory as it was before the store, which knows places.
func earlier(t *testing.T, places ...string) string {
	t.Helper()
	data := write(t, map[string]string{"CURRENT": "generation 1\nformat 1\n", "generations/1/statements.db": "of old"})
	db, err := bolt.Open(filepath.Join(data, "sources.db"), 0o644, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bolt.Tx) error {
		roots, err := tx.CreateBucket([]byte("roots"))
		for _, p := range places {
			if err == nil {
				err = roots.Put([]byte(p), []byte(`{"Label":"x"}`))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestEarlierPlacesAreIndexedAgain holds that whoever indexed files before there was
// a store finds them after it too.
func TestEarlierPlacesAreIndexedAgain(t *testing.T) {
	docs := write(t, map[string]string{"a.txt": "States uphold the norms of responsible behaviour in cyberspace at all times.\n"})
	gone := filepath.Join(t.TempDir(), "gone")
	data := earlier(t, docs, gone)
	if err := index.Ensure(t.Context(), index.Options{Data: data}); err != nil {
		t.Fatal(err)
	}
	report, err := index.Build(t.Context(), index.Options{Data: data, Paths: []string{docs}})
	if err != nil {
		t.Fatal(err)
	}
	if report.Statements != 1 || report.Unchanged != 1 {
		t.Errorf("%d statements, %d files unchanged, want the one of the folder", report.Statements, report.Unchanged)
	}
	verdict, err := index.Check(t.Context(), data)
	if err != nil || len(verdict.Problems) > 0 {
		t.Errorf("%v, %v", verdict.Problems, err)
	}
	kept, _ := filepath.Glob(filepath.Join(data, "sources.db.earlier*"))
	if len(kept) != 1 {
		t.Errorf("the list of places is kept as %v", kept)
	}
}

// TestEarlierPlacesThatAreGoneAreNamed holds for a list that cannot be read, too.
func TestEarlierPlacesThatAreGoneAreNamed(t *testing.T) {
	gone := filepath.Join(t.TempDir(), "gone")
	unreadable := earlier(t)
	if err := os.WriteFile(filepath.Join(unreadable, "sources.db"), bytes.Repeat([]byte("no database "), 1000), 0o644); err != nil {
		t.Fatal(err)
	}
	for data, want := range map[string]string{earlier(t, gone): gone, unreadable: "sources.db"} {
		report, err := index.Build(t.Context(), index.Options{Data: data, Paths: []string{t.TempDir()}})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(strings.Join(report.Notes, "\n"), want) {
			t.Errorf("%s is not named: %q", want, report.Notes)
		}
	}
}

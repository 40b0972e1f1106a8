//go:build unix

package index_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"demarche/index"
)

// TestFileThatBecomesAPipe exchanges a file for a pipe after it was found: to open
// that would wait for its writer, with the data directory locked.
func TestFileThatBecomesAPipe(t *testing.T) {
	data, docs := t.TempDir(), write(t, map[string]string{"a.txt": norms, "b.txt": ports})
	build(t, data, docs)
	name := filepath.Join(docs, "a.txt")
	report, err := index.Build(t.Context(), index.Options{Data: data, Paths: []string{docs}, Progress: func(e index.Event) {
		if e.Step != index.Reading || e.Done > 0 {
			return
		}
		if err := os.Remove(name); err != nil {
			t.Error(err)
		}
		if err := syscall.Mkfifo(name, 0o600); err != nil {
			t.Error(err)
		}
	}})
	if err != nil || len(report.Refused) != 1 || len(report.Removed) != 1 {
		t.Errorf("%+v, %v", report, err)
	}
}

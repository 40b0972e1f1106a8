package index_test

import (
	"path/filepath"
	"syscall"
	"testing"

	"demarche/index"
)

// TestCheckOfWhatOnlyIsRead checks a data directory where nothing can be written, not
// even a lock.
func TestCheckOfWhatOnlyIsRead(t *testing.T) {
	data, seen := filepath.Join(t.TempDir(), "data"), t.TempDir()
	start(t, data)
	if err := syscall.Mount(data, seen, "", syscall.MS_BIND, ""); err != nil {
		t.Skipf("folders cannot be mounted (%v): run the test as root, or where mounting is allowed", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(seen, 0); err != nil {
			t.Error(err)
		}
	})
	if err := syscall.Mount("", seen, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	verdict, err := index.Check(t.Context(), seen)
	if err != nil {
		t.Fatal(err)
	}
	if len(verdict.Problems) > 0 || verdict.Paragraphs == 0 {
		t.Errorf("found %d paragraphs, and problems %q", verdict.Paragraphs, verdict.Problems)
	}
}

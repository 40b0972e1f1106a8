//go:build unix

package source_test

import (
	"os"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index/source"
)

// A pipe is refused without being opened: that would wait for its writer.
func TestFindPipe(t *testing.T) {
	write(t, map[string]string{"in/a.txt": "a"})
	if err := syscall.Mkfifo("in/pipe.txt", 0o644); err != nil {
		t.Skipf("named pipes cannot be made here (%v): run where they can", err)
	}
	entries, refused := source.Find([]string{"in", "in/pipe.txt"})
	if diff := cmp.Diff([]string{"in/a.txt"}, names(entries)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"in/pipe.txt: it is not a regular file"}, reasons(refused)); diff != "" {
		t.Error(diff)
	}
}

// A name in another encoding is no name for those who cite a file.
func TestFindNamesThatAreNotUTF8(t *testing.T) {
	write(t, map[string]string{"in/a.txt": "a", "in/b\xff.txt": "b"})
	entries, refused := source.Find([]string{"in"})
	if diff := cmp.Diff([]string{"in/a.txt"}, names(entries)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"in/b\xff.txt: its name is not UTF-8: give it another"}, reasons(refused)); diff != "" {
		t.Error(diff)
	}
}

func TestFindNoPermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("the superuser may read everything: run the test as another user, as .ci/run does")
	}
	write(t, map[string]string{"in/a.txt": "a"})
	if err := os.Chmod("in/a.txt", 0); err != nil {
		t.Fatal(err)
	}
	entries, _ := source.Find([]string{"in"})
	if _, err := source.Read(entries[0], source.Limits{}); err == nil || err.Error() != "in/a.txt: no permission to read it" {
		t.Errorf("Read: %v", err)
	}
}

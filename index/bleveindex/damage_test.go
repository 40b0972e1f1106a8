package bleveindex_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index/bleveindex"
	"demarche/search/sample"
)

// contents are the files below dir, by name.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestDamage damages each file of a generation in each way and opens it: that is
// refused with the name of the file, and changes nothing.
func TestDamage(t *testing.T) {
	whole := contents(t, create(t, sample.Statements()))
	ways := map[string]func(path, content string) error{
		"removed":   func(path, _ string) error { return os.Remove(path) },
		"emptied":   func(path, _ string) error { return os.WriteFile(path, nil, 0o600) },
		"cut short": func(path, content string) error { return os.WriteFile(path, []byte(content[:len(content)/2]), 0o600) },
		"flipped": func(path, content string) error {
			b := []byte(content)
			b[len(b)/2] ^= 0x40
			return os.WriteFile(path, b, 0o600)
		},
	}
	for name, content := range whole {
		for way, damage := range ways {
			t.Run(name+" "+way, func(t *testing.T) {
				dir := write(t, whole)
				if err := damage(filepath.Join(dir, filepath.FromSlash(name)), content); err != nil {
					t.Fatal(err)
				}
				refused(t, dir, filepath.Base(name))
			})
		}
	}
}

func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// refused checks that dir does not open, that the error names the fault, and
// that nothing in dir changes.
func refused(t *testing.T, dir, fault string) {
	t.Helper()
	before := contents(t, dir)
	e, err := bleveindex.Open(dir)
	if err == nil {
		e.Close()
		t.Fatal("it opened")
	}
	if !strings.Contains(err.Error(), fault) {
		t.Errorf("the error does not name %s: %v", fault, err)
	}
	if d := cmp.Diff(before, contents(t, dir)); d != "" {
		t.Errorf("opening changed the files: %s", d)
	}
}

func TestOpenElsewhere(t *testing.T) {
	empty := t.TempDir()
	for _, dir := range []string{empty, filepath.Join(empty, "absent")} {
		if _, err := bleveindex.Open(dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("opening a folder without an index: %v", err)
		}
	}
}

func TestOpenForeignManifest(t *testing.T) {
	for name, manifest := range map[string]string{
		"another format":     `{"Format": 999}`,
		"a file elsewhere":   `{"Format": 2, "Files": [{"Name": "../manifest.json"}]}`,
		"a file from a root": `{"Format": 2, "Files": [{"Name": "/etc/hostname"}]}`,
		"no files":           `{"Format": 2}`,
		"no JSON":            `format 1`,
	} {
		t.Run(name, func(t *testing.T) { refused(t, write(t, map[string]string{"manifest": manifest}), "") })
	}
}

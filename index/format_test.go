package index

import (
	"os"
	"path/filepath"
	"testing"
)

// writeTree makes the folder of a generation without an index in it.
func writeTree(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "manifest"), []byte("for a test\n"), 0o644)
}

// TestOtherFormatIsReadAgain makes an index look as if another version of the
// program had made it.
func TestOtherFormatIsReadAgain(t *testing.T) {
	data := t.TempDir()
	if err := Ensure(t.Context(), Options{Data: data}); err != nil {
		t.Fatal(err)
	}
	disguise(t, data)
	if _, err := Open("bleve:"+data, nil); err == nil {
		t.Error("an index in another format was opened")
	}
	if err := Ensure(t.Context(), Options{Data: data}); err != nil {
		t.Fatal(err)
	}
	now, err := generations{data}.current()
	if want := (edition{2, Format}); err != nil || now != want {
		t.Errorf("%+v, error %v; want %+v", now, err, want)
	}
	for _, r := range records(t, data) {
		if len(r.Draft) < 10 {
			t.Errorf("%s was not read again", r.Name)
		}
	}
}

func disguise(t *testing.T, data string) {
	t.Helper()
	src, err := openSources(data)
	if err != nil {
		t.Fatal(err)
	}
	defer src.close()
	known, err := src.load()
	if err != nil {
		t.Fatal(err)
	}
	known.Format--
	for path, r := range known.Records {
		r.Draft = []byte("{}")
		known.Records[path] = r
	}
	if err := src.save(known); err != nil {
		t.Fatal(err)
	}
	if err := (generations{data}).publish(edition{known.Generation, Format - 1}); err != nil {
		t.Fatal(err)
	}
}

func records(t *testing.T, data string) map[string]record {
	t.Helper()
	src, err := openSources(data)
	if err != nil {
		t.Fatal(err)
	}
	defer src.close()
	known, err := src.load()
	if err != nil {
		t.Fatal(err)
	}
	return known.Records
}

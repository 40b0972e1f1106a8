package index

import (
	"os"
	"path/filepath"
	"testing"

	"demarche/index/bleveindex"
	"demarche/index/store"
)

// writeTree puts something into the folder of a generation.
func writeTree(dir string) error {
	return os.WriteFile(filepath.Join(dir, "manifest"), []byte("for a test\n"), 0o644)
}

const plain = "We promote the voluntary norms of responsible state behaviour in cyberspace, as all states have recognised them."

// TestOtherFormatIsMadeAgain makes a data directory look as if another version
// of the program had made it, and takes the user's files away: all is made again
// from the store.
func TestOtherFormatIsMadeAgain(t *testing.T) {
	data, docs := t.TempDir(), t.TempDir()
	file := filepath.Join(docs, "a.txt")
	if err := os.WriteFile(file, []byte(plain), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Build(t.Context(), Options{Data: data, Paths: []string{file}}); err != nil {
		t.Fatal(err)
	}
	disguise(t, data)
	if err := os.RemoveAll(docs); err != nil {
		t.Fatal(err)
	}
	if _, err := Open("bleve:"+data, nil); err == nil {
		t.Error("an index in another format was opened")
	}
	if err := Ensure(t.Context(), Options{Data: data}); err != nil {
		t.Fatal(err)
	}
	number, m, err := (generations{data}).manifest()
	if err != nil || m.Made.Format != Format || m.Paragraphs != 1 {
		t.Errorf("generation %d: %+v, error %v; want one paragraph in format %d", number, m, err, Format)
	}
}

// disguise gives drafts and index the number of the format before.
func disguise(t *testing.T, data string) {
	t.Helper()
	s, err := store.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	var c store.Change
	for _, r := range s.Records() {
		r.Recipe = "before"
		c.Put = append(c.Put, store.Entry{Record: r, Draft: []byte("{}")})
	}
	if err := s.Apply(c); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	g := generations{data}
	_, err = g.add(t.Context(), func(dir string) error {
		return bleveindex.Create(t.Context(), dir, bleveindex.Made{Format: Format - 1}, each(nil), nil)
	})
	if err != nil {
		t.Fatal(err)
	}
}

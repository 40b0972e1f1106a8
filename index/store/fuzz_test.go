package store_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"testing"

	"demarche/index/durable"
	"demarche/index/store"
)

// longestFuzzed is the most that an archive, or a list or file within one, made
// up may have, in bytes. A fuzzer that is let makes megabytes, of which one
// costs as much as thousands of others.
const longestFuzzed = 4096

// FuzzImportList holds that an archive with any list under a checksum that
// holds, and any file behind it, is refused as one or gives files that are as
// the list says. What is made up byte by byte hardly gets past gzip.
func FuzzImportList(f *testing.F) {
	pack := packer()
	f.Fuzz(func(t *testing.T, list, name string, content []byte) {
		if max(len(list), len(name), len(content)) > longestFuzzed {
			return
		}
		var taken []store.Entry
		c, err := store.Import(bytes.NewReader(pack(list, name, content)), func(e store.Entry) error {
			taken = append(taken, e)
			return nil
		})
		if err == nil {
			checkTaken(t, c, taken)
		} else if !errors.Is(err, store.ErrNoArchive) {
			t.Errorf("%v is no refusal of the archive", err)
		}
	})
}

func checkTaken(t *testing.T, c *store.Listing, taken []store.Entry) {
	t.Helper()
	paths := map[string]bool{}
	for _, e := range taken {
		if e.Path == "" || e.Name == "" || paths[e.Path] || int64(len(e.Content)) != e.Size || store.Digest(e.Content) != e.SHA256 {
			t.Errorf("%+v is taken", e)
		}
		paths[e.Path] = true
	}
	if len(taken) != len(c.Paths) {
		t.Errorf("%d files are taken of %d", len(taken), len(c.Paths))
	}
}

// packer packs a list and one file, always with the same tables of gzip: to
// make them took most of the time. Names that tar cannot hold give half an
// archive, which is input too.
func packer() func(list, name string, content []byte) []byte {
	var b bytes.Buffer
	packed, _ := gzip.NewWriterLevel(&b, gzip.NoCompression) // the level exists
	return func(list, name string, content []byte) []byte {
		b.Reset()
		packed.Reset(&b)
		t := tar.NewWriter(packed)
		for _, m := range []struct {
			name    string
			content []byte
		}{{"contents.json", durable.Seal([]byte(list))}, {name, content}} {
			if t.WriteHeader(&tar.Header{Name: m.name, Mode: 0o644, Size: int64(len(m.content)), Typeflag: tar.TypeReg}) == nil {
				_, _ = t.Write(m.content)
			}
		}
		_, _ = t.Close(), packed.Close()
		return b.Bytes()
	}
}

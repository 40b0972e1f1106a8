package store_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"maps"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index/durable"
	"demarche/index/store"
)

func export(t testing.TB, dir string) []byte {
	t.Helper()
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := errors.Join(s.Export(&b), s.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func imported(archive []byte) (map[string]string, error) {
	all := map[string]string{}
	_, err := store.Import(bytes.NewReader(archive), func(e store.Entry) error {
		all[e.Path] = string(e.Content)
		return nil
	})
	return all, err
}

func TestArchiveRoundTrip(t *testing.T) {
	entries := many(20)
	archive := export(t, begin(t, entries))
	got, err := imported(archive)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(texts(entries), got); diff != "" {
		t.Error(diff)
	}
}

// TestArchiveDamage flips bits, cuts and lengthens an archive.
func TestArchiveDamage(t *testing.T) {
	entries := many(6)
	archive := export(t, begin(t, entries))
	// The first ten bytes are gzip's: a time and a system that mean nothing.
	for at := 10; at < len(archive); at += 1 + len(archive)/200 {
		damaged := bytes.Clone(archive)
		damaged[at] ^= 4
		for name, a := range map[string][]byte{"flipped": damaged, "cut": archive[:at]} {
			// Some bits between the blocks of gzip mean nothing.
			got, err := imported(a)
			if harmless := err == nil && maps.Equal(got, texts(entries)); !harmless && !errors.Is(err, store.ErrNoArchive) {
				t.Errorf("%s at %d: %v", name, at, err)
			}
		}
	}
	if _, err := imported(append(bytes.Clone(archive), archive...)); !errors.Is(err, store.ErrNoArchive) {
		t.Errorf("twice the same: %v", err)
	}
}

type part struct{ name, content string }

// pack makes what looks like an archive.
func pack(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for _, p := range parts {
		if err := w.WriteHeader(&tar.Header{Name: p.name, Mode: 0o644, Size: int64(len(p.content)), Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, p.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// list is a list of contents with its checksum.
func list(json string) part { return part{"contents.json", string(durable.Seal([]byte(json)))} }

const sumOfX = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"

// TestHostileArchives packs what no program of ours would.
func TestHostileArchives(t *testing.T) {
	file := `{"Path":"/a","Name":"a.txt","Size":1,"SHA256":"` + sumOfX + `"}`
	good := list(`{"Version":1,"Files":[` + file + `]}`)
	if got, err := imported(pack(t, good, part{"files/000001.txt", "x"})); err != nil || got["/a"] != "x" {
		t.Fatalf("the good one: %v, %v", got, err)
	}
	for name, archive := range map[string][]byte{
		"nothing":             {},
		"no members":          pack(t),
		"no list":             pack(t, part{"files/000001.txt", "x"}),
		"a list unsealed":     pack(t, part{"contents.json", `{"Version":1}`}),
		"no JSON":             pack(t, list("{")),
		"another version":     pack(t, list(`{"Version":2}`)),
		"a file too few":      pack(t, good),
		"a file too many":     pack(t, good, part{"files/000001.txt", "x"}, part{"files/000002.txt", "x"}),
		"a file outside":      pack(t, good, part{"../../etc/passwd", "x"}),
		"other bytes":         pack(t, good, part{"files/000001.txt", "y"}),
		"more bytes":          pack(t, good, part{"files/000001.txt", "xx"}),
		"one path twice":      pack(t, list(`{"Version":1,"Files":[`+file+`,`+file+`]}`), part{"files/000001.txt", "x"}, part{"files/000002.txt", "x"}),
		"a size below zero":   pack(t, list(`{"Version":1,"Files":[{"Path":"/a","Name":"a","Size":-1}]}`)),
		"a size beyond all":   pack(t, list(`{"Version":1,"Files":[{"Path":"/a","Name":"a","Size":9000000000}]}`)),
		"a file of no name":   pack(t, list(`{"Version":1,"Files":[{"Path":"/a","Size":1}]}`)),
		"a path beyond all":   pack(t, list(`{"Version":1,"Files":[`+strings.Replace(file, "/a", "/"+strings.Repeat("a", 40_000), 1)+`]}`), part{"files/000001.txt", "x"}),
		"no digest":           pack(t, list(`{"Version":1,"Files":[{"Path":"/a","Name":"a"}]}`), part{"files/000001", ""}),
		"files that are none": pack(t, list(`{"Version":1,"Files":{}}`)),
		"a list too many":     pack(t, list(`{"Version":1}{}`)),
		"a list cut":          pack(t, list(`{"Version":1`)),
		"something after it":  append(pack(t, list(`{"Version":1}`)), "more"...),
	} {
		if _, err := imported(archive); !errors.Is(err, store.ErrNoArchive) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestListsThatUnpackToMore reads lists whose JSON stands for hundreds of times as
// much memory as it has bytes.
func TestListsThatUnpackToMore(t *testing.T) {
	const megabytes = 24
	empty := strings.Repeat("{},", megabytes<<20/3) + "{}"
	for name, json := range map[string]string{
		"files":    `{"Version":1,"Files":[` + empty + `]}`,
		"rows":     `{"Version":1,"Files":[{"Path":"/a","Name":"a.txt","Size":1,"SHA256":"` + sumOfX + `","Declared":[` + empty + `]}]}`,
		"anything": `{"Version":2,"More":[` + empty + `]}`,
	} {
		archive := pack(t, list(json))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := imported(archive); !errors.Is(err, store.ErrNoArchive) {
			t.Errorf("%s: %v", name, err)
		}
		runtime.ReadMemStats(&after)
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 12*megabytes {
			t.Errorf("%s: %d MB were asked for, to read %d", name, used, megabytes)
		}
	}
}

// FuzzImport: whatever is read, each file that is taken is as its list says,
// and what is taken without an error makes an archive again.
func FuzzImport(f *testing.F) {
	file := `{"Path":"/a","Name":"a.txt","Size":1,"SHA256":"` + sumOfX + `"}`
	f.Add(pack(f, list(`{"Version":1,"Files":[`+file+`]}`), part{"files/000001.txt", "x"}))
	f.Add(pack(f, list(`{"Version":1}`)))
	f.Add(pack(f, part{"contents.json", "x"}))
	f.Add([]byte("\x1f\x8b\x08"))
	f.Fuzz(func(t *testing.T, archive []byte) {
		if len(archive) > longestFuzzed {
			return
		}
		taken := 0
		list, err := store.Import(bytes.NewReader(archive), func(e store.Entry) error {
			taken++
			if int64(len(e.Content)) != e.Size || store.Digest(e.Content) != e.SHA256 {
				t.Errorf("%+v is not what was listed", e)
			}
			return nil
		})
		if err == nil && taken != len(list.Paths) {
			t.Errorf("%d files of %d", taken, len(list.Paths))
		}
		if err != nil && !errors.Is(err, store.ErrNoArchive) {
			t.Errorf("an error of another kind: %v", err)
		}
	})
}

package bleveindex

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"demarche/search"
)

// Format is the number of the layout of a generation. A change after which an
// older program would misread one, or the other way about, raises it. What the
// terms were made with (analysis, annotation) is numbered by index.Format.
const Format = 2

const (
	manifestName = "manifest.json"
	termsName    = "terms"
	columnsName  = "columns"
	recordsName  = "records.db"
)

// A Manifest says what a generation is. It is written last.
type Manifest struct {
	Format int
	// Generation is the digest of all statements, in hexadecimal: two
	// generations with the same answers have the same.
	Generation                       string
	Statements, Versions, Paragraphs int
	// Files are all other files of the generation.
	Files []File
}

// A File is a part of a generation, with what shows damage to it.
type File struct {
	// Name is relative to the generation, with forward slashes.
	Name string
	// Size is in bytes.
	Size int64
	// CRC32C is the Castagnoli checksum, in hexadecimal.
	CRC32C string
}

func (m *Manifest) info() search.Info {
	return search.Info{
		Generation: m.Generation,
		Statements: m.Statements, Versions: m.Versions, Paragraphs: m.Paragraphs,
	}
}

func (m *Manifest) write(dir string) error {
	files, err := listFiles(dir)
	if err != nil {
		return err
	}
	m.Files = files
	content, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, manifestName), append(content, '\n'), 0o644)
}

// readManifest reads the manifest of dir and compares every file with it.
// Bleve and bbolt map files into memory and trust them: one that is cut short
// ends the process with a signal, one with a flipped bit answers wrongly. So
// nothing is opened before all of it was read once, which takes about 0.1 s a
// gigabyte that is in the page cache.
func readManifest(dir string) (*Manifest, error) {
	path := filepath.Join(dir, manifestName)
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("no index in %s: %w", dir, err)
	}
	m := new(Manifest)
	if err := json.Unmarshal(content, m); err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", path, err)
	}
	if m.Format != Format {
		return nil, fmt.Errorf("the index in %s has format %d, this program reads format %d: index the files again", dir, m.Format, Format)
	}
	for _, want := range m.Files {
		if err := want.check(dir); err != nil {
			return nil, fmt.Errorf("the index in %s is damaged: %w", dir, err)
		}
	}
	return m, nil
}

func (f File) check(dir string) error {
	if !filepath.IsLocal(filepath.FromSlash(f.Name)) {
		return fmt.Errorf("%s names the file %q, which is not in it", manifestName, f.Name)
	}
	info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(f.Name)))
	if err != nil {
		return err
	}
	if info.Size() != f.Size {
		return fmt.Errorf("%s has %d bytes, not %d", f.Name, info.Size(), f.Size)
	}
	now, err := describe(dir, f.Name)
	if err == nil && now.CRC32C != f.CRC32C {
		err = fmt.Errorf("the content of %s has changed", f.Name)
	}
	return err
}

// listFiles describes the files of a generation but the manifest, by name.
func listFiles(dir string) ([]File, error) {
	var files []File
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == manifestName {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		f, err := describe(dir, filepath.ToSlash(name))
		files = append(files, f)
		return err
	})
	return files, err
}

func describe(dir, name string) (f File, err error) {
	r, err := os.Open(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		return File{}, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	size, err := io.CopyBuffer(sum, struct{ io.Reader }{r}, make([]byte, 1<<20))
	return File{Name: name, Size: size, CRC32C: hex.EncodeToString(sum.Sum(nil))}, err
}

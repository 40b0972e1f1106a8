package bleveindex

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/sync/errgroup"

	"demarche/index/durable"
	"demarche/search"
)

// Format is the number of the layout of a generation. A change after which an
// older program would misread one, or the other way about, raises it. What the
// terms were made with (analysis, annotation) is numbered by index.Format.
const Format = 3

const (
	manifestName = "manifest"
	termsName    = "terms"
	columnsName  = "columns"
	recordsName  = "records.db"
)

// Made says what a generation was made of. It means nothing here: whoever made
// the statements tells by it whether they are still those that it would make.
type Made struct {
	// Format and Lexicon number the rules and name the words that files were
	// understood by.
	Format  int
	Lexicon string
	// Store and Position are how far the store of statements was.
	Store    string
	Position uint64
}

// A Manifest says what a generation is. It is written last and sealed.
type Manifest struct {
	Format int
	Made   Made
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
	// SHA256 is in hexadecimal.
	SHA256 string
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
	return durable.Write(filepath.Join(dir, manifestName), append(content, '\n'))
}

// ErrDamaged says that a generation is not as it was written. A file that cannot
// be read for another reason is not damaged.
var ErrDamaged = errors.New("the index is damaged")

// ReadManifest reads what the generation in dir says of itself, without looking
// at its files. The error is an fs.ErrNotExist where there is no folder, and an
// [ErrDamaged] where the manifest is missing or not as it was written.
func ReadManifest(dir string) (*Manifest, error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, fmt.Errorf("no index in %s: %w", dir, err)
	}
	content, err := durable.Read(filepath.Join(dir, manifestName))
	switch {
	case errors.Is(err, durable.ErrDamaged):
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: %s has no %s: %w", ErrDamaged, dir, manifestName, err)
	case err != nil:
		return nil, err
	}
	m := new(Manifest)
	if err := json.Unmarshal(content, m); err != nil {
		return nil, fmt.Errorf("%w: %s does not read: %w", ErrDamaged, filepath.Join(dir, manifestName), err)
	}
	if m.Format != Format {
		return nil, fmt.Errorf("the index in %s has format %d, this program reads format %d: run demarche rebuild", dir, m.Format, Format)
	}
	return m, nil
}

// Verify reads the manifest of dir and compares every file with it. Bleve and
// bbolt map files into memory and trust them: one that is cut short ends the
// process with a signal, one with a flipped bit answers wrongly. So nothing is
// opened before all of it was read once, on all cores.
func Verify(dir string) (*Manifest, error) {
	m, err := ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, want := range m.Files {
		group.Go(func() error { return want.check(dir) })
	}
	return m, group.Wait()
}

func (f File) check(dir string) error {
	if !filepath.IsLocal(filepath.FromSlash(f.Name)) {
		return fmt.Errorf("%w: %s names the file %q, which is not in it", ErrDamaged, manifestName, f.Name)
	}
	info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(f.Name)))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %s is missing in %s", ErrDamaged, f.Name, dir)
	case err != nil:
		return err
	case info.Size() != f.Size:
		return fmt.Errorf("%w: %s in %s has %d bytes, not %d", ErrDamaged, f.Name, dir, info.Size(), f.Size)
	}
	now, err := describe(dir, f.Name)
	if err == nil && now.SHA256 != f.SHA256 {
		err = fmt.Errorf("%w: the content of %s in %s has changed", ErrDamaged, f.Name, dir)
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
	sum := sha256.New()
	size, err := io.CopyBuffer(sum, struct{ io.Reader }{r}, make([]byte, 1<<20))
	return File{Name: name, Size: size, SHA256: hex.EncodeToString(sum.Sum(nil))}, err
}

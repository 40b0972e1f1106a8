package source

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// metadataName is the file that declares metadata for the files of its folder.
const metadataName = "metadata.csv"

// extensions are those of the files that are read, and what is no word is no
// extension: "A_RES_73.27". How a file is read is told by its content.
var extensions = []string{
	"", ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".xht", ".shtml", ".aspx", ".xml",
}

// Entry is a file to read.
type Entry struct {
	// Name is the path as the user gave it, or the one below the folder that the
	// user gave, with forward slashes.
	Name string
	// Declared are the rows of metadata.csv that name the file.
	Declared []Declared

	fsys fs.FS
	path string // in fsys
	key  string // tells files apart: the absolute path, or path where fsys is not on the disk
}

// Find finds the files at paths and in the folders at paths, sorted by name,
// each once. Hidden files and folders are passed over. A file is described by
// the metadata.csv of its folder, or of a folder above it that was walked, whether
// it is named itself or found.
func Find(paths []string) ([]Entry, []Refusal) {
	f := finder{seen: map[string]bool{}}
	for _, p := range slices.Sorted(slices.Values(paths)) {
		f.add(p)
	}
	return f.result()
}

// FindFS finds the files of a whole file system, as [Find] does for a folder.
func FindFS(fsys fs.FS) ([]Entry, []Refusal) {
	f := finder{seen: map[string]bool{}}
	f.walk(tree{fsys: fsys})
	return f.result()
}

// finder gathers what Find returns.
type finder struct {
	entries []Entry
	refused []Refusal
	tables  []table
	seen    map[string]bool // files and tables by their key
}

// tree is a file system with the names of its files.
type tree struct {
	fsys fs.FS
	name string // of the root, as the user gave it; "" for none
	abs  string // of the root; "" where it is not on the disk
}

func (t tree) nameOf(p string) string { return path.Join(t.name, p) }

func (t tree) keyOf(p string) string { return path.Join(filepath.ToSlash(t.abs), p) }

func (f *finder) refuse(r *Refusal) { f.refused = append(f.refused, *r) }

func (f *finder) result() ([]Entry, []Refusal) {
	for _, t := range f.tables {
		f.declare(t)
	}
	slices.SortFunc(f.entries, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	slices.SortStableFunc(f.refused, func(a, b Refusal) int { return strings.Compare(a.File, b.File) })
	return f.entries, f.refused
}

// add takes in one path of the user.
func (f *finder) add(p string) {
	name := filepath.ToSlash(filepath.Clean(p))
	info, err := os.Stat(p)
	if err != nil {
		f.refuse(refuseError(name, err))
		return
	}
	abs, err := filepath.Abs(p)
	if err != nil {
		f.refuse(refuseError(name, err))
		return
	}
	if info.IsDir() {
		f.walk(tree{fsys: folder(p), name: name, abs: abs})
		return
	}
	t := tree{fsys: folder(filepath.Dir(p)), name: path.Dir(name), abs: filepath.Dir(abs)}
	f.table(t, metadataName)
	if filepath.Base(p) == metadataName {
		return
	}
	// A link that the user names may lead anywhere.
	target, err := filepath.EvalSymlinks(p)
	if err != nil {
		f.refuse(refuseError(name, err))
		return
	}
	f.file(Entry{Name: name, fsys: folder(filepath.Dir(target)), path: filepath.Base(target), key: filepath.ToSlash(abs)}, info.Mode())
}

// walk takes in a folder.
func (f *finder) walk(t tree) {
	_ = fs.WalkDir(t.fsys, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			f.refuse(refuseError(t.nameOf(p), err))
		case p != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
		case d.Type()&fs.ModeSymlink != 0:
			f.link(t, p)
		case d.Name() == metadataName:
			f.table(t, p)
		default:
			f.file(Entry{Name: t.nameOf(p), fsys: t.fsys, path: p, key: t.keyOf(p)}, d.Type())
		}
		return nil
	})
}

// link leaves out a link inside a folder: what it leads to is either found by
// its own name or outside of what the user named.
func (f *finder) link(t tree, p string) {
	info, err := fs.Stat(t.fsys, p)
	switch {
	case err != nil:
		f.refuse(refuse(t.nameOf(p), "it is a link that leads out of the folder or nowhere: name its target itself"))
	case info.IsDir():
		f.refuse(refuse(t.nameOf(p), "it is a link to a folder: name the folder itself"))
	default:
		f.refuse(refuse(t.nameOf(p), "it is a link within the folder: its target is found by its own name"))
	}
}

// file takes in one file.
func (f *finder) file(e Entry, mode fs.FileMode) {
	if f.seen[e.key] {
		return
	}
	f.seen[e.key] = true
	ext := extension(e.Name)
	switch {
	case !mode.IsRegular():
		f.refuse(refuse(e.Name, "it is not a regular file"))
	case !utf8.ValidString(e.Name):
		f.refuse(refuse(e.Name, "its name is not UTF-8: give it another"))
	case !slices.Contains(extensions, ext):
		f.refuse(refuse(e.Name, "%s files are not read: save it as text (.txt), Markdown (.md) or a page (.html)", ext))
	default:
		f.entries = append(f.entries, e)
	}
}

// ending is the form of an extension.
var ending = regexp.MustCompile(`^\.[a-z][a-z0-9]{0,9}$`)

// extension is that of a name, in small letters; "" for none.
func extension(name string) string {
	if ext := strings.ToLower(path.Ext(name)); ending.MatchString(ext) {
		return ext
	}
	return ""
}

// table takes in the metadata.csv at p, where there is one.
func (f *finder) table(t tree, p string) {
	key := t.keyOf(p)
	if f.seen[key] {
		return
	}
	f.seen[key] = true
	if _, err := fs.Stat(t.fsys, p); errors.Is(err, fs.ErrNotExist) {
		return
	}
	data, problem := contents(Entry{Name: t.nameOf(p), fsys: t.fsys, path: p}, Limits{})
	switch {
	case problem != nil:
		f.refuse(problem)
	default:
		tab := readTable(t.nameOf(p), data)
		tab.dir = path.Dir(key)
		tab.locate(t.fsys, path.Dir(p))
		f.tables = append(f.tables, tab)
	}
}

// declare attaches the rows of a table to the files that they name.
func (f *finder) declare(t table) {
	f.refused = append(f.refused, t.refused...)
	for _, r := range t.rows {
		for i := range f.entries {
			if f.entries[i].key == path.Join(t.dir, r.file) {
				f.entries[i].Declared = append(f.entries[i].Declared, r.declared)
			}
		}
	}
}

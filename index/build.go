package index

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"demarche/index/align"
	"demarche/index/annotate"
	"demarche/index/bleveindex"
	"demarche/index/corpus"
	"demarche/index/gazetteer"
	"demarche/index/source"
	"demarche/search"
)

// Options say what to index, and where to.
type Options struct {
	// Data is the data directory. It is made where it does not exist.
	Data string
	// Paths are files and folders. [Ensure] does not look at them.
	Paths []string
	// Progress is told how far the work is, by one goroutine at a time. nil
	// tells nobody.
	Progress func(Event)
}

// Build brings the index of a data directory up to date with paths, and makes
// a new generation of it when anything has changed.
//
// A path is looked at together with the place it was first given in: a file of
// an indexed folder stands for the folder. Of the places looked at, files that
// are new or changed are read; files that are gone from the disk leave the
// index, and so do those that can be read but hold nothing usable any more; a
// file that cannot be looked at, for want of permission for example, stays as
// it was. Places that are not looked at stay as they were.
//
// What is wrong with single files is in the report. The error is for the whole:
// [ErrBusy], a context that ended, a disk that is full. The index then is as it
// was before.
func Build(ctx context.Context, o Options) (Report, error) {
	b, err := newBuilder(o)
	if err != nil {
		return Report{}, err
	}
	roots, err := b.roots(o.Paths)
	if err == nil {
		err = b.build(ctx, roots)
	}
	return b.report, errors.Join(err, b.sources.close())
}

// Ensure makes a data directory ready to be opened: it does nothing where there
// is an index in this program's [Format], reads the known files again where it
// is in another, and indexes the statements that ship with the program where
// there is none.
func Ensure(ctx context.Context, o Options) error {
	now, err := generations{o.Data}.current()
	if err != nil || now.format == Format {
		return err
	}
	b, err := newBuilder(o)
	if err != nil {
		return err
	}
	if now.number == 0 && len(b.known.Roots) == 0 {
		cover(b.known.Roots, shipped)
	}
	err = b.build(ctx, slices.Collect(maps.Keys(b.known.Roots)))
	return errors.Join(err, b.sources.close())
}

// builder is one run over a data directory.
type builder struct {
	generations generations
	sources     *sources
	gazetteer   *gazetteer.Gazetteer
	reader      reader
	known       state
	// usable are the records of known that this program may build on.
	usable map[string]record
	// named are the absolute paths that were given.
	named  map[string]bool
	steps  *steps
	report Report
}

func newBuilder(o Options) (*builder, error) {
	g, err := gazetteer.Load()
	if err != nil {
		return nil, err
	}
	src, err := openSources(o.Data)
	if err != nil {
		return nil, err
	}
	b := &builder{generations: generations{o.Data}, sources: src, gazetteer: g, reader: newReader(g), named: map[string]bool{}, steps: &steps{tell: o.Progress}}
	if b.known, err = src.load(); err != nil {
		return nil, errors.Join(err, src.close())
	}
	if b.known.Format == Format {
		b.usable = b.known.Records
	}
	return b, nil
}

// roots are the places to look at for paths. Where the records are of another
// format, those are all places: none of their files can be left as it was.
func (b *builder) roots(paths []string) ([]string, error) {
	wanted := map[string]bool{}
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, err
		}
		b.named[abs] = true
		if _, err := os.Stat(abs); err != nil && !b.knows(abs) {
			b.refuse(source.Refusal{File: abs, Reason: reasonOf(err)})
			continue
		}
		wanted[cover(b.known.Roots, abs)] = true
	}
	if b.usable == nil {
		for root := range b.known.Roots {
			wanted[root] = true
		}
	}
	return slices.Sorted(maps.Keys(wanted)), nil
}

// knows reports whether a path, or anything below it, was indexed before.
func (b *builder) knows(path string) bool {
	for file := range b.known.Records {
		if within(file, path) {
			return true
		}
	}
	return false
}

func reasonOf(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file or folder"
	}
	return fmt.Sprintf("it cannot be looked at: %v", err)
}

func (b *builder) build(ctx context.Context, roots []string) error {
	b.steps.begin(Finding, 0)
	files := b.find(roots)
	b.steps.begin(Reading, len(files))
	readings, err := b.reader.readAll(ctx, files, b.usable, b.steps.reached)
	if err != nil {
		return err
	}
	changed := b.take(readings)
	changed = b.drop(roots, files) || changed
	b.known.Format = Format
	if changed {
		b.known.Generation = 0
	}
	// What was read is kept even where the index is not built any more.
	if err := b.sources.save(b.known); err != nil {
		return err
	}
	return b.publish(ctx)
}

func (b *builder) refuse(r source.Refusal) {
	b.report.Refused = append(b.report.Refused, r)
	b.report.Incomplete = b.report.Incomplete || b.named[filepath.FromSlash(r.File)]
}

// find returns the files of places, by their paths.
func (b *builder) find(roots []string) []file {
	var files []file
	for _, root := range roots {
		if root == shipped {
			files = append(files, shippedFiles(b.known.Roots[root])...)
			continue
		}
		if _, err := os.Stat(root); errors.Is(err, fs.ErrNotExist) {
			delete(b.known.Roots, root)
			continue
		}
		entries, refused := source.Find([]string{root})
		for _, e := range entries {
			path := filepath.FromSlash(e.Name)
			e.Name = b.known.Roots[root].name(root, path)
			files = append(files, file{e, path})
		}
		for _, r := range refused {
			b.refuse(r)
		}
	}
	return files
}

func shippedFiles(p place) []file {
	entries, _ := source.FindFS(corpus.Files)
	files := make([]file, len(entries))
	for i, e := range entries {
		path := filepath.Join(shipped, e.Name)
		e.Name = p.name(shipped, path)
		files[i] = file{e, path}
	}
	return files
}

// take brings readings into what is known and reports whether that changes the
// index.
func (b *builder) take(readings []reading) (changed bool) {
	for _, r := range readings {
		_, known := b.known.Records[r.path]
		for _, refusal := range r.refused {
			b.refuse(refusal)
		}
		switch r.how {
		case trusted, untouched:
			b.report.Unchanged++
		case same:
			b.report.Read++
			b.report.Unchanged++
			b.known.Records[r.path] = r.record
		case renewed:
			b.report.Read++
			b.report.renewed(r.path, known)
			b.known.Records[r.path] = r.record
			changed = true
		case rejected:
			if known {
				b.report.Removed = append(b.report.Removed, r.path)
				delete(b.known.Records, r.path)
				changed = true
			}
		}
	}
	return changed
}

// drop takes out the known files of places that were not found, unless they
// merely could not be looked at.
func (b *builder) drop(roots []string, found []file) (changed bool) {
	here := map[string]bool{}
	for _, f := range found {
		here[f.path] = true
	}
	for path := range b.known.Records {
		lies := func(root string) bool { return within(path, root) }
		if here[path] || !slices.ContainsFunc(roots, lies) || b.usable != nil && hidden(path) {
			continue
		}
		delete(b.known.Records, path)
		b.report.Removed = append(b.report.Removed, path)
		changed = true
	}
	slices.Sort(b.report.Removed)
	return changed
}

// hidden reports whether a path cannot be looked at, so that nobody can say
// whether it is gone.
func hidden(path string) bool {
	_, err := os.Lstat(path)
	return err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR)
}

// publish makes a generation of what is known when the current one is not
// that already.
func (b *builder) publish(ctx context.Context) error {
	now, err := b.generations.current()
	if err != nil {
		return err
	}
	built := now.number > 0 && now == edition{b.known.Generation, Format}
	if built || now.number == 0 && len(b.known.Records) == 0 {
		b.report.Statements, b.report.Paragraphs = b.known.Statements, b.known.Paragraphs
		return nil
	}
	statements, err := b.statements(ctx)
	if err != nil {
		return err
	}
	b.report.Statements, b.report.Paragraphs = len(statements), countParagraphs(statements)
	b.known.Generation, err = b.generations.add(ctx, func(dir string) error {
		b.steps.begin(Writing, b.report.Paragraphs)
		return bleveindex.Create(ctx, dir, all(statements), b.steps.reached)
	})
	if err != nil {
		return err
	}
	b.known.Statements, b.known.Paragraphs = b.report.Statements, b.report.Paragraphs
	return b.sources.save(b.known)
}

func (b *builder) statements(ctx context.Context) ([]search.Statement, error) {
	b.steps.begin(Joining, 0)
	records := slices.SortedFunc(maps.Values(b.known.Records), func(x, y record) int { return cmp.Compare(x.Name, y.Name) })
	return join(ctx, records, b.gazetteer)
}

// join makes statements of the drafts of records.
func join(ctx context.Context, records []record, g *gazetteer.Gazetteer) ([]search.Statement, error) {
	drafts := make([]annotate.Draft, len(records))
	for i, r := range records {
		if err := json.Unmarshal(r.Draft, &drafts[i]); err != nil {
			return nil, fmt.Errorf("what was read from %s is damaged (%w): delete sources.db and index the files again", r.Name, err)
		}
	}
	return align.Statements(ctx, drafts, g)
}

func countParagraphs(statements []search.Statement) int {
	n := 0
	for _, s := range statements {
		for _, v := range s.Versions {
			n += len(v.Paragraphs)
		}
	}
	return n
}

func all(statements []search.Statement) iter.Seq2[search.Statement, error] {
	return func(yield func(search.Statement, error) bool) {
		for _, s := range statements {
			if !yield(s, nil) {
				return
			}
		}
	}
}

package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"demarche/index/bleveindex"
	"demarche/index/store"
)

// Backup writes an archive of all stored files to w. While somebody else
// writes to the store, it is that of the current index: then the second result
// is true, and files that were stored since are not in it.
func Backup(ctx context.Context, o Options, w io.Writer) (Report, bool, error) {
	report, err := runOld(ctx, o, func(b *builder) error { return b.store.Export(contextWriter{ctx, w}) })
	if !errors.Is(err, ErrBusy) {
		return report, false, err
	}
	busy := err
	if err = (generations{o.Data}).copyArchive(contextWriter{ctx, w}); errors.Is(err, fs.ErrNotExist) {
		err = busy // there is nothing yet beside what is being written
	}
	return report, true, err
}

// contextWriter fails when its context has ended.
type contextWriter struct {
	ctx context.Context
	w   io.Writer
}

func (c contextWriter) Write(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(p)
}

// copyArchive copies the archive of the current generation and compares it with
// what its manifest says. An open file stays whole when its generation is
// removed meanwhile.
func (g generations) copyArchive(w io.Writer) error {
	number, m, err := g.manifest()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(m.Files, func(f bleveindex.File) bool { return f.Name == archiveName })
	if i < 0 {
		return fmt.Errorf("generation %d has no archive: wait until indexing is done and try again", number)
	}
	f, err := os.Open(filepath.Join(g.path(number), archiveName))
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w, sum), f); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != m.Files[i].SHA256 {
		return fmt.Errorf("the archive of generation %d: %w", number, bleveindex.ErrDamaged)
	}
	return nil
}

// CheckArchive reads an archive to its end. The error is a [store.ErrNoArchive]
// where it is not whole.
func CheckArchive(r io.Reader) (files int, err error) {
	_, err = store.Import(r, func(store.Entry) error {
		files++
		return nil
	})
	return files, err
}

// ErrNotEmpty says that there are statements where others were to be restored.
var ErrNotEmpty = errors.New("there are statements already: name another folder with --data, or replace them with --force")

// Restore makes a store of an archive and an index of that. The store takes the
// place of the one that is there, if any, in one step, once all of the archive
// was read and found whole; the old one is kept beside it. Without force the
// error is [ErrNotEmpty] where there is one.
func Restore(ctx context.Context, o Options, archive io.Reader, force bool) (Report, error) {
	unpack := func(b *builder) error {
		if !force && b.hadAnything() {
			return fmt.Errorf("%s: %w", o.Data, ErrNotEmpty)
		}
		return b.unpack(ctx, archive)
	}
	return run(ctx, o, unpack, func(b *builder) error { return b.build(ctx, nil) })
}

// runOld is [run] for what needs something that was stored or indexed before. It
// leaves no folder behind where there is none.
func runOld(ctx context.Context, o Options, do func(*builder) error) (Report, error) {
	if _, err := os.Stat(o.Data); errors.Is(err, fs.ErrNotExist) {
		return Report{}, fmt.Errorf("%s: %w", o.Data, ErrNoIndex)
	}
	return run(ctx, o, (*builder).openOld, do)
}

// openOld opens the store, of which there must be one.
func (b *builder) openOld() error {
	if !b.hadAnything() {
		return fmt.Errorf("%s: %w", b.generations.dir, ErrNoIndex)
	}
	return b.open()
}

// hadAnything reports whether a store or an index is, or was, in the directory.
func (b *builder) hadAnything() bool {
	number, err := b.generations.current()
	return b.hadStore() || store.Exists(b.generations.dir) || number > 0 || err != nil && !errors.Is(err, fs.ErrNotExist)
}

// unpack makes the store out of an archive.
func (b *builder) unpack(ctx context.Context, archive io.Reader) error {
	next, err := store.New(b.generations.dir)
	if err != nil {
		return err
	}
	if err := fill(ctx, next, archive); err != nil {
		return errors.Join(err, next.Discard())
	}
	kept, err := next.Install("before-restore")
	if kept != "" {
		b.report.note("the statements that were there are kept as " + kept)
	}
	if err != nil {
		return errors.Join(err, next.Discard())
	}
	b.store = next
	return nil
}

func fill(ctx context.Context, s *store.Store, archive io.Reader) error {
	var batch store.Batch
	contents, err := store.Import(archive, func(e store.Entry) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !batch.Add(e) {
			return nil
		}
		return s.Apply(batch.Take())
	})
	if err != nil {
		return err
	}
	last := batch.Take()
	last.Places = map[string]string{}
	for path, label := range contents.Places {
		if isPlace(path) {
			last.Places[path] = label
		}
	}
	return s.Apply(last)
}

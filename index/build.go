package index

import (
	"context"
	"errors"

	"demarche/index/store"
)

// Options say what to index, and where to.
type Options struct {
	// Data is the data directory. It is made where it does not exist.
	Data string
	// Paths are files and folders. Only [Build] looks at them.
	Paths []string
	// Lexicon is what files are read with; nil is the one that ships. What another
	// one made is made again from the stored statements; [Ensure] leaves it where
	// none is given.
	Lexicon *Lexicon
	// Progress is told how far the work is, by one goroutine at a time. nil
	// tells nobody.
	Progress func(Event)
}

// ErrBusy says that another process, or another part of this one, is at it.
var ErrBusy = store.ErrBusy

// Build brings the store and the index of a data directory up to date with
// paths, and makes a new generation of the index when anything has changed.
//
// A path is looked at together with the place it was first given in: a file of
// an indexed folder stands for the folder. Of the places looked at, files that
// are new or changed are read; files that are gone from the disk leave store and
// index, and so do those that can be read but hold nothing usable any more; a
// file that cannot be looked at, for want of permission for example, stays as
// it was. Places that are not looked at stay as they were.
//
// A file is safe when an [Event] says that it is stored, whatever happens then.
// What is wrong with single files is in the report. The error is for the whole:
// [ErrBusy], a context that ended, a disk that is full. The index then is as it
// was before, and what was stored is indexed next time.
func Build(ctx context.Context, o Options) (Report, error) {
	return run(ctx, o, (*builder).open, func(b *builder) error {
		b.words = b.lexicon.digest
		roots, err := b.roots(o.Paths)
		if err == nil {
			err = b.build(ctx, roots)
		}
		return err
	})
}

// Rebuild makes a new generation of what is stored, whether anything has
// changed or not. It looks at no file of the user unless the store was damaged.
// The error is [ErrNoIndex] where nothing was ever stored.
func Rebuild(ctx context.Context, o Options) (Report, error) {
	return runOld(ctx, o, func(b *builder) error {
		kept, err := b.generations.setAsideDamaged()
		for _, name := range kept {
			b.report.note("a damaged index is kept as " + name)
		}
		if err != nil {
			return err
		}
		b.anew = true
		return b.build(ctx, nil)
	})
}

// Ensure makes a data directory ready to be opened: it does nothing where there
// is an index in this program's [Format] and of the given lexicon, makes it again
// from the stored statements where it is of another or cannot be read, and indexes
// the statements that ship with the program where there is none.
func Ensure(ctx context.Context, o Options) error {
	_, err := ensure(ctx, o)
	return err
}

func ensure(ctx context.Context, o Options) (Report, error) {
	if _, m, err := (generations{o.Data}).manifest(); err == nil && m.Made.Format == Format && (o.Lexicon == nil || m.Made.Lexicon == o.Lexicon.digest) {
		return Report{}, nil
	}
	return run(ctx, o, (*builder).open, func(b *builder) error {
		if len(b.places) == 0 && len(b.store.Records()) == 0 {
			cover(b.places, shipped)
		}
		var roots []string
		if _, known := b.places[shipped]; known {
			roots = append(roots, shipped) // the program may ship other ones now
		}
		// An index of nothing can be opened too, after a first build that was killed.
		b.anew = len(b.store.Records()) == 0
		return b.build(ctx, roots)
	})
}

// run lets do work with a builder that nobody else is beside, and whose store
// open has opened.
func run(ctx context.Context, o Options, open, do func(*builder) error) (report Report, err error) {
	l, err := orShipped(o.Lexicon)
	if err != nil {
		return Report{}, err
	}
	lock, err := store.Acquire(ctx, o.Data)
	if err != nil {
		return Report{}, err
	}
	// What is deferred is done even where a defect of the program ends the run:
	// a server goes on after one, and must be able to write again.
	defer func() { err = errors.Join(err, lock.Release()) }()
	b := newBuilder(o, l)
	defer func() {
		b.report.sort()
		report = b.report
	}()
	if err := b.generations.tidy(); err != nil {
		return report, err
	}
	if err := open(b); err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, b.store.Close()) }()
	b.adopt(o.Lexicon == nil)
	b.takeOver()
	return report, do(b)
}

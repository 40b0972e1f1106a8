package index

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"demarche/index/bleveindex"
	"demarche/index/durable"
	"demarche/index/store"
)

// open opens the store. What is damaged or lost is put together again from what
// is left of it and from the archives of the generations.
func (b *builder) open() error {
	if err := b.setAsideCurrent(); err != nil {
		return err
	}
	damage, err := b.openWhole()
	switch {
	case err == nil && damage != "":
		err = b.recover(damage)
	case errors.Is(err, fs.ErrNotExist):
		err = b.begin()
	}
	return err
}

// setAsideCurrent sets aside a CURRENT, or the generation that it names, that
// does not say what it was written to say. Then none counts.
func (b *builder) setAsideCurrent() error {
	number, _, err := b.generations.manifest()
	switch {
	case errors.Is(err, bleveindex.ErrDamaged):
		kept, failed := b.generations.setAside(number)
		b.report.note(fmt.Sprintf("%v: it is kept as %s", err, kept))
		return failed
	case errors.Is(err, durable.ErrDamaged):
		name := filepath.Join(b.generations.dir, "CURRENT")
		kept := store.Aside(name, "damaged")
		b.report.note(fmt.Sprintf("%v: it is kept as %s", err, kept))
		return os.Rename(name, kept)
	}
	return nil
}

// openWhole opens a store that is as it was written, or says what is wrong with
// it. The error is an [fs.ErrNotExist] where there never was one.
func (b *builder) openWhole() (damage string, err error) {
	b.store, err = store.Open(b.generations.dir)
	damaged := (*store.Damage)(nil)
	switch {
	case errors.As(err, &damaged):
		return damaged.Error(), nil
	case errors.Is(err, fs.ErrNotExist) && b.hadStore():
		return "the store of statements is gone", nil
	case err != nil:
		return "", err
	}
	b.report.note(b.store.Note)
	if _, m, err := b.generations.manifest(); err == nil && m.Made.Store == b.store.Position().Store && m.Made.Position > b.store.Position().Number {
		return "the store of statements is older than the index that was made of it", b.store.Close()
	}
	return "", nil
}

// hadStore reports whether there was a store here that is gone now.
func (b *builder) hadStore() bool {
	return store.Begun(b.generations.dir) || len(b.generations.archives()) > 0
}

func (b *builder) begin() error {
	s, err := store.New(b.generations.dir)
	if err != nil {
		return err
	}
	if _, err := s.Install("old"); err != nil {
		return errors.Join(err, s.Discard())
	}
	b.store = s
	return nil
}

func (b *builder) recover(why string) error {
	s, kept, err := store.Recover(b.generations.dir, b.generations.archives())
	if err != nil {
		return err
	}
	b.store = s
	b.report.note(fmt.Sprintf("%s: it was put together again with %d files", why, len(s.Records())))
	if kept != "" {
		b.report.note("what was damaged is kept as " + kept)
	}
	return nil
}

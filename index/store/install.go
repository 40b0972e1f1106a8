package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"demarche/index/durable"
)

// Install puts a store that [New] began in the place of the one that was there,
// which is kept under another name that begins with why. It counts from one
// rename: a kill leaves the old store or the new one.
func (s *Store) Install(why string) (kept string, err error) {
	from, to := s.db.Path(), filepath.Join(s.dir, dbName)
	if err := errors.Join(s.db.Sync(), s.db.Close()); err != nil {
		return "", err
	}
	// The new store is not the one that statements.sum is about.
	if err := (sums{Writing: true}).write(s.dir); err != nil {
		return "", err
	}
	if kept, err = keep(to, why); err != nil {
		return "", err
	}
	if err := os.Rename(from, to); err != nil {
		return kept, err
	}
	if err := durable.Sync(s.dir); err != nil {
		return kept, err
	}
	db, err := openBolt(to, false)
	if err != nil {
		return kept, err // s.db stays, closed, for whoever gives up the store
	}
	s.db = db
	return kept, nil
}

// Discard gives up a store that [New] began.
func (s *Store) Discard() error { return s.abandon() }

// keep gives a file a second name, which is "" where there is no file. The file
// keeps its first name until something takes its place.
func keep(path, why string) (string, error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	name := Aside(path, why)
	if err := os.Link(path, name); err == nil {
		return name, nil
	}
	// Some file systems have no second names.
	return name, os.Rename(path, name)
}

// Aside is a free name for what is set aside, as in CURRENT.damaged-20261123T101500Z.
func Aside(path, why string) string {
	stem := fmt.Sprintf("%s.%s-%s", path, why, time.Now().UTC().Format("20060102T150405Z"))
	name := stem
	for n := 2; ; n++ {
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name
		}
		name = fmt.Sprintf("%s-%d", stem, n)
	}
}

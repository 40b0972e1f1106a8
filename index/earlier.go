package index

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"demarche/index/store"
)

// earlierName is the file in which data directories kept what was indexed before
// there was a store: the places, and digests of the files in them, not the files.
const earlierName = "sources.db"

// takeOver makes the places known that a data directory of before the store knows.
// They are looked at in this run.
func (b *builder) takeOver() {
	if len(b.places) > 0 {
		return
	}
	name := filepath.Join(b.generations.dir, earlierName)
	paths, err := earlierPlaces(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return
	case err != nil:
		b.report.note(fmt.Sprintf("%s, of an earlier version of demarche, cannot be read (%v): index your files again", name, err))
		return
	}
	b.earlier = true
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil && path != shipped {
			b.report.note(fmt.Sprintf("%s was indexed by an earlier version of demarche and cannot be looked at now: index it again from wherever it is", path))
			continue
		}
		cover(b.places, path)
	}
}

func earlierPlaces(name string) (paths []string, err error) {
	if _, err := os.Stat(name); err != nil {
		return nil, err
	}
	// bbolt panics on some damage.
	defer func() {
		if defect := recover(); defect != nil {
			err = fmt.Errorf("it is damaged: %v", defect)
		}
	}()
	db, err := bolt.Open(name, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		return nil, err
	}
	err = db.View(func(tx *bolt.Tx) error {
		roots := tx.Bucket([]byte("roots"))
		if roots == nil {
			return nil
		}
		return roots.ForEach(func(path, _ []byte) error {
			paths = append(paths, string(path))
			return nil
		})
	})
	return paths, errors.Join(err, db.Close())
}

// putAway gives what an earlier version left behind names under which it does not
// count, once all of it is stored and indexed anew.
func (b *builder) putAway() error {
	if _, err := b.generations.setAsideDamaged(); err != nil {
		return err
	}
	name := filepath.Join(b.generations.dir, earlierName)
	kept := store.Aside(name, "earlier")
	b.report.note(fmt.Sprintf("the places of an earlier version of demarche were indexed again; its list of them is kept as %s", kept))
	return os.Rename(name, kept)
}

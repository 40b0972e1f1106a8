package index

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"demarche/index/source"
)

// sources is the file sources.db: what was read from which file, so that only
// what changed is read again. The process that has it open is the only one
// that builds.
type sources struct{ db *bolt.DB }

// record is what is known of one file that was read.
type record struct {
	// Name is how statements name the file, see [place.name].
	Name string
	Size int64
	// ModTime is zero where the file was too young when it was read to tell a
	// later change by its time, and for files that have none.
	ModTime time.Time
	SHA256  string
	// Declared is a digest of the metadata given beside the file.
	Declared string
	// Draft is the JSON of an annotate.Draft, read only when an index is built.
	Draft json.RawMessage
	// Refused are the parts of the file that could not be used.
	Refused []source.Refusal `json:",omitempty"`
}

// marks say what the records are good for.
type marks struct {
	// Format is the [Format] of the program that read the files.
	Format int
	// Generation was built from the records as they stand; 0 when none was.
	Generation int
	// Statements and Paragraphs are what that generation holds.
	Statements, Paragraphs int
}

// state is all that sources.db holds.
type state struct {
	marks
	// Roots are the places that were given, by path.
	Roots map[string]place
	// Records are by the path of the file.
	Records map[string]record
}

// patience is how long to wait for another process that builds.
const patience = 500 * time.Millisecond

// ErrBusy says that another process is building the same index.
var ErrBusy = errors.New("another demarche is indexing into this folder: wait until it is done, or name another folder with --data")

var (
	bucketState = []byte("state")
	bucketRoots = []byte("roots")
	bucketFiles = []byte("files")
	keyState    = []byte("state")
)

func openSources(dir string) (*sources, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("there can be no index in %s: %w: name another folder with --data", dir, err)
	}
	name := filepath.Join(dir, "sources.db")
	db, err := bolt.Open(name, 0o644, &bolt.Options{Timeout: patience})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("%s: %w", dir, ErrBusy)
	case err != nil:
		return nil, fmt.Errorf("%s cannot be opened (%w): if it is damaged, delete it and index the files again", name, err)
	}
	return &sources{db}, nil
}

func (s *sources) close() error { return s.db.Close() }

// load returns what is known; all of it is empty in a new file.
func (s *sources) load() (state, error) {
	known := state{Roots: map[string]place{}, Records: map[string]record{}}
	err := s.db.View(func(tx *bolt.Tx) error {
		if b := tx.Bucket(bucketState); b != nil {
			if err := json.Unmarshal(b.Get(keyState), &known.marks); err != nil {
				return err
			}
		}
		return errors.Join(
			decodeAll(tx.Bucket(bucketRoots), known.Roots),
			decodeAll(tx.Bucket(bucketFiles), known.Records))
	})
	if err != nil {
		return state{}, fmt.Errorf("%s cannot be read (%w): delete it and index the files again", s.db.Path(), err)
	}
	return known, nil
}

// save makes known what is stored, in one step.
func (s *sources) save(known state) error {
	return s.db.Update(func(tx *bolt.Tx) error {
		marks := map[string]marks{string(keyState): known.marks}
		return errors.Join(
			encodeAll(tx, bucketState, marks),
			encodeAll(tx, bucketRoots, known.Roots),
			encodeAll(tx, bucketFiles, known.Records))
	})
}

func decodeAll[V any](b *bolt.Bucket, into map[string]V) error {
	if b == nil {
		return nil
	}
	return b.ForEach(func(key, value []byte) error {
		var v V
		if err := json.Unmarshal(value, &v); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		into[string(key)] = v
		return nil
	})
}

// encodeAll replaces the content of a bucket, writing only what differs.
func encodeAll[V any](tx *bolt.Tx, name []byte, values map[string]V) error {
	b, err := tx.CreateBucketIfNotExists(name)
	if err != nil {
		return err
	}
	if err := dropOthers(b, values); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		content, err := json.Marshal(values[key])
		if err != nil {
			return err
		}
		if bytes.Equal(content, b.Get([]byte(key))) {
			continue
		}
		if err := b.Put([]byte(key), content); err != nil {
			return err
		}
	}
	return nil
}

func dropOthers[V any](b *bolt.Bucket, keep map[string]V) error {
	var drop [][]byte
	err := b.ForEach(func(key, _ []byte) error {
		if _, ok := keep[string(key)]; !ok {
			drop = append(drop, bytes.Clone(key))
		}
		return nil
	})
	for _, key := range drop {
		err = errors.Join(err, b.Delete(key))
	}
	return err
}

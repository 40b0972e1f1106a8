package bleveindex

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"slices"

	bolt "go.etcd.io/bbolt"

	"demarche/search"
)

// recordsPerCommit bounds the memory of a build: bbolt keeps what is written
// until it is committed.
const recordsPerCommit = 8192

// recordWriter writes records.db and the digest of all that it holds.
type recordWriter struct {
	db      *bolt.DB
	tx      *bolt.Tx
	pending int
	// The numbers of what comes next.
	statements, versions, paragraphs uint32
	digest                           hash.Hash
}

func createRecords(path string) (*recordWriter, error) {
	// Nothing reads the file before the whole generation is on disk, so only
	// the last commit has to be forced there.
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: lockTimeout, NoSync: true, NoFreelistSync: true})
	if err != nil {
		return nil, fmt.Errorf("creating %s: %w", path, err)
	}
	w := &recordWriter{db: db, digest: sha256.New()}
	if err := w.begin(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return w, nil
}

func (w *recordWriter) begin() error {
	tx, err := w.db.Begin(true)
	if err != nil {
		return err
	}
	w.tx, w.pending = tx, 0
	for _, name := range [][]byte{statementBucket, versionBucket, paragraphBucket, statementIDBucket, paragraphIDBucket} {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	return nil
}

// add writes a statement and returns the number of its first paragraph.
func (w *recordWriter) add(s *search.Statement) (uint32, error) {
	rec := statementRecord{Statement: *s, First: w.paragraphs}
	rec.Statement.Versions = slices.Clone(s.Versions)
	for i := range s.Versions {
		v := &s.Versions[i]
		if err := w.addVersion(s, v); err != nil {
			return 0, fmt.Errorf("statement %q: %w", s.ID, err)
		}
		rec.Counts = append(rec.Counts, len(v.Paragraphs))
		rec.Statement.Versions[i].Paragraphs = nil
	}
	err := w.putID(statementIDBucket, s.ID, w.statements)
	if err == nil {
		err = w.put(statementBucket, &w.statements, rec)
	}
	if err == nil {
		err = w.commitWhenFull()
	}
	return rec.First, err
}

func (w *recordWriter) addVersion(s *search.Statement, v *search.Version) error {
	for i := range v.Paragraphs {
		p := &v.Paragraphs[i]
		if err := w.putID(paragraphIDBucket, p.ID, w.paragraphs); err != nil {
			return err
		}
		if err := w.put(paragraphBucket, &w.paragraphs, paragraphRecord{*p, w.versions, s.Siblings(v, p)}); err != nil {
			return err
		}
	}
	return w.put(versionBucket, &w.versions, versionRecord{v.Lang, s.Header(v)})
}

// put writes a record under the next number.
func (w *recordWriter) put(bucket []byte, next *uint32, rec any) error {
	value, err := json.Marshal(rec)
	if err != nil {
		return err
	}
	w.digest.Write(value)
	w.pending++
	b := w.tx.Bucket(bucket)
	b.FillPercent = 1 // numbers only grow: no page has to leave room
	err = b.Put(key(*next), value)
	*next++
	return err
}

func (w *recordWriter) putID(bucket []byte, id string, n uint32) error {
	b := w.tx.Bucket(bucket)
	if b.Get([]byte(id)) != nil {
		return fmt.Errorf("the ID %q is used twice", id)
	}
	if err := b.Put([]byte(id), key(n)); err != nil {
		return fmt.Errorf("the ID %q: %w", id, err)
	}
	return nil
}

func (w *recordWriter) commitWhenFull() error {
	if w.pending < recordsPerCommit {
		return nil
	}
	if err := w.tx.Commit(); err != nil {
		return err
	}
	return w.begin()
}

// finish commits, forces the file to disk and closes it.
func (w *recordWriter) finish() error {
	err := w.tx.Commit()
	if err == nil {
		err = w.db.Sync()
	}
	return errors.Join(err, w.db.Close())
}

// abandon gives up what is not committed and closes the file.
func (w *recordWriter) abandon() error { return errors.Join(w.tx.Rollback(), w.db.Close()) }

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
	db                     *bolt.DB
	tx                     *bolt.Tx
	pending                int
	statements, paragraphs uint32
	digest                 hash.Hash
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
	for _, name := range [][]byte{statementBucket, paragraphBucket, statementIDBucket, paragraphIDBucket} {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	return nil
}

// add writes a statement and returns the number of its first paragraph.
func (w *recordWriter) add(s *search.Statement) (uint32, error) {
	first, number := w.paragraphs, w.statements
	rec := statementRecord{Statement: *s, First: first}
	rec.Statement.Versions = slices.Clone(s.Versions)
	for i := range s.Versions {
		v := &s.Versions[i]
		for j := range v.Paragraphs {
			p := &v.Paragraphs[j]
			if err := w.addParagraph(paragraphRecord{*p, number, i, s.Siblings(v, p)}); err != nil {
				return 0, fmt.Errorf("statement %q: %w", s.ID, err)
			}
		}
		rec.Counts = append(rec.Counts, len(v.Paragraphs))
		rec.Statement.Versions[i].Paragraphs = nil
	}
	w.statements++
	if err := w.put(statementBucket, statementIDBucket, number, s.ID, rec); err != nil {
		return 0, err
	}
	return first, w.commitWhenFull()
}

func (w *recordWriter) addParagraph(rec paragraphRecord) error {
	n := w.paragraphs
	w.paragraphs++
	return w.put(paragraphBucket, paragraphIDBucket, n, rec.Paragraph.ID, rec)
}

func (w *recordWriter) put(bucket, ids []byte, n uint32, id string, rec any) error {
	value, err := json.Marshal(rec)
	if err != nil {
		return err
	}
	w.digest.Write(value)
	w.pending++
	b := w.tx.Bucket(ids)
	if b.Get([]byte(id)) != nil {
		return fmt.Errorf("the ID %q is used twice in %s", id, bucket)
	}
	if err := b.Put([]byte(id), key(n)); err != nil {
		return fmt.Errorf("the ID %q: %w", id, err)
	}
	numbered := w.tx.Bucket(bucket)
	numbered.FillPercent = 1 // numbers only grow: no page has to leave room
	return numbered.Put(key(n), value)
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

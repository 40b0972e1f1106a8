package bleveindex

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"time"

	bolt "go.etcd.io/bbolt"

	"demarche/search"
)

// The buckets of records.db. Statements, versions and paragraphs are kept by
// number, in the order in which they were written, so that the paragraphs of a
// statement lie together; the last two find a number by ID.
var (
	statementBucket   = []byte("statements")
	versionBucket     = []byte("versions")
	paragraphBucket   = []byte("paragraphs")
	statementIDBucket = []byte("statement-ids")
	paragraphIDBucket = []byte("paragraph-ids")
)

// lockTimeout bounds the wait for the lock of a bbolt file, which another
// process could hold for ever.
const lockTimeout = 2 * time.Second

// A statementRecord is a statement whose versions hold no paragraphs: those are
// the Counts[i] records from First on, for version i, one version after another.
type statementRecord struct {
	Statement search.Statement
	First     uint32
	Counts    []int
}

// A versionRecord is what all hits of one version show alike. It is apart from
// the statement, which holds much that hits do not show.
type versionRecord struct {
	Lang   string
	Header search.Header
}

// A paragraphRecord is what a hit shows apart from that.
type paragraphRecord struct {
	Paragraph search.Paragraph
	Version   uint32
	// Siblings are the paragraphs of the passage in other languages.
	Siblings []search.PassageVersion `json:",omitempty"`
}

// key is a number as a key that sorts by it.
func key(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }

// records reads records.db. Its transactions are begun when it is opened: bbolt
// begins one under a lock that a fault on its first pages would leave locked.
type records struct {
	db   *bolt.DB
	idle chan *bolt.Tx
}

func openRecords(path string) (*records, error) {
	db, err := bolt.Open(path, 0o400, &bolt.Options{ReadOnly: true, Timeout: lockTimeout})
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	// More would read no faster, where each has a processor to itself.
	r := &records{db, make(chan *bolt.Tx, 2*runtime.GOMAXPROCS(0))}
	for range cap(r.idle) {
		tx, err := db.Begin(false)
		if err != nil {
			return nil, errors.Join(err, r.close())
		}
		r.idle <- tx
	}
	return r, nil
}

// close comes after all reading.
func (r *records) close() error {
	var errs []error
	for range len(r.idle) {
		errs = append(errs, (<-r.idle).Rollback())
	}
	return errors.Join(append(errs, r.db.Close())...)
}

// view gives read a reader of the one state that there is. It is not called
// within read.
func (r *records) view(read func(recordReader) error) error {
	tx := <-r.idle
	defer func() { r.idle <- tx }()
	return read(recordReader{tx})
}

// A recordReader reads within one transaction.
type recordReader struct{ tx *bolt.Tx }

// number finds an ID in one of the buckets of IDs, or says search.ErrNotFound.
func (r recordReader) number(bucket []byte, id string) (uint32, error) {
	v := r.tx.Bucket(bucket).Get([]byte(id))
	if len(v) != 4 {
		return 0, fmt.Errorf("%q: %w", id, search.ErrNotFound)
	}
	return binary.BigEndian.Uint32(v), nil
}

func (r recordReader) statement(n uint32) (*statementRecord, error) {
	return decode[statementRecord](r.tx, statementBucket, n)
}

func (r recordReader) version(n uint32) (*versionRecord, error) {
	return decode[versionRecord](r.tx, versionBucket, n)
}

func (r recordReader) paragraph(n uint32) (*paragraphRecord, error) {
	return decode[paragraphRecord](r.tx, paragraphBucket, n)
}

// whole is a statement with the paragraphs of all its versions.
func (r recordReader) whole(n uint32) (*search.Statement, error) {
	rec, err := r.statement(n)
	if err != nil {
		return nil, err
	}
	next := rec.First
	for i, count := range rec.Counts {
		for range count {
			p, err := r.paragraph(next)
			if err != nil {
				return nil, err
			}
			v := &rec.Statement.Versions[i]
			v.Paragraphs = append(v.Paragraphs, p.Paragraph)
			next++
		}
	}
	return &rec.Statement, nil
}

func decode[T any](tx *bolt.Tx, bucket []byte, n uint32) (*T, error) {
	v := tx.Bucket(bucket).Get(key(n))
	if v == nil {
		return nil, fmt.Errorf("the index is damaged: %s has no record %d", bucket, n)
	}
	rec := new(T)
	if err := json.Unmarshal(v, rec); err != nil {
		return nil, fmt.Errorf("the index is damaged: record %d of %s: %w", n, bucket, err)
	}
	return rec, nil
}

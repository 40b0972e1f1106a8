package store

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"demarche/index/durable"
	"demarche/index/source"
)

// Record is what is known of a file apart from its bytes.
type Record struct {
	// Path is where the file came from. It is also its key.
	Path string
	// Name is how statements name the file.
	Name string
	// Size is in bytes.
	Size int64
	// ModTime is zero where it does not tell a later change.
	ModTime  time.Time `json:",omitzero"`
	SHA256   string
	Declared []source.Declared `json:",omitempty"`
	// Refused are the parts of the file that could not be used.
	Refused []source.Refusal `json:",omitempty"`
	// Recipe names the rules that its draft was made by; "" where there is none.
	Recipe string `json:",omitempty"`
}

// Entry is a file to be stored.
type Entry struct {
	Record
	// Content and Draft leave what is stored where they are nil.
	Content, Draft []byte
}

// Change is what one step changes.
type Change struct {
	Put    []Entry
	Remove []string // paths
	// Places are the labels of the places that were given, by path; nil leaves
	// those that are stored.
	Places map[string]string
	// Settled says that what a recovery left open is done, see [Store.Missing].
	Settled bool
}

// Position says how far a store is. What an index was built from has the same
// position as the index.
type Position struct {
	// Store tells stores apart.
	Store string
	// Number grows with each change of what would be indexed.
	Number uint64
}

// ledger is the entry that accounts for all others.
type ledger struct {
	Position
	// Writes counts the steps; each entry carries the number of its own.
	Writes  uint64
	Entries int
	Sum     sum
	// Recovered: the store was put together from the remains of another one,
	// and the places were not yet looked at since. Missing are the paths of
	// files whose bytes were not among the remains.
	Recovered bool     `json:",omitempty"`
	Missing   []string `json:",omitempty"`
}

// Store is an open store. Its methods are for one goroutine at a time, unless
// they say otherwise.
type Store struct {
	dir     string
	db      *bolt.DB
	ledger  ledger
	records map[string]Record
	places  map[string]string
	// stale says that statements.sum is not that of the file.
	stale bool
	// Note says what was amiss when the store was opened and does no harm.
	Note string
}

// Open opens the store of dir after [Verify]. The caller holds the lock.
func Open(dir string) (*Store, error) {
	found, err := Verify(dir, false)
	if err != nil {
		return nil, err
	}
	s, err := open(filepath.Join(dir, dbName))
	if err != nil {
		return nil, damage(filepath.Join(dir, dbName), err)
	}
	known, err := readSums(dir)
	if errors.Is(err, durable.ErrDamaged) {
		name := filepath.Join(dir, sumName)
		if err := os.Rename(name, Aside(name, "damaged")); err != nil {
			return nil, errors.Join(err, s.db.Close())
		}
	}
	s.dir, s.Note, s.stale = dir, found.Note, err != nil || known.Writing
	return s, nil
}

// New begins a store that takes the place of the one in dir, if any, when it is
// installed.
func New(dir string) (*Store, error) {
	path := filepath.Join(dir, dbName+".new")
	if err := os.RemoveAll(path); err != nil {
		return nil, err
	}
	// Nothing counts before all is installed, so all is forced to disk then.
	db, err := openBolt(path, true)
	if err != nil {
		return nil, err
	}
	id := make([]byte, 16)
	_, _ = rand.Read(id) // does not fail
	s := &Store{dir: dir, db: db, stale: true, records: map[string]Record{}, places: map[string]string{}}
	s.ledger.Store = hex.EncodeToString(id)
	if err := s.write(Change{Places: map[string]string{}}); err != nil {
		return nil, errors.Join(err, s.abandon())
	}
	return s, nil
}

// openBolt opens a file that was verified, or a new one. Its free list is found
// by bbolt at each opening, so no damage to one can be believed.
func openBolt(path string, noSync bool) (*bolt.DB, error) {
	return bolt.Open(path, 0o600, &bolt.Options{Timeout: Patience, NoSync: noSync, NoFreelistSync: true, FreelistType: bolt.FreelistMapType, PageSize: pageSize})
}

func open(path string) (*Store, error) {
	db, err := openBolt(path, false)
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, records: map[string]Record{}, places: map[string]string{}}
	if err := db.View(s.load); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

func (s *Store) load(tx *bolt.Tx) error {
	b := tx.Bucket([]byte(bucket))
	if b == nil {
		return errors.New("it is no store of statements")
	}
	if err := errors.Join(decode(b, keyLedger, &s.ledger), decode(b, keyPlaces, &s.places)); err != nil {
		return err
	}
	c := b.Cursor()
	for k, _ := c.Seek([]byte(prefixRecord)); k != nil && bytes.HasPrefix(k, []byte(prefixRecord)); k, _ = c.Next() {
		var r Record
		if err := decode(b, string(k), &r); err != nil {
			return err
		}
		s.records[r.Path] = r
	}
	return nil
}

func decode(b *bolt.Bucket, key string, into any) error {
	payload, _, ok := unseal(key, b.Get([]byte(key)))
	if !ok {
		return fmt.Errorf("the entry %q is missing or does not hold its checksum", key)
	}
	return json.Unmarshal(payload, into)
}

// Records are the stored files by path. The caller does not change them.
func (s *Store) Records() map[string]Record { return s.records }

// Places are the labels of the places that were given, by path.
func (s *Store) Places() map[string]string { return maps.Clone(s.places) }

// Position is how far the store is.
func (s *Store) Position() Position { return s.ledger.Position }

// Missing says whether the store was recovered and the places not looked at
// since, and which files were known and are not in it.
func (s *Store) Missing() (recovered bool, paths []string) {
	return s.ledger.Recovered, s.ledger.Missing
}

// Content is the bytes of a stored file, of which r is the record. Many
// goroutines may ask at a time, beside one that changes the store.
func (s *Store) Content(r Record) ([]byte, error) {
	content, err := s.unpack(prefixText, r.Path)
	if err == nil && Digest(content) != r.SHA256 {
		err = damage(s.db.Path(), fmt.Errorf("the text of %s is not the one that was read", r.Path))
	}
	return content, err
}

// Draft is the draft that was stored with a file.
func (s *Store) Draft(path string) ([]byte, error) { return s.unpack(prefixDraft, path) }

func (s *Store) unpack(prefix, path string) (content []byte, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		payload, _, ok := unseal(prefix+path, tx.Bucket([]byte(bucket)).Get([]byte(prefix+path)))
		if !ok {
			return damage(s.db.Path(), fmt.Errorf("the entry %q is missing or does not hold its checksum", prefix+path))
		}
		content, err = decompress(payload)
		return damage(s.db.Path(), err)
	})
	return content, err
}

// Apply makes a change and forces it to disk, all or nothing.
func (s *Store) Apply(c Change) error {
	if len(c.Put) == 0 && len(c.Remove) == 0 && !c.Settled && (c.Places == nil || maps.Equal(c.Places, s.places)) {
		return nil
	}
	if !s.stale {
		if err := s.announce(); err != nil {
			return err
		}
	}
	return s.write(c)
}

// announce says on disk that the file is about to change, so that whoever finds
// it after a kill does not take that for damage.
func (s *Store) announce() error {
	known, err := readSums(s.dir)
	if err != nil {
		return err
	}
	known.Writing = true
	if err := known.write(s.dir); err != nil {
		return err
	}
	s.stale = true
	return nil
}

func (s *Store) write(c Change) error {
	next := s.ledger
	next.Writes++
	if s.moves(c) {
		next.Number++
	}
	if c.Settled {
		next.Recovered, next.Missing = false, nil
	}
	err := s.db.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists([]byte(bucket))
		if err != nil {
			return err
		}
		return (&writer{b, &next}).change(c)
	})
	if err != nil {
		return fmt.Errorf("nothing could be written to %s: %w", s.db.Path(), err)
	}
	s.ledger = next
	s.note(c)
	return nil
}

// moves reports whether a change is one of what would be indexed.
func (s *Store) moves(c Change) bool {
	for _, e := range c.Put {
		old, known := s.records[e.Path]
		if !known || !e.Same(old) {
			return true
		}
	}
	return len(c.Remove) > 0
}

// Same reports whether a file is indexed as another was.
func (r Record) Same(old Record) bool {
	// Strings and lists of strings always encode.
	a, _ := json.Marshal(r.Declared)
	b, _ := json.Marshal(old.Declared)
	return r.SHA256 == old.SHA256 && r.Name == old.Name && (len(r.Declared)+len(old.Declared) == 0 || bytes.Equal(a, b))
}

// note brings what is in memory up to a change that is on disk.
func (s *Store) note(c Change) {
	for _, path := range c.Remove {
		delete(s.records, path)
	}
	for _, e := range c.Put {
		s.records[e.Path] = e.Record
	}
	if c.Places != nil {
		s.places = maps.Clone(c.Places)
	}
}

// Close closes the store and puts its checksum beside it.
func (s *Store) Close() error {
	if err := s.db.Close(); err != nil || !s.stale {
		return err
	}
	f, err := os.Open(filepath.Join(s.dir, dbName))
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	now, err := measure(f, pages{f, info.Size()})
	if err != nil {
		return err
	}
	return now.write(s.dir)
}

// abandon gives up a store that is not installed.
func (s *Store) abandon() error {
	err := s.db.Close()
	// It may have got its name before it failed.
	if left := os.Remove(filepath.Join(s.dir, dbName+".new")); !errors.Is(left, fs.ErrNotExist) {
		err = errors.Join(err, left)
	}
	return err
}

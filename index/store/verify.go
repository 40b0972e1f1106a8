package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"demarche/index/durable"
)

const (
	dbName  = "statements.db"
	sumName = "statements.sum"
	bucket  = "statements"
)

// Damage says that the store is not as it was written. It is never about a disk
// that cannot be read just now.
type Damage struct {
	Path string
	Err  error
}

func (d *Damage) Error() string { return fmt.Sprintf("%s is damaged: %v", d.Path, d.Err) }
func (d *Damage) Unwrap() error { return d.Err }

// damage tells damage from an error of the system, which may pass.
func damage(path string, err error) error {
	if errno := syscall.Errno(0); err == nil || errors.As(err, &errno) && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if d := (*Damage)(nil); errors.As(err, &d) {
		return err
	}
	return &Damage{path, err}
}

// sums is what statements.sum says.
type sums struct {
	// Writing: somebody writes, or was killed when writing. The file then is
	// checked entry by entry and what follows says only where it began.
	Writing     bool
	Transaction uint64
	Size        int64
	SHA256      string
}

func readSums(dir string) (sums, error) {
	var s sums
	content, err := durable.Read(filepath.Join(dir, sumName))
	if err == nil {
		err = json.Unmarshal(content, &s)
	}
	return s, err
}

func (s sums) write(dir string) error {
	// Numbers and a string always encode.
	content, _ := json.Marshal(s)
	return durable.Write(filepath.Join(dir, sumName), content)
}

// Exists reports whether there is a store in dir, whole or not.
func Exists(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, dbName))
	return err == nil
}

// Begun reports whether there was a store in dir at some time.
func Begun(dir string) bool {
	known, err := readSums(dir)
	return err == nil && known.Transaction > 0 || errors.Is(err, durable.ErrDamaged)
}

// measure reads the whole file.
func measure(f *os.File, p pages) (sums, error) {
	m, err := p.newest()
	if err != nil {
		return sums{}, err
	}
	h := sha256.New()
	n, err := io.CopyBuffer(h, struct{ io.Reader }{io.NewSectionReader(f, 0, p.size)}, make([]byte, 1<<20))
	return sums{Transaction: m.transaction, Size: n, SHA256: hex.EncodeToString(h.Sum(nil))}, err
}

// Found is what [Verify] found in a store that is whole.
type Found struct {
	// Note says what was amiss and does no harm.
	Note string
	// Position and Files are known only where every entry was read: after a
	// writer was killed, and where that was asked for.
	Position Position
	Files    int
}

// Verify reads the store of dir and says whether it is as it was written. The
// error is an [fs.ErrNotExist] where there is none and a [*Damage] where it
// is damaged. With thorough, every entry is read, and every file is unpacked and
// compared with its own checksum.
//
// The caller holds the lock: somebody who writes would look like damage.
func Verify(dir string, thorough bool) (Found, error) {
	path := filepath.Join(dir, dbName)
	f, err := os.Open(path)
	if err != nil {
		return Found{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Found{}, err
	}
	p := pages{f, info.Size()}
	var found Found
	known, err := readSums(dir)
	clean := err == nil && !known.Writing
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, durable.ErrDamaged):
		return Found{}, err
	case err != nil:
		found.Note = fmt.Sprintf("%s is missing or damaged: the store was checked entry by entry instead", sumName)
		err = nil
	case clean:
		err = p.compare(f, known)
	default:
		err = p.follows(known)
	}
	if err == nil && (!clean || thorough) {
		err = p.entries(thorough, &found)
	}
	return found, damage(path, err)
}

// compare compares the file with what it was when the last writer was done.
func (p pages) compare(f *os.File, want sums) error {
	got, err := measure(f, p)
	if err == nil && got != want {
		err = fmt.Errorf("its checksum does not hold (%d bytes, transaction %d; written were %d bytes, transaction %d)", got.Size, got.Transaction, want.Size, want.Transaction)
	}
	return err
}

// follows checks that the file is no older than when its last writer began.
func (p pages) follows(begun sums) error {
	m, err := p.newest()
	if err == nil && m.transaction < begun.Transaction {
		err = fmt.Errorf("it is older than it was: transaction %d after %d", m.transaction, begun.Transaction)
	}
	return err
}

// entries checks every entry, and that none is missing.
func (p pages) entries(thorough bool, found *Found) error {
	m, err := p.newest()
	if err != nil {
		return err
	}
	t := tally{thorough: thorough, sums: map[string]string{}}
	if err := p.walk(m, bucket, t.entry); err != nil {
		return err
	}
	if err := t.settle(); err != nil {
		return err
	}
	found.Position, found.Files = t.ledger.Position, t.files
	return nil
}

// tally gathers what the ledger says of all entries.
type tally struct {
	thorough bool
	ledger   *ledger
	entries  int
	files    int
	sum      sum
	// sums are the SHA-256 of the texts, by path.
	sums map[string]string
}

func (t *tally) entry(key, value []byte) error {
	payload, _, ok := unseal(string(key), value)
	if !ok {
		return fmt.Errorf("the entry %q does not hold its checksum", key)
	}
	if string(key) == keyLedger {
		t.ledger = new(ledger)
		return json.Unmarshal(payload, t.ledger)
	}
	if _, ok := cut(string(key), prefixRecord); ok {
		t.files++
	}
	t.entries++
	t.sum.add(sumOf(value))
	if t.thorough {
		return t.text(string(key), payload)
	}
	return nil
}

func (t *tally) text(key string, payload []byte) error {
	if path, ok := cut(key, prefixText); ok {
		content, err := decompress(payload)
		if err != nil {
			return fmt.Errorf("the text of %s: %w", path, err)
		}
		if t.sums[path] != Digest(content) {
			return fmt.Errorf("the text of %s is not the one that was read", path)
		}
	}
	if path, ok := cut(key, prefixRecord); ok {
		var r Record
		if err := json.Unmarshal(payload, &r); err != nil {
			return fmt.Errorf("the record of %s: %w", path, err)
		}
		t.sums[path] = r.SHA256
	}
	return nil
}

func (t *tally) settle() error {
	switch {
	case t.ledger == nil:
		return errors.New("it has no ledger")
	case t.ledger.Entries != t.entries || t.ledger.Sum != t.sum:
		return fmt.Errorf("it has %d entries that do not add up to the %d of its ledger", t.entries, t.ledger.Entries)
	}
	return nil
}

// Digest is the SHA-256 of a content in hexadecimal.
func Digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// remains are the entries of a damaged file that hold their checksums.
type remains struct {
	file  *os.File
	found map[string]remnant
}

// remnant is where the payload of the latest entry of a key lies.
type remnant struct {
	write    uint64
	at, size int64
}

// salvage looks at every page, whether anything leads to it or not. Of several
// entries of one key the latest counts; one that was deleted and whose page was
// not used again comes back, which is better than to miss one that was not.
func salvage(path string) (*remains, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	r := &remains{f, map[string]remnant{}}
	p := pages{f, info.Size()}
	for id := uint64(2); id < uint64(p.size/pageSize); id++ {
		page, err := p.page(id)
		if err != nil || !isLeaf(page) {
			continue
		}
		r.leaf(page, int64(id)*pageSize)
	}
	return r, nil
}

func (r *remains) leaf(page []byte, at int64) {
	list, err := elements(page)
	if err != nil {
		return
	}
	for _, e := range list {
		// The elements are parts of the page, so their capacity says where.
		start := at + int64(cap(page)-cap(e.value))
		if e.bucket {
			if len(e.value) > bucketSize+pageHeader && isLeaf(e.value[bucketSize:]) {
				r.leaf(e.value[bucketSize:], start+bucketSize)
			}
			continue
		}
		payload, write, ok := unseal(string(e.key), e.value)
		if old, known := r.found[string(e.key)]; ok && (!known || old.write < write) {
			r.found[string(e.key)] = remnant{write, start + int64(sealSize), int64(len(payload))}
		}
	}
}

func (r *remains) payload(key string) ([]byte, error) {
	e, ok := r.found[key]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return io.ReadAll(io.NewSectionReader(r.file, e.at, e.size))
}

func (r *remains) decode(key string, into any) error {
	payload, err := r.payload(key)
	if err == nil {
		err = json.Unmarshal(payload, into)
	}
	return err
}

// entry is a stored file with its bytes.
func (r *remains) entry(rec Record) (Entry, error) {
	payload, err := r.payload(prefixText + rec.Path)
	if err != nil {
		return Entry{}, err
	}
	content, err := decompress(payload)
	if err == nil && Digest(content) != rec.SHA256 {
		err = errors.New("the text is not the one that was read")
	}
	return Entry{Record: rec, Content: content}, err
}

func (r *remains) records() []Record {
	var list []Record
	for key := range r.found {
		if _, ok := cut(key, prefixRecord); !ok {
			continue
		}
		var rec Record
		if r.decode(key, &rec) == nil {
			rec.Recipe = ""
			list = append(list, rec)
		}
	}
	slices.SortFunc(list, func(a, b Record) int { return bytes.Compare([]byte(a.Path), []byte(b.Path)) })
	return list
}

// Recover makes a new store of what can be read of the damaged one in dir and of
// archives, the latest first, and installs it. The damaged one is kept under
// the name that is returned. The store remembers what is missing until a
// [Change] says that this is settled.
func Recover(dir string, archives []string) (s *Store, kept string, err error) {
	next, err := New(dir)
	if err != nil {
		return nil, "", err
	}
	c := collector{store: next, places: map[string]string{}, missing: map[string]bool{}}
	err = c.remains(filepath.Join(dir, dbName))
	for _, a := range archives {
		if err == nil {
			err = c.archive(a)
		}
	}
	if err == nil {
		err = c.finish()
	}
	if err == nil {
		kept, err = next.Install("damaged")
	}
	if err != nil {
		return nil, kept, errors.Join(err, next.abandon())
	}
	return next, kept, nil
}

// collector fills a store from what others left.
type collector struct {
	store   *Store
	places  map[string]string
	missing map[string]bool
	batch   Batch
}

func (c *collector) put(e Entry) error {
	if !c.batch.Add(e) {
		return nil
	}
	return c.store.Apply(c.batch.Take())
}

func (c *collector) remains(path string) error {
	r, err := salvage(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer r.file.Close()
	_ = r.decode(keyPlaces, &c.places) // without it, those of an archive serve
	for _, rec := range r.records() {
		e, err := r.entry(rec)
		if err != nil {
			c.missing[rec.Path] = true
			continue
		}
		if err := c.put(e); err != nil {
			return err
		}
	}
	return c.store.Apply(c.batch.Take())
}

// archive takes what is not there yet. One that is not whole gives what comes
// before its damage.
func (c *collector) archive(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	var failed error
	list, err := Import(f, func(e Entry) error {
		if _, known := c.store.records[e.Path]; known {
			return nil
		}
		delete(c.missing, e.Path)
		failed = c.put(e)
		return failed
	})
	if failed != nil {
		return failed
	}
	if err != nil {
		for _, path := range list.Paths {
			if _, known := c.store.records[path]; !known {
				c.missing[path] = true
			}
		}
	}
	for place, label := range list.Places {
		if _, known := c.places[place]; !known {
			c.places[place] = label
		}
	}
	return c.store.Apply(c.batch.Take())
}

// finish notes what is missing. What was given in a batch counts as there.
func (c *collector) finish() error {
	for path := range c.store.records {
		delete(c.missing, path)
	}
	c.store.ledger.Recovered = true
	c.store.ledger.Missing = slices.Sorted(maps.Keys(c.missing))
	if c.places == nil {
		c.places = map[string]string{}
	}
	return c.store.write(Change{Places: c.places})
}

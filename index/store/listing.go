package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"demarche/index/durable"
)

// A list may come from anywhere. A few kilobytes of gzip hold a list of megabytes, and
// that the JSON of gigabytes of empty values. So a list is read value by value, each
// is bounded, and no more than one file of it is held unpacked at a time.
const (
	// maxRecord is the greatest size of what a list says of one file, in bytes:
	// thousands of times what it commonly has.
	maxRecord = 1 << 20
	// maxPlaces is the greatest size of the places of a list, in bytes: some
	// 100,000 of them.
	maxPlaces = 16 << 20
	// maxPath is the greatest size of a path or name in bytes: four times that
	// of systems in use, and less than bbolt takes for a key.
	maxPath = 16 << 10
)

// Listing is what the list of an archive says.
type Listing struct {
	Places map[string]string
	// Paths are those of the files, in their order.
	Paths []string

	files [][]byte // the JSON of their records
}

// readList reads a list with its checksum.
func readList(sealed []byte) (*Listing, error) {
	list, ok := durable.Unseal(sealed)
	if !ok {
		return nil, refused(errors.New("the checksum of its list does not hold"))
	}
	p := listParser{list: list, in: json.NewDecoder(bytes.NewReader(list)), seen: map[string]bool{}}
	if err := p.object(); err != nil {
		return nil, refused(err)
	}
	if p.version != archiveVersion {
		return nil, refused(fmt.Errorf("it has version %d, this program reads version %d", p.version, archiveVersion))
	}
	return &p.listing, nil
}

type listParser struct {
	list    []byte
	in      *json.Decoder
	version int
	listing Listing
	seen    map[string]bool // paths
}

var errList = errors.New("its list does not make sense")

func (p *listParser) object() error {
	if t, err := p.in.Token(); err != nil || t != json.Delim('{') {
		return errList
	}
	for p.in.More() {
		key, err := p.in.Token()
		if err == nil {
			err = p.field(key)
		}
		if err != nil {
			return err
		}
	}
	if _, err := p.in.Token(); err != nil {
		return fmt.Errorf("%w: %w", errList, err)
	}
	if _, err := p.in.Token(); !errors.Is(err, io.EOF) {
		return errList
	}
	return nil
}

func (p *listParser) field(key json.Token) error {
	switch key {
	case "Version":
		return p.in.Decode(&p.version)
	case "Files":
		return p.records()
	}
	value, err := p.value()
	if err != nil || key != "Places" {
		return err
	}
	if len(value) > maxPlaces {
		return errList
	}
	return json.Unmarshal(value, &p.listing.Places)
}

// value is the JSON of the next value, as it stands in the list.
func (p *listParser) value() ([]byte, error) {
	var raw json.RawMessage
	if err := p.in.Decode(&raw); err != nil {
		return nil, err
	}
	end := p.in.InputOffset()
	return p.list[end-int64(len(raw)) : end], nil
}

func (p *listParser) records() error {
	switch t, err := p.in.Token(); {
	case err != nil:
		return err
	case t == nil: // of no files
		return nil
	case t != json.Delim('['):
		return errList
	}
	for p.in.More() {
		value, err := p.value()
		if err != nil {
			return err
		}
		r, err := readRecord(value)
		if err == nil && p.seen[r.Path] {
			err = errors.New("a path is there twice")
		}
		if err != nil {
			return fmt.Errorf("%w at number %d: %w", errList, len(p.seen)+1, err)
		}
		p.seen[r.Path] = true
		p.listing.Paths = append(p.listing.Paths, r.Path)
		p.listing.files = append(p.listing.files, value)
	}
	_, err := p.in.Token()
	return err
}

// readRecord reads what a list says of a file.
func readRecord(value []byte) (r Record, err error) {
	if len(value) > maxRecord {
		return r, errors.New("it says too much of a file")
	}
	if err := json.Unmarshal(value, &r); err != nil {
		return r, err
	}
	if r.Path == "" || r.Name == "" || max(len(r.Path), len(r.Name)) > maxPath || r.Size < 0 || r.Size > MaxContent || len(r.SHA256) != len(Digest(nil)) {
		return r, errors.New("a path, name, size or digest is none")
	}
	r.Recipe = "" // no draft is in an archive
	return r, nil
}

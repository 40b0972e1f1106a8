package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
)

// This file reads the pages of a bbolt file of version 2 as bbolt lays them out:
//
//	page     id 8, flags 2, count 2, overflow 4; count elements; keys and values
//	branch   position 4, key size 4, page 8                  (an element)
//	leaf     flags 4, position 4, key size 4, value size 4   (an element)
//	meta     magic 4, version 4, page size 4, flags 4, root page 8, sequence 8,
//	         free list 8, pages 8, transaction 8, FNV-1a of all before 8
//	bucket   root page 8, sequence 8, and its one leaf where root page is 0
//
// Numbers are in the machine's order, positions count from their element, and
// the meta pages 0 and 1 take turns.
const (
	pageSize    = 4096
	pageHeader  = 16
	elementSize = 16
	metaSize    = 64
	bucketSize  = 16

	flagBranch = 1
	flagLeaf   = 2
	// flagBucket marks the element of a leaf whose value is a bucket.
	flagBucket = 1

	magic       = 0xED0CDAED
	fileVersion = 2

	// maxDepth is more levels than a file of any size has.
	maxDepth = 32
)

var order = binary.NativeEndian

// meta is what a meta page says.
type meta struct{ root, pages, transaction uint64 }

// pages reads the pages of a file. Nothing that it reads is trusted.
type pages struct {
	file io.ReaderAt
	size int64 // of the file, in bytes
}

func (p pages) meta(number int64) (meta, error) {
	b := make([]byte, pageHeader+metaSize)
	if _, err := p.file.ReadAt(b, number*pageSize); err != nil {
		return meta{}, fmt.Errorf("meta page %d cannot be read: %w", number, err)
	}
	b = b[pageHeader:]
	sum := fnv.New64a()
	sum.Write(b[:metaSize-8])
	if order.Uint32(b) != magic || order.Uint32(b[4:]) != fileVersion || order.Uint32(b[8:]) != pageSize || order.Uint64(b[metaSize-8:]) != sum.Sum64() {
		return meta{}, fmt.Errorf("meta page %d does not hold its checksum", number)
	}
	return meta{root: order.Uint64(b[16:]), pages: order.Uint64(b[40:]), transaction: order.Uint64(b[48:])}, nil
}

// newest is the meta page that counts. Both must be whole: were one damaged,
// the other could be that of an older state.
func (p pages) newest() (meta, error) {
	first, err := p.meta(0)
	second, other := p.meta(1)
	if err := errors.Join(err, other); err != nil {
		return meta{}, err
	}
	if first.transaction < second.transaction {
		first = second
	}
	if int64(first.pages) > p.size/pageSize {
		return meta{}, fmt.Errorf("the file has %d bytes and must have %d at least", p.size, first.pages*pageSize)
	}
	return first, nil
}

// page reads a page with those that it overflows into.
func (p pages) page(id uint64) ([]byte, error) {
	header := make([]byte, pageHeader)
	if id < 2 || id >= uint64(p.size/pageSize) {
		return nil, fmt.Errorf("there is no page %d", id)
	}
	at := int64(id) * pageSize
	if _, err := p.file.ReadAt(header, at); err != nil {
		return nil, err
	}
	size := (int64(order.Uint32(header[12:])) + 1) * pageSize
	if order.Uint64(header) != id || at+size > p.size {
		return nil, fmt.Errorf("page %d is damaged", id)
	}
	page := make([]byte, size)
	_, err := p.file.ReadAt(page, at)
	return page, err
}

// element is one of a page.
type element struct {
	key, value []byte
	page       uint64 // of a branch
	bucket     bool
}

var errElement = errors.New("a page is damaged: what it lists lies outside of it")

// elements are those of a leaf or branch.
func elements(page []byte) ([]element, error) {
	kind, count := order.Uint16(page[8:]), int(order.Uint16(page[10:]))
	if kind != flagLeaf && kind != flagBranch || pageHeader+count*elementSize > len(page) {
		return nil, errElement
	}
	list := make([]element, count)
	for i := range list {
		at := pageHeader + i*elementSize
		b := page[at:]
		var position, key, value uint64
		if kind == flagBranch {
			position, key = uint64(order.Uint32(b)), uint64(order.Uint32(b[4:]))
			list[i].page = order.Uint64(b[8:])
		} else {
			position, key, value = uint64(order.Uint32(b[4:])), uint64(order.Uint32(b[8:])), uint64(order.Uint32(b[12:]))
			list[i].bucket = order.Uint32(b)&flagBucket != 0
		}
		if position+key+value > uint64(len(b)) {
			return nil, errElement
		}
		list[i].key, list[i].value = b[position:position+key], b[position+key:position+key+value]
	}
	return list, nil
}

func isLeaf(page []byte) bool { return order.Uint16(page[8:]) == flagLeaf }

// walker goes through the tree of a bucket in the order of its keys.
type walker struct {
	pages
	seen  map[uint64]bool
	visit func(key, value []byte) error
	// last is the key before, low the least that may follow.
	last, low []byte
}

// walk visits every entry of the bucket that a meta page leads to. Keys that
// are out of order are an error: bbolt would not find them.
func (p pages) walk(m meta, name string, visit func(key, value []byte) error) error {
	root, err := p.page(m.root)
	if err != nil {
		return err
	}
	list, err := elements(root)
	if err != nil {
		return err
	}
	if len(list) != 1 || !isLeaf(root) || !list[0].bucket || string(list[0].key) != name || len(list[0].value) < bucketSize {
		return errors.New("the page that leads to all others is damaged")
	}
	w := walker{pages: p, seen: map[uint64]bool{m.root: true}, visit: visit}
	if id := order.Uint64(list[0].value); id != 0 {
		return w.tree(id, 0)
	}
	if inline := list[0].value[bucketSize:]; len(inline) >= pageHeader && isLeaf(inline) {
		return w.page(inline, 0)
	}
	return errElement
}

func (w *walker) tree(id uint64, depth int) error {
	if w.seen[id] || depth > maxDepth {
		return fmt.Errorf("page %d is reached twice", id)
	}
	w.seen[id] = true
	page, err := w.pages.page(id)
	if err != nil {
		return err
	}
	return w.page(page, depth)
}

func (w *walker) page(page []byte, depth int) error {
	list, err := elements(page)
	if err != nil {
		return err
	}
	for _, e := range list {
		switch {
		case !isLeaf(page):
			if err := w.follow(e.key); err != nil {
				return err
			}
			if err := w.tree(e.page, depth+1); err != nil {
				return err
			}
		case w.last != nil && bytes.Compare(e.key, w.last) <= 0 || bytes.Compare(e.key, w.low) < 0:
			return errOrder
		default:
			w.last = e.key
			if err := w.visit(e.key, e.value); err != nil {
				return err
			}
		}
	}
	return nil
}

var errOrder = errors.New("a page is damaged: its keys are out of order")

// follow notes the key by which a branch leads on.
func (w *walker) follow(key []byte) error {
	if w.last != nil && bytes.Compare(key, w.last) <= 0 {
		return errOrder
	}
	w.low = key
	return nil
}

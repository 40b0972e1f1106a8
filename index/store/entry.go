package store

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The keys of the one bucket. Those of files end in the path.
const (
	keyLedger    = "ledger"
	keyPlaces    = "places"
	prefixRecord = "file:"
	prefixText   = "text:"
	prefixDraft  = "draft:"
)

// sum is a checksum: the first half of a SHA-256.
type sum [16]byte

// add adds or takes away a checksum: the sum over many does not depend on their
// order.
func (s *sum) add(other sum) {
	for i := range s {
		s[i] ^= other[i]
	}
}

const sealSize = len(sum{}) + 8 // checksum and number of the write

// seal makes the value that is stored under key: checksum, number of the write,
// payload.
func seal(key string, write uint64, payload []byte) []byte {
	value := make([]byte, sealSize, sealSize+len(payload))
	binary.BigEndian.PutUint64(value[len(sum{}):], write)
	value = append(value, payload...)
	s := checksum(key, value[len(sum{}):])
	copy(value, s[:])
	return value
}

// unseal returns the payload of a value; false where the checksum does not hold.
func unseal(key string, value []byte) (payload []byte, write uint64, ok bool) {
	if len(value) < sealSize {
		return nil, 0, false
	}
	if checksum(key, value[len(sum{}):]) != sumOf(value) {
		return nil, 0, false
	}
	return value[sealSize:], binary.BigEndian.Uint64(value[len(sum{}):]), true
}

// sumOf is the checksum that a sealed value carries.
func sumOf(value []byte) (s sum) {
	copy(s[:], value)
	return s
}

func checksum(key string, rest []byte) (s sum) {
	h := sha256.New()
	h.Write(binary.AppendUvarint(nil, uint64(len(key))))
	io.WriteString(h, key)
	h.Write(rest)
	copy(s[:], h.Sum(nil))
	return s
}

// compress packs a text or a draft.
func compress(content []byte) []byte {
	var b bytes.Buffer
	// A writer to memory at a level that exists does not fail.
	w, _ := flate.NewWriter(&b, flate.BestSpeed)
	_, _ = w.Write(content)
	_ = w.Close()
	return b.Bytes()
}

// MaxContent is the greatest size of one file or draft in bytes.
const MaxContent = 256 << 20

var errExpands = errors.New("it is larger unpacked than any file may be")

func decompress(packed []byte) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), MaxContent+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("it cannot be unpacked: %w", err)
	case len(content) > MaxContent:
		return nil, errExpands
	}
	return content, nil
}

// cut takes the path off a key with a prefix.
func cut(key, prefix string) (path string, ok bool) { return strings.CutPrefix(key, prefix) }

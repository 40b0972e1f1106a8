package store

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"demarche/index/durable"
)

// An archive is a tar packed by gzip. Its first member is a sealed list of all
// others, which are the files, byte for byte, in the order of the list:
//
//	contents.json
//	files/000001.txt
//	files/000002.md
//
// Names of members are never taken for names on a disk.
const (
	contentsName   = "contents.json"
	archiveVersion = 1
	// maxContents is the greatest size of the list in bytes: some 500,000 files.
	maxContents = 256 << 20
)

// contents is the list of an archive.
type contents struct {
	// Version is that of the form of the archive.
	Version int
	// Position is that of the store when the archive was made.
	Position Position
	Places   map[string]string
	Files    []Record
}

// ErrNoArchive says that something is no archive of ours, or is not whole.
var ErrNoArchive = errors.New("it is not a whole archive of demarche")

// Export writes an archive of what the store holds.
func (s *Store) Export(w io.Writer) error {
	packed, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return err
	}
	t := tar.NewWriter(packed)
	c := contents{Version: archiveVersion, Position: s.ledger.Position, Places: s.places}
	for _, p := range slices.Sorted(maps.Keys(s.records)) {
		c.Files = append(c.Files, s.records[p])
	}
	list, err := json.MarshalIndent(c, "", "\t")
	if err != nil {
		return err
	}
	if err := member(t, contentsName, durable.Seal(list)); err != nil {
		return err
	}
	for i, r := range c.Files {
		content, err := s.Content(r)
		if err == nil {
			err = member(t, memberName(i, r), content)
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(t.Close(), packed.Close())
}

// epoch is the time of all members: the same store gives the same archive.
var epoch = time.Unix(0, 0)

func member(t *tar.Writer, name string, content []byte) error {
	err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(content)), ModTime: epoch, Typeflag: tar.TypeReg})
	if err == nil {
		_, err = t.Write(content)
	}
	return err
}

func memberName(i int, r Record) string {
	ext := strings.ToLower(path.Ext(r.Name))
	if len(ext) > 10 || strings.ContainsFunc(ext, func(c rune) bool { return c != '.' && (c < 'a' || c > 'z') && (c < '0' || c > '9') }) {
		ext = ""
	}
	return fmt.Sprintf("files/%06d%s", i+1, ext)
}

// Import reads an archive to its end and gives each file to take. Whatever is
// not as the list says is an [ErrNoArchive]; files may have been taken by then.
func Import(r io.Reader, take func(Entry) error) (*Listing, error) {
	// Buffered here, gzip reads no further than its end.
	whole := bufio.NewReader(r)
	packed, err := gzip.NewReader(whole)
	if err != nil {
		return &Listing{}, refused(err)
	}
	packed.Multistream(false)
	t := tar.NewReader(packed)
	sealed, err := next(t, contentsName, -1)
	if err != nil {
		return &Listing{}, err
	}
	l, err := readList(sealed)
	if err != nil {
		return &Listing{}, err
	}
	for i := range l.Paths {
		e, err := l.file(t, i)
		if err == nil {
			err = take(e)
		}
		if err != nil {
			return l, err
		}
	}
	return l, ended(t, packed, whole)
}

// file reads the next member, which must be file i of the list.
func (l *Listing) file(t *tar.Reader, i int) (Entry, error) {
	rec, err := readRecord(l.files[i])
	if err != nil {
		return Entry{}, refused(err)
	}
	content, err := next(t, memberName(i, rec), rec.Size)
	if err == nil && Digest(content) != rec.SHA256 {
		err = refused(fmt.Errorf("the file %s is not as it was", rec.Name))
	}
	return Entry{Record: rec, Content: content}, err
}

// next reads the next member, which must have the name and the size; a size
// below 0 leaves it open.
func next(t *tar.Reader, name string, size int64) ([]byte, error) {
	h, err := t.Next()
	if err != nil {
		return nil, refused(err)
	}
	limit := size
	if size < 0 {
		limit = maxContents
	}
	if h.Name != name || h.Typeflag != tar.TypeReg || h.Size > limit || size >= 0 && h.Size != size {
		return nil, refused(fmt.Errorf("%q of %d bytes stands where %q must", h.Name, h.Size, name))
	}
	content, err := io.ReadAll(io.LimitReader(t, limit+1))
	if err != nil {
		return nil, refused(err)
	}
	return content, nil
}

// maxPadding is more zeros than come after the end of a tar, in bytes.
const maxPadding = 64 << 10

// ended checks that nothing follows, and lets gzip check its own sums.
func ended(t *tar.Reader, packed io.Reader, whole *bufio.Reader) error {
	if _, err := t.Next(); !errors.Is(err, io.EOF) {
		return refused(errors.New("something follows the last file"))
	}
	padding, err := io.ReadAll(io.LimitReader(packed, maxPadding))
	if err != nil {
		return refused(err)
	}
	if _, err := whole.ReadByte(); !errors.Is(err, io.EOF) || len(bytes.Trim(padding, "\x00")) > 0 || len(padding) == maxPadding {
		return refused(errors.New("something follows its end"))
	}
	return nil
}

// refused makes an error one of the archive, unless the disk is at fault.
func refused(err error) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("%w: %w", ErrNoArchive, err)
}

package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"demarche/index/annotate"
	"demarche/index/clean"
	"demarche/index/gazetteer"
	"demarche/index/segment"
	"demarche/index/source"
)

// reader takes files from bytes to drafts.
type reader struct {
	annotator *annotate.Annotator
	limits    source.Limits
}

func newReader(g *gazetteer.Gazetteer) reader {
	return reader{annotator: annotate.New(g)}
}

// file is a file to be read.
type file struct {
	entry source.Entry
	// path is absolute, or below [shipped]. [Inspect] has paths as given.
	path string
}

// reading is what came of one file.
type reading struct {
	file
	record record
	// how says what the record owes to this reading.
	how how
	// refused says why there is no record, and what was left out where there is
	// one.
	refused []source.Refusal
}

type how int

const (
	// untouched: it cannot be looked at for now, so it stays as it was.
	untouched how = iota
	// trusted: its size, time, name and metadata are as before; it was not read.
	trusted
	// same: it was read, and bytes, name and metadata are as before.
	same
	// renewed: it is new, or not as before.
	renewed
	// rejected: it holds nothing usable.
	rejected
)

// readAll reads files on all cores. The readings are in the order of files,
// whatever order they were made in; at most one file a core is in memory
// beside its draft. It fails only when the context ends.
func (r reader) readAll(ctx context.Context, files []file, known map[string]record, tick func(done int)) ([]reading, error) {
	readings := make([]reading, len(files))
	var done atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, f := range files {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			old, ok := known[f.path]
			readings[i] = r.read(f, old, ok)
			tick(int(done.Add(1)))
			return nil
		})
	}
	return readings, group.Wait()
}

// read reads one file, unless what is known of it still holds.
func (r reader) read(f file, old record, known bool) reading {
	now := look(f)
	if known && now.Declared == old.Declared && now.Name == old.Name && now.Size == old.Size && !old.ModTime.IsZero() && old.ModTime.Equal(now.ModTime) {
		return reading{f, old, trusted, old.Refused}
	}
	content, err := source.Read(f.entry, r.limits)
	if err != nil {
		return reading{f, old, afterRefusal(f, known), []source.Refusal{refusal(f, err)}}
	}
	now.SHA256, now.Size, now.Refused = content.Source.SHA256, content.Source.Size, content.Refused
	if known && now.SHA256 == old.SHA256 && now.Name == old.Name && now.Declared == old.Declared {
		now.Draft = old.Draft
		return reading{f, now, same, now.Refused}
	}
	if now.Draft, err = r.draft(content); err != nil {
		return reading{f, old, rejected, []source.Refusal{refusal(f, err)}}
	}
	return reading{f, now, renewed, now.Refused}
}

// draft understands one file. A defect of the program that a file brings out
// costs that file alone.
func (r reader) draft(content source.File) (draft json.RawMessage, err error) {
	defer func() {
		if defect := recover(); defect != nil {
			err = fmt.Errorf("it could not be understood, which is a defect of this program: %v", defect)
		}
	}()
	document := segment.Split(content, clean.Repair(content.Text))
	if !slices.ContainsFunc(document.Versions, func(v segment.Version) bool { return len(v.Paragraphs) > 0 }) {
		return nil, errors.New("it has no paragraph, only titles, dates and the like: there is nothing to search in it")
	}
	return json.Marshal(r.annotator.Annotate(document))
}

// settled is how old a file must be for its time to tell every later change:
// longer than the steps in which file systems count.
const settled = 2 * time.Second

// look says what can be known of a file without reading it.
func look(f file) record {
	now := record{Name: f.entry.Name, Declared: declaredDigest(f.entry)}
	info, err := os.Stat(f.path)
	if err != nil || !filepath.IsAbs(f.path) {
		return now
	}
	now.Size = info.Size()
	if time.Since(info.ModTime()) > settled {
		now.ModTime = info.ModTime()
	}
	return now
}

func declaredDigest(e source.Entry) string {
	if len(e.Declared) == 0 {
		return ""
	}
	// Strings and lists of strings always encode.
	content, _ := json.Marshal(e.Declared)
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// afterRefusal tells a file that holds nothing usable from one that cannot be
// looked at for now, whose last reading is kept.
func afterRefusal(f file, known bool) how {
	opened, err := os.Open(f.path)
	switch {
	case err == nil:
		opened.Close()
	case known:
		return untouched
	}
	return rejected
}

// refusal names the file by its path, which the user knows, where the text of
// err has the name that statements use.
func refusal(f file, err error) source.Refusal {
	reason := err.Error()
	if r := (*source.Refusal)(nil); errors.As(err, &r) {
		reason = r.Reason
	}
	return source.Refusal{File: f.path, Reason: reason}
}

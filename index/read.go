package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"demarche/index/annotate"
	"demarche/index/clean"
	"demarche/index/segment"
	"demarche/index/source"
	"demarche/index/store"
)

// reader takes files from bytes to drafts.
type reader struct {
	annotator *annotate.Annotator
	limits    source.Limits
}

func newReader(l *Lexicon) reader { return reader{annotator: l.annotator} }

// file is a file to be read.
type file struct {
	entry source.Entry
	// path is absolute, or below [shipped]. [Inspect] has paths as given.
	path string
}

// reading is what came of one file.
type reading struct {
	store.Entry
	// how says what the entry owes to this reading.
	how how
	// refused says why there is no draft, and what was left out where there is
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

// all does work on all cores and gives the results to take, one at a time, in
// the order in which they are done. It fails when the context ends or take
// does, once what was begun is done.
func all[J, R any](ctx context.Context, jobs []J, work func(J) R, take func(R) error) error {
	// One that is done need not wait for the one that is taken.
	results := make(chan R, runtime.GOMAXPROCS(0))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0) + 1)
	group.Go(func() error {
		for range jobs {
			select {
			case r := <-results:
				if err := take(r); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for _, job := range jobs {
		if ctx.Err() != nil {
			break
		}
		group.Go(func() error {
			select {
			case results <- work(job):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}
	return group.Wait()
}

// read reads one file, unless what is known of it still holds.
func (r reader) read(f file, old store.Record, known bool) reading {
	now := look(f)
	if known && sameDeclared(now, old) && now.Name == old.Name && now.Size == old.Size && !old.ModTime.IsZero() && old.ModTime.Equal(now.ModTime) {
		return reading{store.Entry{Record: old}, trusted, old.Refused}
	}
	data, err := source.Bytes(f.entry, r.limits)
	if err != nil {
		return reading{store.Entry{Record: now}, afterRefusal(f, known), []source.Refusal{refusal(f.path, err)}}
	}
	now.SHA256, now.Size = store.Digest(data), int64(len(data))
	if known && now.Same(old) {
		now.Recipe, now.Refused = old.Recipe, old.Refused
		return reading{store.Entry{Record: now}, same, now.Refused}
	}
	e := store.Entry{Record: now, Content: data}
	if err := r.understand(&e); err != nil {
		return reading{store.Entry{Record: now}, rejected, []source.Refusal{refusal(f.path, err)}}
	}
	return reading{e, renewed, e.Refused}
}

// understand gives an entry the draft of its content. A defect of the program
// that a file brings out costs that file alone.
func (r reader) understand(e *store.Entry) (err error) {
	defer func() {
		if defect := recover(); defect != nil {
			err = fmt.Errorf("it could not be understood, which is a defect of this program: %v", defect)
		}
	}()
	content, err := source.Parse(source.Entry{Name: e.Name, Declared: e.Declared}, e.Content)
	if err != nil {
		return err
	}
	document := segment.Split(content, clean.Repair(content.Text))
	if !slices.ContainsFunc(document.Versions, func(v segment.Version) bool { return len(v.Paragraphs) > 0 }) {
		return errors.New("it has no paragraph, only titles, dates and the like: there is nothing to search in it")
	}
	e.Refused = content.Refused
	e.Draft, err = json.Marshal(r.annotator.Annotate(document))
	return err
}

// settled is how old a file must be for its time to tell every later change:
// longer than the steps in which file systems count.
const settled = 2 * time.Second

// look says what can be known of a file without reading it.
func look(f file) store.Record {
	now := store.Record{Path: f.path, Name: f.entry.Name, Declared: f.entry.Declared}
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

// sameDeclared compares what is declared alone.
func sameDeclared(a, b store.Record) bool {
	a.Name, a.SHA256 = b.Name, b.SHA256
	return a.Same(b)
}

// afterRefusal tells a file that holds nothing usable from one that cannot be
// looked at for now, whose last reading is kept.
func afterRefusal(f file, known bool) how {
	// What has become a pipe meanwhile is not waited for.
	opened, err := os.OpenFile(f.path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
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
func refusal(path string, err error) source.Refusal {
	reason := err.Error()
	if r := (*source.Refusal)(nil); errors.As(err, &r) {
		reason = r.Reason
	}
	return source.Refusal{File: path, Reason: reason}
}

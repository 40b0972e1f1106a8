package index

import (
	"context"
	"errors"
	"maps"
	"slices"

	"demarche/index/source"
	"demarche/index/store"
)

// readAll reads files on all cores and stores what is new in them as it goes.
// What was read before the context ended is stored.
func (b *builder) readAll(ctx context.Context, files []file) error {
	b.steps.begin(Reading, len(files))
	known := maps.Clone(b.store.Records())
	in := intake{builder: b}
	err := all(ctx, files, func(f file) reading {
		old, ok := known[f.path]
		r := b.reader.read(f, old, ok)
		if r.how == renewed {
			r.Recipe = recipe(b.lexicon.digest)
		}
		return r
	}, func(r reading) error {
		_, ok := known[r.Path]
		return in.take(r, ok)
	})
	return errors.Join(err, in.flush())
}

// intake brings readings into the store, many at a time, and says of which
// files that they are safe.
type intake struct {
	*builder
	batch store.Batch
	safe  []string
	done  int
}

func (in *intake) take(r reading, known bool) error {
	in.done++
	for _, refusal := range r.refused {
		in.refuse(refusal)
	}
	full := false
	switch r.how {
	case untouched:
		in.report.Unchanged++
		in.safe = append(in.safe, r.Path)
	case trusted:
		in.unchanged(r)
	case same:
		in.report.Read++
		in.unchanged(r)
		full = in.batch.Add(r.Entry)
	case renewed:
		in.report.Read++
		in.report.Annotated++
		in.report.renewed(r.Path, known)
		in.safe = append(in.safe, r.Path)
		full = in.batch.Add(r.Entry)
	case rejected:
		if known {
			in.report.Removed = append(in.report.Removed, r.Path)
			full = in.batch.Remove(r.Path)
		}
	}
	if full || len(in.safe) >= safeAtOnce {
		return in.flush()
	}
	in.steps.reached(in.done)
	return nil
}

// unchanged counts a file that is as it was, unless it has to be understood
// anew, which counts it as updated.
func (in *intake) unchanged(r reading) {
	in.safe = append(in.safe, r.Path)
	if r.Recipe == in.recipe() {
		in.report.Unchanged++
	}
}

// safeAtOnce bounds the files of one [Event].
const safeAtOnce = 256

// flush stores what was taken and, once it is on disk, says so. What could not be
// stored is never said to be safe.
func (in *intake) flush() error {
	safe := in.safe
	in.safe = nil
	if err := in.store.Apply(in.batch.Take()); err != nil {
		return err
	}
	in.steps.stored(in.done, safe)
	return nil
}

// understandAll makes the drafts that other rules or words made, or nobody,
// from the stored bytes: the files need not be there any more.
func (b *builder) understandAll(ctx context.Context) error {
	stale := b.stale()
	if len(stale) > 0 && b.words != b.lexicon.digest {
		// What is understood without the words of the others must not pass for one
		// of them.
		b.words = b.lexicon.digest
		b.report.note("the index was made with names and words of your own, which were not given now: it is made again without them; give --gazetteer to demarche index to have them back")
		stale = b.stale()
	}
	if len(stale) == 0 {
		return nil
	}
	b.steps.begin(Understanding, len(stale))
	records := maps.Clone(b.store.Records())
	in := intake{builder: b}
	err := all(ctx, stale, func(path string) redraft { return b.redraft(records[path]) }, in.redrafted)
	return errors.Join(err, in.flush())
}

// stale are the stored files whose drafts do not count.
func (b *builder) stale() []string {
	var stale []string
	for path, r := range b.store.Records() {
		if r.Recipe != b.recipe() {
			stale = append(stale, path)
		}
	}
	slices.Sort(stale)
	return stale
}

// redraft is an entry with a new draft.
type redraft struct {
	store.Entry
	refused []source.Refusal
	failed  error // of the store
}

func (b *builder) redraft(r store.Record) redraft {
	content, err := b.store.Content(r)
	if err != nil {
		return redraft{failed: err}
	}
	e := store.Entry{Record: r, Content: content}
	var refused []source.Refusal
	if err := b.reader.understand(&e); err != nil {
		// It stays in the store: other rules may make something of it again.
		e.Draft, refused = []byte("null"), []source.Refusal{refusal(r.Path, err)}
	} else {
		refused = e.Refused
	}
	e.Content, e.Recipe = nil, b.recipe()
	return redraft{Entry: e, refused: refused}
}

func (in *intake) redrafted(r redraft) error {
	if r.failed != nil {
		return r.failed
	}
	in.done++
	in.report.Annotated++
	in.report.Updated = append(in.report.Updated, r.Path)
	for _, refusal := range r.refused {
		in.refuse(refusal)
	}
	if in.batch.Add(r.Entry) {
		return in.flush()
	}
	in.steps.reached(in.done)
	return nil
}

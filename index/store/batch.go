package store

import "time"

// Limits of a batch: many small files share one sync, one large file does not
// wait for others, and nothing that was read waits long to be safe.
const (
	batchEntries = 64
	batchBytes   = 4 << 20
	batchAge     = 200 * time.Millisecond
)

// Batch gathers entries that are stored in one step.
type Batch struct {
	change Change
	bytes  int
	begun  time.Time
}

// Add reports whether the batch is full.
func (b *Batch) Add(e Entry) bool {
	if len(b.change.Put) == 0 {
		b.begun = time.Now()
	}
	b.change.Put = append(b.change.Put, e)
	b.bytes += len(e.Content) + len(e.Draft)
	return len(b.change.Put) >= batchEntries || b.bytes >= batchBytes || time.Since(b.begun) >= batchAge
}

// Remove reports whether the batch is full.
func (b *Batch) Remove(path string) bool {
	b.change.Remove = append(b.change.Remove, path)
	return len(b.change.Remove) >= batchEntries
}

// Take empties the batch.
func (b *Batch) Take() Change {
	c := b.change
	*b = Batch{}
	return c
}

// Package watch says when files and folders have changed. It looks again and
// again, which works on every file system, network ones too, and costs a look
// at each file's size and time; it reads nothing. What to do about a change is
// for the caller.
package watch

import (
	"context"
	"encoding/binary"
	"hash"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Every is how often to look.
const Every = 2 * time.Second

// patience is how many looks in a row may find something new before a change
// counts that does not come to rest.
const patience = 15

// Changes calls changed at once, and then when paths are not any more as they
// were when it last was called. It looks at each tick, and waits
// for one that finds nothing new: a file that is being copied is not looked
// into half way. changed returns false to be called again at the next tick.
// Changes returns when the context ends.
func Changes(ctx context.Context, paths []string, ticks <-chan time.Time, changed func() bool) {
	settled := look(paths)
	done := changed()
	before, restless := settled, 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		}
		now := look(paths)
		if now != before && restless < patience {
			before, restless = now, restless+1
			continue
		}
		before, restless = now, 0
		if now != settled || !done {
			settled, done = now, changed()
		}
	}
}

// look is a digest of the names, sizes and times of all files below paths.
func look(paths []string) uint64 {
	h := fnv.New64a()
	for _, root := range paths {
		// Walk passes every error to note, which goes on.
		_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			note(h, path, d, err)
			return nil
		})
	}
	return h.Sum64()
}

// note adds one file. What cannot be looked at counts as such: that it can be
// again is a change.
func note(h hash.Hash, path string, d fs.DirEntry, err error) {
	var size, at int64 = -1, -1
	if err == nil && !d.IsDir() {
		// A link is as its target is.
		if info, err := os.Stat(path); err == nil {
			size, at = info.Size(), info.ModTime().UnixNano()
		}
	}
	h.Write([]byte(path))
	h.Write(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64([]byte{0}, uint64(size)), uint64(at)))
}

package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// ErrBusy says that another process, or another part of this one, is writing.
var ErrBusy = errors.New("another demarche is indexing into this folder: wait until it is done, or name another folder with --data")

// Patience is how long [Acquire] waits for the one that writes.
const Patience = 500 * time.Millisecond

// retryEvery is how often the lock is tried meanwhile.
const retryEvery = 20 * time.Millisecond

// Lock is the right to write to a data directory. It ends with the process at
// the latest, however that ends.
type Lock struct{ file *os.File }

// Acquire makes dir where it does not exist and takes the lock of it. The error
// is [ErrBusy] when it is held for longer than [Patience].
func Acquire(ctx context.Context, dir string) (*Lock, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("there can be no index in %s: %w: name another folder with --data", dir, err)
	}
	file, err := os.OpenFile(filepath.Join(dir, "LOCK"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be written to: %w", dir, err)
	}
	deadline := time.Now().Add(Patience)
	for {
		held, err := tryLock(file)
		switch {
		case err != nil:
			return nil, errors.Join(fmt.Errorf("%s cannot be locked: %w", dir, err), file.Close())
		case held:
			return &Lock{file}, nil
		case time.Now().After(deadline):
			return nil, errors.Join(fmt.Errorf("%s: %w", dir, ErrBusy), file.Close())
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), file.Close())
		case <-time.After(retryEvery):
		}
	}
}

// Release gives the lock up; nil is none.
func (l *Lock) Release() error {
	if l == nil {
		return nil
	}
	return l.file.Close()
}

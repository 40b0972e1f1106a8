package faults

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// fullDisk leaves an ingest too little space.
type fullDisk struct{}

func (fullDisk) Plan() Plan {
	return Plan{
		Name: "full-disk", Does: "an ingest through a server on a small tmpfs that has less and less space left",
		Expect: "no crash; the server goes on to answer; writing resumes when there is space again",
		Unit:   "ingests", Short: 8, Full: 150, Limit: 10 * time.Minute,
	}
}

const (
	// smallDisk is the size of the file system, in bytes.
	smallDisk = 8 << 20
	// mostLeft is the space that the ingest with the most of it has.
	mostLeft = 600 << 10
	pageSize = 4 << 10
)

func (fullDisk) Run(ctx context.Context, t *Trial) error {
	if os.Geteuid() != 0 {
		return &Lacking{"only root can mount a small tmpfs"}
	}
	dir, err := t.folder()
	if err != nil {
		return err
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", smallDisk)); err != nil {
		return &Lacking{fmt.Sprintf("a small tmpfs cannot be mounted: %v", err)}
	}
	f := &filling{swapping: &swapping{Trial: t}, disk: dir}
	err = f.run(ctx)
	if f.server != nil {
		f.server.kill()
	}
	return errors.Join(err, syscall.Unmount(dir, 0))
}

type filling struct {
	*swapping
	disk string
	// refused and done count ingests, revision is the last that was done.
	refused, done, revision int
}

func (f *filling) run(ctx context.Context) (err error) {
	if f.notes.dir, err = f.folder(); err != nil {
		return err
	}
	f.data, f.revision = filepath.Join(f.disk, "data"), 1
	if err := f.index(ctx, f.revision); err != nil {
		return err
	}
	if f.server, err = f.serve(ctx, f.data); err != nil {
		return err
	}
	f.each(ctx, f.cycle)
	f.note("%d ingests were refused for want of space, %d had enough", f.refused, f.done)
	return f.server.stop()
}

func (f *filling) ballast() string { return filepath.Join(f.disk, "ballast") }

// cycle leaves some space, ingests, makes space and ingests again.
func (f *filling) cycle(ctx context.Context, n int) error {
	left := mostLeft * n / max(f.Reach, 1) / pageSize * pageSize
	if err := f.fill(left); err != nil {
		return err
	}
	err := f.cramped(ctx, n)
	if err := errors.Join(err, os.Remove(f.ballast())); err != nil {
		return fmt.Errorf("with %d KB left: %w", left>>10, err)
	}
	f.revision = 2*n + 3
	if err := f.index(ctx, f.revision); err != nil {
		return fmt.Errorf("with space again, after %d KB were left: %w", left>>10, err)
	}
	return f.until(ctx, f.revision)
}

// fill leaves so many bytes of the file system.
func (f *filling) fill(left int) error {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(f.disk, &fs); err != nil {
		return err
	}
	size := int(fs.Bavail)*int(fs.Bsize) - left
	if size < 0 {
		return fmt.Errorf("the index has grown over %d MB of a disk", smallDisk>>20)
	}
	return os.WriteFile(f.ballast(), make([]byte, size), 0o600)
}

// cramped ingests with little space: it is done or refused in words, and
// either way the server answers.
func (f *filling) cramped(ctx context.Context, n int) error {
	for i := range swapNotes {
		if err := f.notes.write(noteName(i), 2*n+2, 2, chance(i)); err != nil {
			return err
		}
	}
	f.written.Store(int64(2*n + 2))
	e, err := f.demarche(ctx, "index", "--data", f.data, f.notes.dir)
	if err := errors.Join(err, e.crashed()); err != nil {
		return err
	}
	switch {
	case e.code == 0:
		f.done++
	case strings.TrimSpace(e.stderr) == "":
		return fmt.Errorf("exit status %d without a word", e.code)
	default:
		f.refused++
	}
	if !f.server.running() {
		return fmt.Errorf("the server ended: %s", tail(f.server.stderr.String(), 400))
	}
	seen, err := f.seen(ctx)
	if err == nil && seen < f.revision {
		err = fmt.Errorf("revision %d came after %d", seen, f.revision)
	}
	return err
}

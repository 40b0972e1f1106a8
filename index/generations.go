package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"demarche/index/bleveindex"
	"demarche/index/durable"
	"demarche/index/store"
)

// generations is a data directory as readers see it:
//
//	generations/<n>/            one whole index each; numbers grow and are never used twice
//	generations/<n>.new/        one that is being written
//	generations/<n>.damaged-…/  one that was damaged and is kept for whoever wants to look
//	CURRENT                     which of them counts; sealed
//
// A generation is written under a name that does not count, forced to disk,
// renamed, and counts from the moment that CURRENT, which is replaced in one
// step, names it. So a build that dies leaves the index as it was.
type generations struct{ dir string }

const currentForm = "generation %d\n"

// archiveName is the archive of the statements that a generation was made of. If
// the store is lost, they are taken from there.
const archiveName = "statements.tar.gz"

func (g generations) folder() string { return filepath.Join(g.dir, "generations") }

func (g generations) path(number int) string {
	return filepath.Join(g.folder(), strconv.Itoa(number))
}

// current is the generation that CURRENT names; 0 when there is none. The error
// is a [durable.ErrDamaged] where CURRENT does not read as it was written.
func (g generations) current() (int, error) {
	name := filepath.Join(g.dir, "CURRENT")
	content, err := durable.Read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	number := 0
	if _, err := fmt.Sscanf(string(content), currentForm, &number); err != nil || number < 1 {
		return 0, fmt.Errorf("%s %w", name, durable.ErrDamaged)
	}
	return number, nil
}

// manifest is what the current generation says of itself. The error is an
// [fs.ErrNotExist] where there is none.
func (g generations) manifest() (int, *bleveindex.Manifest, error) {
	number, err := g.current()
	if err != nil {
		return 0, nil, err
	}
	if number == 0 {
		return 0, nil, fs.ErrNotExist
	}
	m, err := bleveindex.ReadManifest(g.path(number))
	return number, m, err
}

// add lets write fill the folder of a new generation, makes it durable and
// current, and returns its number. Generations other than the new one and the
// one before it, in which readers may still be, are removed.
func (g generations) add(ctx context.Context, write func(dir string) error) (int, error) {
	if err := os.MkdirAll(g.folder(), 0o755); err != nil {
		return 0, err
	}
	number, err := g.next()
	if err != nil {
		return 0, err
	}
	draft := g.path(number) + ".new"
	if err := g.fill(ctx, draft, write); err != nil {
		return 0, errors.Join(err, os.RemoveAll(draft))
	}
	if err := os.Rename(draft, g.path(number)); err != nil {
		return 0, errors.Join(err, os.RemoveAll(draft))
	}
	// The generation must be found by its name before CURRENT names it.
	if err := durable.Sync(g.folder()); err != nil {
		return 0, err
	}
	if err := g.point(number); err != nil {
		return 0, err
	}
	return number, g.sweep(number)
}

func (g generations) fill(ctx context.Context, dir string, write func(dir string) error) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	if err := write(dir); err != nil {
		return err
	}
	if err := durable.SyncTree(dir); err != nil {
		return err
	}
	return ctx.Err()
}

// point makes CURRENT name a generation.
func (g generations) point(number int) error {
	return durable.Write(filepath.Join(g.dir, "CURRENT"), fmt.Appendf(nil, currentForm, number))
}

// numbers are the generations on disk in ascending order.
func (g generations) numbers() ([]int, error) {
	entries, err := os.ReadDir(g.folder())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var numbers []int
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err == nil && n > 0 {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

// next is a number that no generation has had, whatever became of it.
func (g generations) next() (int, error) {
	entries, err := os.ReadDir(g.folder())
	if err != nil {
		return 0, err
	}
	last, err := g.current()
	if err != nil && !errors.Is(err, durable.ErrDamaged) {
		return 0, err
	}
	for _, e := range entries {
		stem, _, _ := strings.Cut(e.Name(), ".")
		if n, err := strconv.Atoi(stem); err == nil {
			last = max(last, n)
		}
	}
	return last + 1, nil
}

// sweep removes all generations but one and the one before it. A folder loses
// its name first, so that a reader finds it whole or not at all.
func (g generations) sweep(keep int) error {
	numbers, err := g.numbers()
	if err != nil {
		return err
	}
	numbers = slices.DeleteFunc(numbers, func(n int) bool { return n >= keep })
	for i, n := range numbers {
		if i == len(numbers)-1 {
			break // the one before
		}
		old := g.path(n) + ".old"
		err = errors.Join(err, os.RemoveAll(old), os.Rename(g.path(n), old), os.RemoveAll(old))
	}
	return err
}

// tidy removes what a builder that was killed left half done. The caller holds
// the lock.
func (g generations) tidy() error {
	entries, err := os.ReadDir(g.folder())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err = nil
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); ext == ".new" || ext == ".old" {
			err = errors.Join(err, os.RemoveAll(filepath.Join(g.folder(), e.Name())))
		}
	}
	return err
}

// setAside gives a damaged generation a name under which it does not count. It
// is kept: nobody can say yet what it is still good for.
func (g generations) setAside(number int) (string, error) {
	aside := store.Aside(g.path(number), "damaged")
	err := os.Rename(g.path(number), aside)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil // somebody else has seen it too
	}
	return aside, err
}

// setAsideDamaged sets aside all generations that are not as they were written.
func (g generations) setAsideDamaged() ([]string, error) {
	numbers, err := g.numbers()
	if err != nil {
		return nil, err
	}
	var kept []string
	for _, n := range numbers {
		if _, err := bleveindex.Verify(g.path(n)); !errors.Is(err, bleveindex.ErrDamaged) {
			continue
		}
		aside, err := g.setAside(n)
		if err != nil {
			return kept, err
		}
		kept = append(kept, aside)
	}
	return kept, nil
}

// archives are those of the generations, the current one first, then the latest;
// where there is none, those of what was set aside, the latest first.
func (g generations) archives() []string {
	numbers, err := g.numbers()
	if err != nil {
		return nil
	}
	slices.Reverse(numbers)
	if now, err := g.current(); err == nil && slices.Contains(numbers, now) {
		numbers = slices.DeleteFunc(numbers, func(n int) bool { return n == now })
		numbers = slices.Insert(numbers, 0, now)
	}
	var paths []string
	for _, n := range numbers {
		paths = append(paths, filepath.Join(g.path(n), archiveName))
	}
	if len(paths) == 0 {
		// The pattern is well formed.
		paths, _ = filepath.Glob(filepath.Join(g.folder(), "*.damaged-*", archiveName))
		slices.Reverse(paths)
	}
	return paths
}

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
)

// generations is a data directory as readers see it:
//
//	generations/<n>/   one whole index each; numbers grow and are never used twice
//	CURRENT            which of them counts, and the format it is in
//
// A generation is written beside the others, forced to disk, and counts from
// the moment that CURRENT, which is replaced in one step, names it. So a
// build that dies leaves the index as it was.
type generations struct{ dir string }

// edition is what CURRENT says. The zero edition means that there is none.
type edition struct{ number, format int }

const editionForm = "generation %d\nformat %d\n"

// errDamaged says that CURRENT does not read as a program of ours wrote it.
var errDamaged = errors.New("is damaged: delete it and index the files again")

func (g generations) path(number int) string {
	return filepath.Join(g.dir, "generations", strconv.Itoa(number))
}

func (g generations) current() (edition, error) {
	name := filepath.Join(g.dir, "CURRENT")
	content, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return edition{}, nil
	}
	if err != nil {
		return edition{}, err
	}
	var e edition
	if _, err := fmt.Sscanf(string(content), editionForm, &e.number, &e.format); err != nil || e.number < 1 {
		return edition{}, fmt.Errorf("%s %w", name, errDamaged)
	}
	return e, nil
}

// add lets write fill the folder of a new generation, makes it durable and
// current, and returns its number. Generations other than the new one and the
// one before it, in which readers may still be, are removed.
func (g generations) add(ctx context.Context, write func(dir string) error) (int, error) {
	before, err := g.current()
	if err != nil {
		return 0, err
	}
	number, err := g.next()
	if err != nil {
		return 0, err
	}
	if err := g.fill(ctx, g.path(number), write); err != nil {
		return 0, errors.Join(err, os.RemoveAll(g.path(number)))
	}
	if err := g.publish(edition{number, Format}); err != nil {
		return 0, err
	}
	return number, g.sweep(number, before.number)
}

func (g generations) fill(ctx context.Context, dir string, write func(dir string) error) error {
	if err := write(dir); err != nil {
		return err
	}
	if err := syncTree(dir); err != nil {
		return err
	}
	return ctx.Err()
}

// numbers are the generations on disk, whole or not, in ascending order.
func (g generations) numbers() ([]int, error) {
	entries, err := os.ReadDir(filepath.Join(g.dir, "generations"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var numbers []int
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err == nil {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

func (g generations) next() (int, error) {
	numbers, err := g.numbers()
	if err != nil {
		return 0, err
	}
	if err := os.MkdirAll(filepath.Join(g.dir, "generations"), 0o755); err != nil {
		return 0, err
	}
	if len(numbers) == 0 {
		return 1, nil
	}
	return numbers[len(numbers)-1] + 1, nil
}

func (g generations) publish(e edition) error {
	name := filepath.Join(g.dir, "CURRENT")
	if err := writeDurably(name+".new", fmt.Appendf(nil, editionForm, e.number, e.format)); err != nil {
		return err
	}
	// The generation must be found by its name before CURRENT names it.
	if err := syncPath(filepath.Join(g.dir, "generations")); err != nil {
		return err
	}
	if err := os.Rename(name+".new", name); err != nil {
		return err
	}
	return syncPath(g.dir)
}

func (g generations) sweep(keep ...int) error {
	numbers, err := g.numbers()
	if err != nil {
		return err
	}
	for _, n := range numbers {
		if !slices.Contains(keep, n) {
			err = errors.Join(err, os.RemoveAll(g.path(n)))
		}
	}
	return err
}

func writeDurably(name string, content []byte) error {
	if err := os.WriteFile(name, content, 0o644); err != nil {
		return err
	}
	return syncPath(name)
}

// syncTree forces every file and folder below dir, and dir, to disk.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return syncPath(path)
	})
}

func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"demarche/index/bleveindex"
	"demarche/index/store"
)

// Verdict says what a check has found.
type Verdict struct {
	// Problems are what is wrong, each with what to do about it.
	Problems []string
	// Notes are what is worth knowing and does no harm.
	Notes []string
	// Generation is the number of the current generation, with what it holds.
	Generation, Statements, Paragraphs int
	// Files is how many files are stored.
	Files int
}

// Check reads every byte of store and index in a data directory and says what is
// wrong. It changes nothing. The error is [ErrNoIndex] where there is neither,
// and [ErrBusy] where somebody writes, so that the store cannot be checked.
func Check(ctx context.Context, data string) (Verdict, error) {
	c := checker{generations: generations{data}}
	if _, err := os.Stat(data); err != nil {
		return Verdict{}, fmt.Errorf("%s: %w", data, ErrNoIndex)
	}
	lock, err := store.Acquire(ctx, data)
	if err != nil && !errors.Is(err, syscall.EROFS) { // nobody writes to a disk that only is read
		return Verdict{}, err
	}
	found := errors.Join(c.index(), c.store())
	if err := c.aside(); err != nil {
		found = errors.Join(found, err)
	}
	if found == nil && !c.anything {
		found = fmt.Errorf("%s: %w", data, ErrNoIndex)
	}
	return c.Verdict, errors.Join(found, lock.Release())
}

type checker struct {
	Verdict
	generations generations
	made        bleveindex.Made
	anything    bool
}

func (c *checker) problem(format string, args ...any) {
	c.Problems = append(c.Problems, fmt.Sprintf(format, args...))
}

// index checks CURRENT and all generations.
func (c *checker) index() error {
	now, err := c.generations.current()
	if err != nil {
		c.problem("%v: demarche serve or demarche rebuild writes it again", err)
	}
	numbers, err := c.generations.numbers()
	if err != nil {
		return err
	}
	c.anything = now > 0 || len(numbers) > 0
	if now == 0 && len(numbers) > 0 {
		c.problem("CURRENT is missing or damaged, so no index counts: run demarche rebuild")
	}
	found := false
	for _, n := range numbers {
		found = found || n == now
		c.generation(n, n == now)
	}
	if now > 0 && !found {
		c.problem("generation %d, which CURRENT names, is gone: run demarche rebuild", now)
	}
	return nil
}

func (c *checker) generation(number int, current bool) {
	engine, err := bleveindex.Open(c.generations.path(number))
	if err != nil {
		c.problem("generation %d: %v: run demarche rebuild", number, err)
		return
	}
	defer engine.Close()
	if !current {
		return
	}
	m := engine.Manifest()
	c.made = m.Made
	c.Generation, c.Statements, c.Paragraphs = number, m.Statements, m.Paragraphs
	if m.Made.Format != Format {
		c.Notes = append(c.Notes, "the index was made by another version of demarche: it is made again when it is next used")
	}
}

// store checks the store, unpacks every file in it, and compares it with the
// index.
func (c *checker) store() error {
	found, err := store.Verify(c.generations.dir, true)
	damaged := (*store.Damage)(nil)
	switch {
	case errors.Is(err, fs.ErrNotExist) && (c.anything || store.Begun(c.generations.dir)):
		c.anything = true
		c.problem("the store of statements is gone: demarche rebuild takes them from the archive of the index")
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case errors.As(err, &damaged):
		c.anything = true
		c.problem("%v: demarche rebuild puts together what is left, or restore a backup", damaged)
		return nil
	case err != nil:
		return err
	}
	c.anything = true
	c.Files = found.Files
	if found.Note != "" {
		c.problem("%s; demarche rebuild writes it again", found.Note)
	}
	c.compare(found.Position)
	return nil
}

func (c *checker) compare(p store.Position) {
	switch {
	case c.Generation == 0 && len(c.Problems) == 0:
		c.Notes = append(c.Notes, "there is no index of what is stored yet: demarche serve or demarche rebuild makes it")
	case c.made.Store == p.Store && c.made.Position > p.Number:
		c.problem("the store is older than the index that was made of it: demarche rebuild takes what it lacks from the archive of the index")
	case c.made.Store != p.Store || c.made.Position < p.Number:
		c.Notes = append(c.Notes, "some of what is stored is not in the index yet: demarche serve or demarche rebuild brings it there")
	}
}

// aside names what was set aside before.
func (c *checker) aside() error {
	for _, dir := range []string{c.generations.dir, c.generations.folder()} {
		entries, err := os.ReadDir(dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for _, e := range entries {
			if strings.Contains(e.Name(), ".damaged-") {
				c.Notes = append(c.Notes, filepath.Join(dir, e.Name())+" was set aside: delete it when nobody needs it any more")
			}
		}
	}
	return nil
}

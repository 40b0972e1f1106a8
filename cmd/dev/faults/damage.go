package faults

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// damage spoils one file of a data folder at a time.
type damage struct{}

func (damage) Plan() Plan {
	return Plan{
		Name: "damage", Does: "a bit flipped, a range zeroed, a file cut short or deleted, in any file of store and index",
		Expect: "noticed by check, and before serving; no wrong answer, no crash, no file deleted; equal answers after rebuild or restore",
		Unit:   "damages", Short: 40, Full: 500, Limit: 20 * time.Minute,
	}
}

func (damage) Run(ctx context.Context, t *Trial) error {
	d := &damaging{Trial: t, ways: map[string]int{}}
	if err := d.prepare(ctx); err != nil {
		return err
	}
	t.each(ctx, d.cycle)
	for _, way := range slices.Sorted(maps.Keys(d.ways)) {
		t.note("%s: %d", way, d.ways[way])
	}
	return nil
}

type damaging struct {
	*Trial
	// whole is the data folder that copies are damaged of, files those of its
	// files that hold anything, backup an archive of it.
	whole, backup string
	files         []string
	// answers are what every server of the folder must answer.
	answers string
	ways    map[string]int
}

// prepare indexes some notes twice, so that there are two generations, and
// backs them up.
func (d *damaging) prepare(ctx context.Context) error {
	dir, err := d.folder()
	if err != nil {
		return err
	}
	shelf := notes{filepath.Join(dir, "notes")}
	d.whole, d.backup = filepath.Join(dir, "data"), filepath.Join(dir, "backup")
	if err := os.Mkdir(shelf.dir, 0o700); err != nil {
		return err
	}
	for round := range 2 {
		for i := range 30 {
			if err := shelf.write(noteName(i), 1+round, 6, chance(i)); err != nil {
				return err
			}
		}
		if _, err := d.expectDone(ctx, "index", "--data", d.whole, shelf.dir); err != nil {
			return err
		}
	}
	if _, err := d.expectDone(ctx, "backup", "--data", d.whole, d.backup); err != nil {
		return err
	}
	s, err := d.serve(ctx, d.whole)
	if err != nil {
		return err
	}
	d.answers, err = s.answers(ctx)
	if err := errors.Join(err, s.stop()); err != nil {
		return err
	}
	return d.list()
}

func (d *damaging) list() error {
	return filepath.WalkDir(d.whole, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Size() > 0 {
			d.files = append(d.files, strings.TrimPrefix(path, d.whole))
		}
		return err
	})
}

func (d *damaging) cycle(ctx context.Context, n int) (err error) {
	c := chance(n)
	data, err := d.folder()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	if err := os.CopyFS(data, os.DirFS(d.whole)); err != nil {
		return err
	}
	file := d.files[c.IntN(len(d.files))]
	how, err := spoil(data+file, c)
	if err != nil {
		return err
	}
	if err := d.look(ctx, data); err != nil {
		return fmt.Errorf("%s, %s: %w", file, how, err)
	}
	return nil
}

// look holds the program to its promises over a damaged folder.
func (d *damaging) look(ctx context.Context, data string) error {
	before, err := inodes(data)
	if err != nil {
		return err
	}
	checked, err := d.demarche(ctx, "check", "--data", data)
	if err := errors.Join(err, checked.crashed()); err != nil {
		return fmt.Errorf("check: %w", err)
	}
	if checked.code == 0 {
		err = errors.New("check finds nothing")
	}
	return errors.Join(err, d.mend(ctx, data, before))
}

// mend wants the folder to serve as it is, else after a rebuild, else after
// what was backed up is restored.
func (d *damaging) mend(ctx context.Context, data string, before map[uint64]string) error {
	served, err := d.answersAsBefore(ctx, data)
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	err = kept(data, before)
	if served {
		d.ways["served at once, with equal answers"]++
		return err
	}
	for _, way := range [][]string{{"rebuild", "--data", data}, {"restore", "--force", "--data", data, d.backup}} {
		e, failed := d.demarche(ctx, way...)
		if failed := errors.Join(failed, e.crashed()); failed != nil {
			return errors.Join(err, fmt.Errorf("%s: %w", way[0], failed))
		}
		if e.code != 0 {
			continue
		}
		served, failed := d.answersAsBefore(ctx, data)
		if failed == nil && !served {
			failed = errors.New("it still does not serve")
		}
		if failed != nil {
			return errors.Join(err, fmt.Errorf("after %s: %w", way[0], failed))
		}
		d.ways["refused with a message, served with equal answers after "+way[0]]++
		return err
	}
	return errors.Join(err, errors.New("neither rebuild nor restore brought it back"))
}

// answersAsBefore serves a folder; false says that the program refused to, with
// a message.
func (d *damaging) answersAsBefore(ctx context.Context, data string) (bool, error) {
	s, err := d.serve(ctx, data)
	refusal := new(ended)
	if errors.As(err, &refusal) {
		if refusal.code != 1 || strings.TrimSpace(refusal.stderr) == "" {
			return false, err
		}
		return false, refusal.crashed()
	}
	if err != nil {
		return false, err
	}
	now, err := s.answers(ctx)
	if err == nil && now != d.answers {
		err = fmt.Errorf("wrong answers: %s", difference(d.answers, now))
	}
	return true, errors.Join(err, s.stop())
}

// difference is where two texts begin to differ.
func difference(want, got string) string {
	at := 0
	for at < min(len(want), len(got)) && want[at] == got[at] {
		at++
	}
	from := max(0, at-40)
	return fmt.Sprintf("%s instead of %s", head(got[from:], 160), head(want[from:], 160))
}

// spoil damages a file in one of four ways and says how.
func spoil(path string, c *rand.Rand) (how string, err error) {
	whole, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	at := c.IntN(len(whole))
	spoilt := bytes.Clone(whole)
	switch c.IntN(4) {
	case 0:
		bit := c.IntN(8)
		spoilt[at] ^= 1 << bit
		how = fmt.Sprintf("bit %d of byte %d flipped", bit, at)
	case 1:
		end := min(len(whole), at+1+c.IntN(4096))
		clear(spoilt[at:end])
		if bytes.Equal(spoilt, whole) {
			return spoil(path, c) // these were zeros before
		}
		how = fmt.Sprintf("zeroed from byte %d to %d of %d", at, end, len(whole))
	case 2:
		spoilt = spoilt[:at]
		how = fmt.Sprintf("cut to %d of %d bytes", at, len(whole))
	case 3:
		return "deleted", os.Remove(path)
	}
	return how, os.WriteFile(path, spoilt, 0o600)
}

// inodes are the files of a folder by what stays the same when they are renamed.
func inodes(dir string) (map[uint64]string, error) {
	all := map[uint64]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		all[info.Sys().(*syscall.Stat_t).Ino] = strings.TrimPrefix(path, dir)
		return nil
	})
	return all, err
}

// kept says which files of before are gone. CURRENT is replaced in one step
// whenever it changes, and holds nothing that is not told elsewhere.
func kept(data string, before map[uint64]string) error {
	now, err := inodes(data)
	if err != nil {
		return err
	}
	var gone []string
	for inode, path := range before {
		if _, there := now[inode]; !there && filepath.Base(path) != "CURRENT" {
			gone = append(gone, path)
		}
	}
	if len(gone) > 0 {
		slices.Sort(gone)
		return fmt.Errorf("files were deleted: %s", strings.Join(gone, ", "))
	}
	return nil
}

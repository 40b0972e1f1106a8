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
		Expect: "noticed by check, and before serving; no wrong answer, no crash, nothing of what is damaged deleted; answers from the index before, with an error in the log, until the index is made again with equal answers",
		Unit:   "damages", Short: 24, Full: 500, Limit: 20 * time.Minute,
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
	// before and after are the answers of the two generations, by question.
	before, after []string
	// ways counts what came of the damage.
	ways map[string]int
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
		s, err := d.serve(ctx, d.whole)
		if err != nil {
			return err
		}
		d.before = d.after
		d.after, err = s.answers(ctx)
		if err := errors.Join(err, s.stop()); err != nil {
			return err
		}
	}
	if _, err := d.expectDone(ctx, "backup", "--data", d.whole, d.backup); err != nil {
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
	if err := d.look(ctx, data, file); err != nil {
		return fmt.Errorf("%s, %s: %w", file, how, err)
	}
	return nil
}

// look holds the program to its promises over a damaged folder.
func (d *damaging) look(ctx context.Context, data, file string) error {
	held, err := d.atStake(data, file)
	defer held.release()
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
	return errors.Join(err, d.mend(ctx, data, held))
}

// mend wants the folder to serve as it is, else after a rebuild, else after
// what was backed up is restored.
func (d *damaging) mend(ctx context.Context, data string, held stake) error {
	served, err := d.answersAsBefore(ctx, data)
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	err = held.kept()
	if served {
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
	return true, errors.Join(d.recovers(ctx, s), s.stop())
}

// recovers wants the answers of the index, or those of the one before it until
// the server has made it again.
func (d *damaging) recovers(ctx context.Context, s *server) error {
	older := false
	for began := time.Now(); time.Since(began) < mendsWithin; time.Sleep(50 * time.Millisecond) {
		now, err := s.answers(ctx)
		if err != nil {
			return err
		}
		if slices.Equal(now, d.after) {
			d.served(older)
			return nil
		}
		for i := range now {
			if now[i] != d.after[i] && now[i] != d.before[i] {
				return fmt.Errorf("a wrong answer: %s", difference(d.after[i], now[i]))
			}
		}
		if !older && !strings.Contains(s.stderr.String(), "level=ERROR") {
			return errors.New("it answers from the index before, and the log does not say so")
		}
		older = true
	}
	return fmt.Errorf("it still answers from the index before after %v", mendsWithin)
}

// mendsWithin is how long a server may take to make a tiny index again.
const mendsWithin = 15 * time.Second

func (d *damaging) served(older bool) {
	if older {
		d.ways["answered from the index before until the index was made again"]++
	} else {
		d.ways["answered from the whole index at once"]++
	}
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

// stake are the files that must not be deleted, held open: so it is seen that
// one is gone, whatever name it has by then.
type stake map[string]*os.File

// atStake holds what must be kept when a file is damaged: the store, and the
// generation of the file. Other generations make place for newer ones; CURRENT
// and the checksum of the store are replaced with what they tell.
func (d *damaging) atStake(data, file string) (stake, error) {
	held := stake{}
	return held, filepath.WalkDir(data, func(path string, e fs.DirEntry, err error) error {
		name := strings.TrimPrefix(path, data)
		if err != nil || !e.Type().IsRegular() || name == "/CURRENT" || name == "/statements.sum" || otherGeneration(name, file) {
			return err
		}
		held[name], err = os.Open(path)
		return err
	})
}

// otherGeneration reports whether a file belongs to a generation that is not
// that of the damaged one.
func otherGeneration(name, damaged string) bool {
	const folder = "/generations/"
	number, _, inGeneration := strings.Cut(strings.TrimPrefix(name, folder), "/")
	return strings.HasPrefix(name, folder) && inGeneration && !strings.HasPrefix(damaged, folder+number+"/")
}

// kept says which files are gone from the disk.
func (s stake) kept() error {
	var gone []string
	for name, f := range s {
		info, err := f.Stat()
		if err != nil {
			return err
		}
		if info.Sys().(*syscall.Stat_t).Nlink == 0 {
			gone = append(gone, name)
		}
	}
	if len(gone) > 0 {
		slices.Sort(gone)
		return fmt.Errorf("files were deleted: %s", strings.Join(gone, ", "))
	}
	return nil
}

func (s stake) release() {
	for _, f := range s {
		_ = f.Close() // it was only read
	}
}

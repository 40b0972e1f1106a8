package faults

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// diskErrors make the calls of an ingest to the kernel fail, one after another.
type diskErrors struct{}

func (diskErrors) Plan() Plan {
	return Plan{
		Name: "disk-errors", Does: "each read, write, sync, rename and the like of a fixed ingest fails once, or from then on, alone and within a server",
		Expect: "no crash; the server goes on to answer; once the disk is well, the same ingest succeeds",
		Unit:   "points", Short: 24, Full: 1500, Limit: 20 * time.Minute,
	}
}

// diskCalls are the calls that fail in turn. Opening and reading come last: in
// continuous integration the writes are what must be tried.
var diskCalls = []string{
	"write", "pwrite64", "fsync", "fdatasync", "renameat", "ftruncate", "mkdirat", "unlinkat", "fallocate", "linkat", "openat", "pread64", "read",
}

func (diskErrors) Run(ctx context.Context, t *Trial) error {
	strace, err := exec.LookPath("strace")
	if err != nil {
		return &Lacking{"there is no strace: install Debian's package strace"}
	}
	d := &failing{Trial: t, strace: strace, injected: map[string]int{}}
	if err := d.prepare(ctx); err != nil {
		return err
	}
	for at := 1; d.left() > 0 && t.done < t.Reach && t.goesOn(ctx); at++ {
		d.point(ctx, at)
	}
	if d.left() == 0 {
		t.Reach = t.done // these were all points
	}
	t.note("points by call: %v", d.injected)
	t.note("the ingest was refused %d times and succeeded in spite of the error %d times; a server did not start %d times", d.refused, d.done, d.unstarted)
	return nil
}

type failing struct {
	*Trial
	strace string
	// whole is the data folder before the ingest, copied for each point to data.
	whole, data string
	notes       notes
	// paths are those below the data folder that the ingest touches.
	paths []string
	// over are the ways to fail that have no further point.
	over map[failure]bool
	// injected counts points by call.
	injected                 map[string]int
	refused, done, unstarted int
}

// failure is a way to fail: a call, once or from then on, alone or in a server.
type failure struct {
	call          string
	forever       bool
	withinAServer bool
}

func failures() []failure {
	var all []failure
	for _, call := range diskCalls {
		for _, forever := range []bool{false, true} {
			all = append(all, failure{call, forever, true}, failure{call, forever, false})
		}
	}
	return all
}

func (d *failing) left() int { return len(failures()) - len(d.over) }

// The revisions of the notes before and after the ingest.
const (
	diskNotes  = 8
	diskBefore = 1
	diskAfter  = 2
)

func (d *failing) prepare(ctx context.Context) error {
	dir, err := d.folder()
	if err != nil {
		return err
	}
	d.over = map[failure]bool{}
	d.notes.dir, d.whole, d.data = filepath.Join(dir, "notes"), filepath.Join(dir, "whole"), filepath.Join(dir, "data")
	if err := os.Mkdir(d.notes.dir, 0o700); err != nil {
		return err
	}
	if err := d.writeAll(diskBefore); err != nil {
		return err
	}
	if _, err := d.expectDone(ctx, "index", "--data", d.whole, d.notes.dir); err != nil {
		return err
	}
	if err := d.writeAll(diskAfter); err != nil {
		return err
	}
	if err := d.copyWhole(); err != nil {
		return err
	}
	return d.record(ctx)
}

func (d *failing) writeAll(revision int) error {
	for i := range diskNotes {
		if err := d.notes.write(noteName(i), revision, 2, chance(i)); err != nil {
			return err
		}
	}
	return nil
}

func (d *failing) copyWhole() error {
	return errors.Join(os.RemoveAll(d.data), os.CopyFS(d.data, os.DirFS(d.whole)))
}

// record runs the ingest once and learns which paths it touches.
func (d *failing) record(ctx context.Context) error {
	log := filepath.Join(filepath.Dir(d.data), "calls")
	line := []string{d.strace, "-f", "-y", "-qq", "-s", "0", "-e", "trace=" + strings.Join(diskCalls, ","), "-o", log}
	e, err := d.command(ctx, append(line, d.Program, "index", "--data", d.data, d.notes.dir))
	if err != nil {
		return err
	}
	if e.code != 0 {
		return &Lacking{"strace does not work here: " + tail(e.stderr, 200)}
	}
	text, err := os.ReadFile(log)
	if err != nil {
		return err
	}
	paths := map[string]bool{}
	for _, m := range regexp.MustCompile(regexp.QuoteMeta(d.data)+`[^"<>]*`).FindAllString(string(text), -1) {
		paths[m] = true
	}
	d.paths = slices.Sorted(maps.Keys(paths))
	if len(d.paths) == 0 {
		return errors.New("the ingest touched nothing in the data folder")
	}
	return nil
}

// point lets the call number at of each kind fail.
func (d *failing) point(ctx context.Context, at int) {
	for _, kind := range failures() {
		if d.over[kind] || d.Trial.done >= d.Reach || !d.goesOn(ctx) {
			continue
		}
		log := filepath.Join(filepath.Dir(d.data), "injected")
		err := errors.Join(d.copyWhole(), d.try(ctx, kind, at, log))
		text, _ := os.ReadFile(log) // there is none where strace did not start
		switch {
		case !strings.Contains(string(text), "(INJECTED)"):
			d.over[kind] = true
			if err == nil {
				continue
			}
		default:
			d.injected[kind.call]++
		}
		if err != nil {
			d.fail("%+v, call %d: %v", kind, at, err)
		}
		d.count(1)
	}
}

// under is the command line that lets calls fail.
func (d *failing) under(kind failure, at int, log string) []string {
	errno, when := "EIO", fmt.Sprint(at)
	if kind.forever {
		errno, when = "ENOSPC", when+"+"
	}
	line := []string{d.strace, "-f", "-qq", "-s", "0", "-o", log, "-e", "trace=" + kind.call, "-e", fmt.Sprintf("inject=%s:error=%s:when=%s", kind.call, errno, when)}
	for _, p := range d.paths {
		line = append(line, "-P", p)
	}
	return append(line, d.Program)
}

func (d *failing) try(ctx context.Context, kind failure, at int, log string) error {
	_ = os.Remove(log) // there may be none
	under := d.under(kind, at, log)
	var err error
	if kind.withinAServer {
		err = d.withinServer(ctx, under)
	} else {
		err = d.alone(ctx, under)
	}
	if err != nil {
		return err
	}
	return d.resumes(ctx)
}

// alone runs the ingest without a server.
func (d *failing) alone(ctx context.Context, under []string) error {
	e, err := d.command(ctx, append(under, "index", "--data", d.data, d.notes.dir))
	if err != nil {
		return err
	}
	return d.settle(e)
}

// settle wants a command to be done or refused, with a message.
func (d *failing) settle(e ending) error {
	switch {
	case e.crashed() != nil:
		return e.crashed()
	case e.code == 0:
		d.done++
	case strings.TrimSpace(e.stderr) == "":
		return fmt.Errorf("exit status %d without a word", e.code)
	default:
		d.refused++
	}
	return nil
}

// withinServer asks a server, whose calls fail, for the ingest.
func (d *failing) withinServer(ctx context.Context, under []string) error {
	s, err := d.serveBy(ctx, under, d.data)
	refusal := new(ended)
	if errors.As(err, &refusal) {
		d.unstarted++
		return refusal.crashed()
	}
	if err != nil {
		return err
	}
	e, err := d.demarche(ctx, "index", "--data", d.data, d.notes.dir)
	if err == nil {
		err = d.settle(e)
	}
	there, failed := s.revisions(ctx)
	if failed == nil {
		failed = oneRevision(there)
	}
	stopped := s.stop()
	return errors.Join(err, failed, s.process.ending().crashed(), ignoreStatus(stopped, s.process.ending()))
}

// ignoreStatus lets a server whose disk fails end with an exit status that
// says so.
func ignoreStatus(err error, e ending) error {
	if e.by == 0 && e.crashed() == nil {
		return nil
	}
	return err
}

// oneRevision wants all notes to be there, all before the ingest or all after.
func oneRevision(there map[string]int) error {
	first := there[noteName(0)]
	for i := range diskNotes {
		if r := there[noteName(i)]; r != first || r != diskBefore && r != diskAfter {
			return fmt.Errorf("a wrong answer: %v", there)
		}
	}
	return nil
}

// resumes wants the same ingest to succeed on the disk that is well again.
func (d *failing) resumes(ctx context.Context) error {
	if _, err := d.expectDone(ctx, "index", "--data", d.data, d.notes.dir); err != nil {
		return fmt.Errorf("afterwards: %w", err)
	}
	s, err := d.serve(ctx, d.data)
	if err != nil {
		return fmt.Errorf("afterwards: %w", err)
	}
	there, err := s.revisions(ctx)
	if err == nil && (oneRevision(there) != nil || there[noteName(0)] != diskAfter) {
		err = fmt.Errorf("afterwards: a wrong answer: %v", there)
	}
	return errors.Join(err, s.stop())
}

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
	"sync"
	"time"
)

// diskErrors make the calls of an ingest to the kernel fail, one after another.
type diskErrors struct{}

func (diskErrors) Plan() Plan {
	return Plan{
		Name: "disk-errors", Does: "each read, write, sync, rename and the like of a fixed ingest fails once, or from then on, alone and within a server",
		Expect: "no crash; the server goes on to answer; once the disk is well, the same ingest succeeds",
		Unit:   "points", Short: 24, Full: 1500, Limit: 40 * time.Minute,
	}
}

// diskCalls are the calls that fail in turn. Opening and reading come last: in
// continuous integration the writes are what must be tried.
var diskCalls = []string{
	"write", "pwrite64", "fsync", "fdatasync", "renameat", "ftruncate", "mkdirat", "unlinkat", "fallocate", "linkat", "openat", "pread64", "read",
}

// diskErrorsAtOnce is how many points are tried side by side: an ingest that is
// traced waits for most of its time.
const diskErrorsAtOnce = 2

func (diskErrors) Run(ctx context.Context, t *Trial) error {
	strace, err := exec.LookPath("strace")
	if err != nil {
		return &Lacking{"there is no strace: install Debian's package strace"}
	}
	dir, remove, err := t.memoryFolder()
	if err != nil {
		return err
	}
	defer remove()
	d := &failing{Trial: t, strace: strace, injected: map[string]int{}, over: map[failure]bool{}}
	disks, err := d.prepare(ctx, dir)
	if err != nil {
		return err
	}
	var group sync.WaitGroup
	for _, disk := range disks {
		group.Go(func() {
			for at, more := d.next(ctx); more; at, more = d.next(ctx) {
				d.tried(at, disk.point(ctx, at))
			}
		})
	}
	group.Wait()
	if len(d.over) == len(failures()) {
		t.Reach = t.done // these were all points
	}
	t.note("points by call: %v", d.injected)
	t.note("the ingest was refused %d times and succeeded in spite of the error %d times; a server did not start %d times", d.refused, d.succeeded, d.unstarted)
	return nil
}

// failing is the trial, of which several disks have a part.
type failing struct {
	*Trial
	strace string

	mu sync.Mutex
	// last is the point that was begun last.
	last point
	// begun are the points being tried.
	begun int
	// over are the ways to fail that have no further point.
	over map[failure]bool
	// injected counts points by call.
	injected                      map[string]int
	refused, succeeded, unstarted int
}

// point is the call number at of those that fail in one way, from 1.
type point struct {
	at int
	// kind is an index of [failures].
	kind int
}

// outcome is what came of a point.
type outcome struct {
	// reached says that there is such a call.
	reached bool
	err     error
}

// next is the point to try now: the first of each way to fail, then the second
// of each. There is none when all are tried, or enough.
func (d *failing) next(ctx context.Context) (point, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.over) == len(failures()) || d.Trial.done+d.begun >= d.Reach || !d.goesOn(ctx) {
		return point{}, false
	}
	for first := true; first || d.over[failures()[d.last.kind]]; first = false {
		d.last.kind++
		if d.last.at == 0 || d.last.kind == len(failures()) {
			d.last = point{d.last.at + 1, 0}
		}
	}
	d.begun++
	return d.last, true
}

func (d *failing) tried(at point, o outcome) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.begun--
	kind := failures()[at.kind]
	if o.reached {
		d.injected[kind.call]++
	} else {
		d.over[kind] = true
	}
	if o.err != nil {
		d.fail("%+v, call %d: %v", kind, at.at, o.err)
	}
	if o.reached || o.err != nil {
		d.count(1)
	}
}

// settled counts how an ingest ended.
func (d *failing) settled(counter *int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	*counter++
}

// disk is a data folder of which calls fail.
type disk struct {
	*failing
	// whole is the data folder before the ingest, copied for each point to data.
	whole, data string
	notes       notes
	// log is what strace writes.
	log string
	// paths are those below the data folder that the ingest touches.
	paths []string
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

// The revisions of the notes before and after the ingest.
const (
	diskNotes  = 8
	diskBefore = 1
	diskAfter  = 2
)

// prepare makes the disks below a folder.
func (d *failing) prepare(ctx context.Context, dir string) ([]*disk, error) {
	notes, whole := notes{filepath.Join(dir, "notes")}, filepath.Join(dir, "whole")
	if err := errors.Join(os.Mkdir(notes.dir, 0o700), writeNotes(notes, diskBefore)); err != nil {
		return nil, err
	}
	if _, err := d.expectDone(ctx, "index", "--data", whole, notes.dir); err != nil {
		return nil, err
	}
	if err := writeNotes(notes, diskAfter); err != nil {
		return nil, err
	}
	var disks []*disk
	for i := range diskErrorsAtOnce {
		own := &disk{failing: d, whole: whole, notes: notes, data: filepath.Join(dir, fmt.Sprint("data", i)), log: filepath.Join(dir, fmt.Sprint("log", i))}
		if err := own.record(ctx); err != nil {
			return nil, err
		}
		disks = append(disks, own)
	}
	return disks, nil
}

func writeNotes(n notes, revision int) error {
	for i := range diskNotes {
		if err := n.write(noteName(i), revision, 2, chance(i)); err != nil {
			return err
		}
	}
	return nil
}

func (d *disk) copyWhole() error {
	return errors.Join(os.RemoveAll(d.data), os.CopyFS(d.data, os.DirFS(d.whole)))
}

// record runs the ingest alone and within a server, and learns which paths it
// touches.
func (d *disk) record(ctx context.Context) error {
	tracing := []string{d.strace, "-f", "-y", "-qq", "-s", "0", "-e", "trace=" + strings.Join(diskCalls, ","), "-o", d.log, d.Program}
	paths := map[string]bool{}
	for _, ingest := range []func(context.Context, []string) error{d.alone, d.withinServer} {
		if err := errors.Join(d.copyWhole(), ingest(ctx, tracing)); err != nil {
			return err
		}
		text, err := os.ReadFile(d.log)
		if err != nil {
			return &Lacking{"strace does not work here: " + err.Error()}
		}
		for _, path := range regexp.MustCompile(regexp.QuoteMeta(d.data)+`[^"<>]*`).FindAllString(string(text), -1) {
			paths[path] = true
		}
	}
	d.paths = slices.Sorted(maps.Keys(paths))
	d.refused, d.succeeded, d.unstarted = 0, 0, 0
	if len(d.paths) == 0 {
		return errors.New("the ingest touched nothing in the data folder")
	}
	return nil
}

// point lets one call fail, or all from it on.
func (d *disk) point(ctx context.Context, at point) outcome {
	_ = os.Remove(d.log) // there may be none
	under := d.under(failures()[at.kind], at.at)
	ingest := d.alone
	if failures()[at.kind].withinAServer {
		ingest = d.withinServer
	}
	err := d.copyWhole()
	if err == nil {
		err = ingest(ctx, under)
	}
	text, _ := os.ReadFile(d.log) // there is none where strace did not start
	if err == nil {
		err = d.resumes(ctx)
	}
	return outcome{strings.Contains(string(text), "(INJECTED)"), err}
}

// under is the command line that lets calls fail.
func (d *disk) under(kind failure, at int) []string {
	errno, when := "EIO", fmt.Sprint(at)
	if kind.forever {
		errno, when = "ENOSPC", when+"+"
	}
	line := []string{d.strace, "--seccomp-bpf", "-f", "-qq", "-s", "0", "-o", d.log, "-e", "trace=" + kind.call, "-e", fmt.Sprintf("inject=%s:error=%s:when=%s", kind.call, errno, when)}
	for _, p := range d.paths {
		line = append(line, "-P", p)
	}
	return append(line, d.Program)
}

// alone runs the ingest without a server.
func (d *disk) alone(ctx context.Context, under []string) error {
	e, err := d.command(ctx, append(under, "index", "--data", d.data, d.notes.dir))
	if err != nil {
		return err
	}
	return d.settle(e)
}

// settle wants a command to be done or refused, with a message.
func (d *disk) settle(e ending) error {
	switch {
	case e.crashed() != nil:
		return e.crashed()
	case e.code == 0:
		d.settled(&d.succeeded)
	case strings.TrimSpace(e.stderr) == "":
		return fmt.Errorf("exit status %d without a word", e.code)
	default:
		d.settled(&d.refused)
	}
	return nil
}

// withinServer asks a server, whose calls fail, for the ingest.
func (d *disk) withinServer(ctx context.Context, under []string) error {
	s, err := d.serveBy(ctx, under, d.data)
	refusal := new(ended)
	if errors.As(err, &refusal) {
		d.settled(&d.unstarted)
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
func (d *disk) resumes(ctx context.Context) error {
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

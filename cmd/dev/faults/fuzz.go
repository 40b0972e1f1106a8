package faults

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// fuzz feeds the readers of foreign input what Go's fuzzer makes up.
type fuzz struct{}

func (fuzz) Plan() Plan {
	return Plan{
		Name: "fuzz", Does: "made-up input to the query parser, cleaning, segmentation, front matter, metadata.csv, API parameters and the archive that restore reads",
		Expect: "no panic, and the property that each target holds",
		Unit:   "executions of each target", Short: 1000, Full: 10_000_000, Limit: 3 * time.Hour,
		// Compiling takes minutes where nothing is compiled yet.
		ShortLimit: 5 * time.Minute,
	}
}

// fuzzTarget is a fuzz test in a package.
type fuzzTarget struct{ pkg, name string }

// fuzzTargets are in the order of their speed: time that one does not need is
// for those that come after it.
var fuzzTargets = []fuzzTarget{
	{"./web/api", "FuzzParams"},
	{"./index/store", "FuzzImport"},
	{"./search/query", "FuzzParse"},
	{"./index/source", "FuzzMetadata"},
	{"./index/source", "FuzzFrontMatter"},
	{"./index/store", "FuzzImportList"},
	{"./index/clean", "FuzzRepair"},
	{"./index/segment", "FuzzSplit"},
}

// fuzzGuides are the packages whose branches guide the fuzzer: ours, and those
// of others that read foreign input for us. Go would count every branch of every
// package, and look at each counter after each execution.
var fuzzGuides = []string{
	"./...", "archive/tar", "compress/flate", "compress/gzip", "encoding/csv", "encoding/json", "gopkg.in/yaml.v2", "net/url",
}

const (
	// fuzzAtOnce is how many targets run side by side, each with one worker; in
	// continuous integration, where the time of each is fixed and not its executions,
	// it is shortAtOnce.
	fuzzAtOnce, shortAtOnce = 2, 4
	// shortFuzz is how long a target runs in continuous integration.
	shortFuzz = 30 * time.Second
	// fuzzStops is how much longer it may take to end.
	fuzzStops = 15 * time.Second
)

func (fuzz) Run(ctx context.Context, t *Trial) error {
	f := &fuzzing{Trial: t}
	targets := f.rest()
	if err := f.compile(ctx); err != nil {
		return err
	}
	var group sync.WaitGroup
	atOnce := fuzzAtOnce
	if t.Short {
		atOnce = shortAtOnce
	}
	turns := make(chan struct{}, atOnce)
	for i, target := range targets {
		turns <- struct{}{}
		lasts := shortFuzz
		if !t.Short {
			rounds := (len(targets) - i + atOnce - 1) / atOnce
			lasts = time.Until(t.Until) / time.Duration(rounds)
		}
		group.Go(func() {
			defer func() { <-turns }()
			f.run(ctx, target, lasts)
		})
	}
	group.Wait()
	slices.Sort(f.figures)
	return nil
}

type fuzzing struct {
	*Trial
	// binaries is the folder of the compiled tests.
	binaries string
	mu       sync.Mutex
	// least is the executions of the target that had the fewest.
	least int
	begun bool
}

// rest are the targets that are to be tried. Those that held as often as is wanted in
// the trial before are taken over from it.
func (f *fuzzing) rest() []fuzzTarget {
	f.parts = map[string]int{}
	return slices.DeleteFunc(slices.Clone(fuzzTargets), func(target fuzzTarget) bool {
		n := f.Before.Parts[target.name]
		if n < f.Reach {
			return false
		}
		f.note("%s of %s: %s executions, in the trial of %s", target.name, target.pkg, number(n), f.Before.Date)
		f.parts[target.name] = n
		f.reached(n)
		return true
	})
}

// reached takes down how far a target came: the one that came least far counts.
func (f *fuzzing) reached(executions int) {
	if !f.begun || executions < f.least {
		f.begun, f.least = true, executions
	}
	f.done = f.least
	if f.Short && f.done >= f.Reach {
		f.done = f.Reach
	}
}

// compile compiles the tests of each package once.
func (f *fuzzing) compile(ctx context.Context) error {
	dir, err := f.folder()
	if err != nil {
		return err
	}
	f.binaries = dir
	line := []string{"test", "-c", "-o", dir + string(filepath.Separator)}
	for _, pkg := range fuzzGuides {
		line = append(line, "-gcflags="+pkg+"=-d=libfuzzer")
	}
	var packages []string
	for _, target := range fuzzTargets {
		packages = append(packages, target.pkg)
	}
	slices.Sort(packages)
	build := exec.CommandContext(ctx, "go", append(line, slices.Compact(packages)...)...)
	build.Dir = f.Root
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("the fuzz targets do not build: %w\n%s", err, out)
	}
	return nil
}

// run fuzzes one target, from its seeds alone, and takes down how far it came.
func (f *fuzzing) run(ctx context.Context, target fuzzTarget, lasts time.Duration) {
	amount := strconv.Itoa(f.Reach) + "x"
	if f.Short {
		amount = lasts.String()
	}
	found, err := f.folder()
	if err != nil {
		f.fail("%v", err)
		return
	}
	executions, took, err := f.watch(ctx, target.pkg, lasts, []string{
		filepath.Join(f.binaries, path.Base(target.pkg)+".test"), "-test.run=^$", "-test.fuzz=^" + target.name + "$",
		"-test.fuzzcachedir=" + found, "-test.fuzztime=" + amount, "-test.fuzzminimizetime=1x", "-test.parallel=1",
	})
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		f.fail("%s of %s: %v", target.name, target.pkg, err)
	} else if executions == 0 {
		f.fail("%s of %s executed nothing", target.name, target.pkg)
	} else {
		f.parts[target.name] = executions
	}
	perSecond := int(float64(executions) / took.Seconds())
	f.note("%s of %s: %s executions in %v, %s a second", target.name, target.pkg, number(executions), took.Round(time.Second), number(perSecond))
	f.reached(executions)
}

// executed is how Go's fuzzer says how far it is.
var executed = regexp.MustCompile(`execs: (\d+) `)

// watch runs a fuzzer until it is done or its time is over, and returns its
// executions.
func (f *fuzzing) watch(ctx context.Context, pkg string, lasts time.Duration, line []string) (executions int, took time.Duration, err error) {
	p, err := f.beginIn(filepath.Join(f.Root, pkg), os.Environ(), line)
	if err != nil {
		return 0, 0, err
	}
	began, over := time.Now(), time.After(lasts)
	if f.Short {
		over = time.After(lasts + fuzzStops)
	}
	interrupted := false
	select {
	case <-p.ended:
	case <-over:
		interrupted = true
	case <-ctx.Done():
		interrupted = true
	}
	if interrupted {
		_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGINT) // it may have ended by now
		select {
		case <-p.ended:
		case <-time.After(patience):
			p.kill()
		}
	}
	said := p.stdout.String() + p.stderr.String()
	if all := executed.FindAllStringSubmatch(said, -1); len(all) > 0 {
		executions, _ = strconv.Atoi(all[len(all)-1][1]) // it is digits
	}
	return executions, time.Since(began), verdict(said, p.ending(), interrupted)
}

// onlyStopped is what Go's fuzzer now and then says at the end of its time: it
// was stopped while it waited for its worker.
var onlyStopped = regexp.MustCompile(`--- FAIL: Fuzz\w+ \([^)]*\)\n    context (?:deadline exceeded|canceled)\n`)

func verdict(said string, e ending, interrupted bool) error {
	if onlyStopped.MatchString(said) {
		return nil
	}
	if at := strings.Index(said, "--- FAIL"); at >= 0 {
		return errors.New(head(said[at:], 600))
	}
	if e.code != 0 && !interrupted {
		return fmt.Errorf("exit status %d: %s", e.code, tail(said, 400))
	}
	return nil
}

package faults

import (
	"context"
	"errors"
	"fmt"
	"os"
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
		Unit:   "executions of each target", Short: 1000, Full: 10_000_000, Limit: time.Hour,
	}
}

// fuzzTarget is a fuzz test in a package.
type fuzzTarget struct{ pkg, name string }

var fuzzTargets = []fuzzTarget{
	{"./search/query", "FuzzParse"},
	{"./web/api", "FuzzParams"},
	{"./index/source", "FuzzFrontMatter"},
	{"./index/source", "FuzzMetadata"},
	{"./index/store", "FuzzImport"},
	{"./index/store", "FuzzImportList"},
	{"./index/segment", "FuzzSplit"},
	{"./index/clean", "FuzzRepair"},
}

const (
	// fuzzAtOnce is how many targets run side by side, each with one worker:
	// compiling and starting one overlaps with the work of another.
	fuzzAtOnce = 2
	// shortFuzz is how long a target runs in continuous integration.
	shortFuzz = 12 * time.Second
	// fuzzStarts is how long the compiler may take before a target runs.
	fuzzStarts = 3 * time.Minute
)

func (fuzz) Run(ctx context.Context, t *Trial) error {
	f := &fuzzing{Trial: t, lasts: shortFuzz}
	rounds := (len(fuzzTargets) + fuzzAtOnce - 1) / fuzzAtOnce
	if !t.Short {
		f.lasts = time.Until(t.Until) / time.Duration(rounds)
	}
	var group sync.WaitGroup
	turns := make(chan struct{}, fuzzAtOnce)
	for _, target := range fuzzTargets {
		turns <- struct{}{}
		group.Go(func() {
			defer func() { <-turns }()
			f.run(ctx, target)
		})
	}
	group.Wait()
	slices.Sort(f.figures)
	return nil
}

type fuzzing struct {
	*Trial
	// lasts is how long each target may run.
	lasts time.Duration
	mu    sync.Mutex
	// least is the executions of the target that had the fewest.
	least int
	begun bool
}

// run fuzzes one target and takes down how far it came.
func (f *fuzzing) run(ctx context.Context, target fuzzTarget) {
	amount := strconv.Itoa(f.Reach) + "x"
	if f.Short {
		amount = f.lasts.String()
	}
	line := []string{"go", "test", "-run", "^$", "-fuzz", "^" + target.name + "$", "-fuzztime", amount, "-fuzzminimizetime", "1x", "-parallel", "1", target.pkg}
	executions, took, err := f.watch(ctx, line)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		f.Trial.fail("%s of %s: %v", target.name, target.pkg, err)
	}
	f.note("%s of %s: %s executions in %v", target.name, target.pkg, number(executions), took.Round(time.Second))
	if !f.begun || executions < f.least {
		f.begun, f.least = true, executions
	}
	f.done = f.least
	if f.Short && f.done >= f.Reach {
		f.done = f.Reach
	}
}

// executed is how Go's fuzzer says how far it is.
var executed = regexp.MustCompile(`execs: (\d+) `)

// watch runs a fuzzer until it is done or its time is over, and returns its
// executions.
func (f *fuzzing) watch(ctx context.Context, line []string) (executions int, took time.Duration, err error) {
	p, err := f.beginIn(f.Root, os.Environ(), line)
	if err != nil {
		return 0, 0, err
	}
	began, over := time.Now(), time.After(f.lasts+fuzzStarts)
	if !f.Short {
		over = time.After(f.lasts)
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
	said := p.stdout.String()
	if all := executed.FindAllStringSubmatch(said, -1); len(all) > 0 {
		executions, _ = strconv.Atoi(all[len(all)-1][1]) // it is digits
	}
	return executions, time.Since(began), verdict(said+p.stderr.String(), p.ending(), interrupted)
}

func verdict(said string, e ending, interrupted bool) error {
	if at := strings.Index(said, "--- FAIL"); at >= 0 {
		return errors.New(head(said[at:], 600))
	}
	if e.code != 0 && !interrupted {
		return fmt.Errorf("exit status %d: %s", e.code, tail(said, 400))
	}
	return nil
}

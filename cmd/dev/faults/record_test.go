package faults

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestPage renders results of all outcomes.
func TestPage(t *testing.T) {
	results := []Result{
		{Fault: "kill", Does: "kill -9", Expect: "nothing | lost", Unit: "kills", Done: 2000, Reach: 2000, Outcome: Held, Date: "2026-11-23", Seconds: 1234, Figures: []string{"opened again in 40 ms"}},
		{Fault: "damage", Does: "damage", Expect: "noticed", Unit: "damages", Done: 500, Reach: 500, Failed: 2, Outcome: Failed, Date: "2026-11-23", Failures: []string{"cycle 3: a wrong answer"}},
		{Fault: "fuzz", Does: "made-up input", Expect: "no panic", Unit: "executions", Done: 9, Reach: 10_000_000, Outcome: Partly, Date: "2026-11-22"},
	}
	got, err := render(results)
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "page.md")
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the page is not as in %s:\n%s", golden, got)
	}
}

// TestKeepsEarlierResults holds that a result takes the place of the earlier
// one of its fault and leaves the others.
func TestKeepsEarlierResults(t *testing.T) {
	record := Record{t.TempDir()}
	for _, r := range []Result{{Fault: "swaps", Done: 1}, {Fault: "kill", Done: 2}, {Fault: "swaps", Done: 3}, {Fault: "no such fault"}} {
		if err := record.Keep(r); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := record.load()
	if err != nil || len(kept) != 2 || kept[0].Fault != "kill" || kept[1].Done != 3 {
		t.Errorf("kept %+v, %v", kept, err)
	}
}

func TestRecordThatIsNone(t *testing.T) {
	record := Record{t.TempDir()}
	if err := os.WriteFile(record.name("json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := record.Keep(Result{Fault: "kill"}); err == nil {
		t.Error("a damaged record was overwritten")
	}
}

// scripted is a fault that does what a test says.
type scripted struct{ run func(*Trial) error }

func (scripted) Plan() Plan {
	return Plan{Name: "scripted", Unit: "cycles", Short: 3, Full: 30, Limit: time.Minute}
}
func (s scripted) Run(_ context.Context, t *Trial) error { return s.run(t) }

func TestOutcomes(t *testing.T) {
	cycles := func(t *Trial) error {
		t.each(context.Background(), func(context.Context, int) error { return nil })
		return nil
	}
	for name, test := range map[string]struct {
		run  func(*Trial) error
		full bool
		want Outcome
		done int
	}{
		"all held": {run: cycles, want: Held, done: 3},
		"in full":  {run: cycles, full: true, want: Held, done: 30},
		"one of them failed": {want: Failed, done: 3, run: func(t *Trial) error {
			t.each(context.Background(), func(_ context.Context, n int) error {
				return map[int]error{1: errors.New("lost")}[n]
			})
			return nil
		}},
		"no time": {want: Partly, run: func(t *Trial) error {
			t.Until = time.Now()
			return cycles(t)
		}},
		"the machine cannot": {want: Untried, run: func(*Trial) error { return &Lacking{"no strace"} }},
	} {
		b := Battery{Full: test.full, Progress: io.Discard, Now: time.Now}
		got, err := b.try(t.Context(), nil, scripted{test.run})
		if err != nil || got.Outcome != test.want || got.Done != test.done {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
	broken := scripted{func(*Trial) error { return errors.New("no folder") }}
	if _, err := (Battery{Progress: io.Discard, Now: time.Now}).try(t.Context(), nil, broken); err == nil {
		t.Error("a fault that could not be tried has a result")
	}
}

func TestChoose(t *testing.T) {
	if got, err := choose(All(), []string{"swaps", "kill"}); err != nil || len(got) != 2 || got[0].Plan().Name != "kill" {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := choose(All(), []string{"flood"}); err == nil || !strings.Contains(err.Error(), "overload") {
		t.Errorf("a fault that is none: %v", err)
	}
}

// TestPlans holds that every fault says what it is, under a name of its own.
func TestPlans(t *testing.T) {
	names := map[string]bool{}
	for _, f := range All() {
		p := f.Plan()
		if p.Name == "" || names[p.Name] || p.Does == "" || p.Expect == "" || p.Unit == "" || p.Short < 1 || p.Full < p.Short || p.Limit <= 0 {
			t.Errorf("%+v", p)
		}
		names[p.Name] = true
	}
}

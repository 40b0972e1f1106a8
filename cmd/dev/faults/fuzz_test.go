package faults

import "testing"

// A fuzzer that found something, or that broke, is told from one that was
// stopped.
func TestVerdict(t *testing.T) {
	const progress = "fuzz: elapsed: 3s, execs: 29319 (9770/sec), new interesting: 231 (total: 267)\n"
	for _, test := range []struct {
		name, said  string
		code        int
		interrupted bool
		fails       bool
	}{
		{"done", progress + "PASS\n", 0, false, false},
		{"interrupted", progress + "PASS\n", 2, true, false},
		{"stopped while it waited", progress + "--- FAIL: FuzzSplit (20.23s)\n    context deadline exceeded\nFAIL\n", 1, false, false},
		{"a property broken", progress + "--- FAIL: FuzzSplit (0.23s)\n    --- FAIL: FuzzSplit (0.00s)\n        a_test.go:9: not clean\n", 1, false, true},
		{"a property broken as it was interrupted", "--- FAIL: FuzzSplit (0.23s)\n    --- FAIL: FuzzSplit (0.00s)\n        context canceled\n", 1, true, true},
		{"broken", "no such flag\n", 2, false, true},
	} {
		err := verdict(test.said, ending{code: test.code}, test.interrupted)
		if (err != nil) != test.fails {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// A trial that goes on from another leaves out the targets that held as often as
// is wanted, and counts them.
func TestRest(t *testing.T) {
	before := Result{Date: "2026-11-22", Parts: map[string]int{"FuzzParse": 20, "FuzzSplit": 9}}
	f := &fuzzing{Trial: &Trial{Reach: 10, Before: before}}
	for _, target := range f.rest() {
		if target.name == "FuzzParse" {
			t.Error("FuzzParse is tried again")
		}
	}
	if f.done != 20 || len(f.figures) != 1 || f.parts["FuzzParse"] != 20 || len(f.parts) != 1 {
		t.Errorf("taken over: %d executions, parts %v, figures %q", f.done, f.parts, f.figures)
	}
	record := Record{Dir: t.TempDir()}
	if err := record.Keep(Result{Fault: "fuzz", Parts: before.Parts}); err != nil {
		t.Fatal(err)
	}
	if last, err := record.Last("fuzz"); err != nil || last.Parts["FuzzSplit"] != 9 {
		t.Errorf("last result %+v: %v", last, err)
	}
}

package faults

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
	"time"
)

// Outcome is what came of a fault.
type Outcome string

// The outcomes.
const (
	Held   Outcome = "held"
	Failed Outcome = "failed"
	// Partly says that nothing went wrong in fewer cycles than were wanted.
	Partly Outcome = "held as far as tried"
	// Untried says that the machine lacked something.
	Untried Outcome = "not tried"
)

// Result is what came of one trial.
type Result struct {
	Fault, Does, Expect, Unit string
	// Done of Reach cycles were tried, and in Failed of them the program did
	// not do as expected.
	Done, Reach, Failed int
	Outcome             Outcome
	// Failures are the first of them, in words; Figures say how the program did.
	Failures, Figures []string
	// Parts are the cycles of each part that held, for a fault whose parts are
	// tried one by one.
	Parts map[string]int `json:",omitempty"`
	// Date is the day of the trial, as in 2026-11-23.
	Date string
	// Seconds is how long the trial took.
	Seconds int
}

// String says it in a line.
func (r Result) String() string {
	s := fmt.Sprintf("%s: %s; %d of %d %s, %d failed, %d s", r.Fault, r.Outcome, r.Done, r.Reach, r.Unit, r.Failed, r.Seconds)
	for _, f := range slices.Concat(r.Failures, r.Figures) {
		s += "\n  " + f
	}
	return s
}

// result is what came of a trial that took so long and ended with err.
func (t *Trial) result(plan Plan, began time.Time, took time.Duration, err error) (Result, error) {
	r := Result{
		Fault: plan.Name, Does: plan.Does, Expect: plan.Expect, Unit: plan.Unit,
		Done: t.done, Reach: t.Reach, Failed: t.failed, Failures: t.failures, Figures: t.figures, Parts: t.parts,
		Date: began.Format(time.DateOnly), Seconds: int(took.Round(time.Second).Seconds()),
	}
	lacking := new(Lacking)
	switch {
	case errors.As(err, &lacking):
		r.Outcome = Untried
		r.Figures = append(r.Figures, lacking.What)
	case err != nil:
		return Result{}, err
	case t.failed > 0:
		r.Outcome = Failed
	case t.done < t.Reach:
		r.Outcome = Partly
	default:
		r.Outcome = Held
	}
	return r, nil
}

// Record is the results of all faults, each the last one, in a folder: as data
// in RESILIENCE.json and for readers in RESILIENCE.md.
type Record struct{ Dir string }

// Keep puts a result in the place of the earlier one of its fault.
func (r Record) Keep(result Result) error {
	results, err := r.load()
	if err != nil {
		return err
	}
	results = slices.DeleteFunc(results, func(old Result) bool { return old.Fault == result.Fault })
	results = append(results, result)
	slices.SortStableFunc(results, func(a, b Result) int { return cmp.Compare(place(a.Fault), place(b.Fault)) })
	data, err := json.MarshalIndent(results, "", "  ")
	if err != nil {
		return err
	}
	page, err := render(results)
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(r.name("json"), append(data, '\n'), 0o644),
		os.WriteFile(r.name("md"), page, 0o644))
}

func (r Record) name(extension string) string {
	return filepath.Join(r.Dir, "RESILIENCE."+extension)
}

// Last returns the last result of a fault, empty where there is none.
func (r Record) Last(fault string) (Result, error) {
	results, err := r.load()
	for _, result := range results {
		if result.Fault == fault {
			return result, err
		}
	}
	return Result{}, err
}

// load returns the results so far, without those of faults that are gone.
func (r Record) load() ([]Result, error) {
	data, err := os.ReadFile(r.name("json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var results []Result
	if err := json.Unmarshal(data, &results); err != nil {
		return nil, fmt.Errorf("%s is no record of faults: %w", r.name("json"), err)
	}
	return slices.DeleteFunc(results, func(old Result) bool { return place(old.Fault) < 0 }), nil
}

// place is where a fault stands in the list of all; -1 when there is no such
// fault.
func place(name string) int {
	return slices.IndexFunc(All(), func(f Fault) bool { return f.Plan().Name == name })
}

//go:embed resilience.tmpl
var page embed.FS

func render(results []Result) ([]byte, error) {
	t, err := template.New("resilience.tmpl").Funcs(template.FuncMap{"cell": cell, "number": number}).ParseFS(page, "resilience.tmpl")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, results)
	return b.Bytes(), err
}

// cell keeps a text within its cell of a table.
func cell(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "|", `\|`)
}

// number groups the digits of n by thousands.
func number(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

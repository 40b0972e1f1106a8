package faults

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Battery is a run over faults.
type Battery struct {
	// Only are the names of the faults to try; none means all.
	Only []string
	// Program is the path of the program to try; "" builds it from the tree.
	Program string
	// Full asks for the numbers of the whole battery, Cycles above 0 for a
	// number of its own.
	Full   bool
	Cycles int
	// For is how long each fault may be tried; 0 means as its plan says.
	For time.Duration
	// Before gives the last result of a fault, whose parts that held as often as
	// is wanted now are not tried again; nil tries all.
	Before func(fault string) (Result, error)
	// Progress is told how far the run is.
	Progress io.Writer
	// Now is the clock that results are dated by.
	Now func() time.Time
	// Kept is given each result as soon as it is there.
	Kept func(Result) error
}

// shortLimit is how long a fault may take in continuous integration, unless its
// plan says otherwise.
const shortLimit = time.Minute

// hardStop is how much longer than its limit a fault may take to end its last
// cycle, before it is cut off.
const hardStop = 2 * time.Minute

// Run tries the faults. The error says that one could not be tried, or that
// the program did not hold.
func (b Battery) Run(ctx context.Context) error {
	chosen, err := choose(All(), b.Only)
	if err != nil {
		return err
	}
	lab, err := NewLab(ctx, b.Program)
	if err != nil {
		return err
	}
	defer lab.Close()
	var broken []string
	for _, f := range chosen {
		result, err := b.try(ctx, lab, f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Plan().Name, err)
		}
		fmt.Fprintf(b.Progress, "%s\n", result)
		if result.Outcome == Failed {
			broken = append(broken, result.Fault)
		}
		if err := b.Kept(result); err != nil {
			return err
		}
	}
	if len(broken) > 0 {
		return fmt.Errorf("the program did not hold against: %s", strings.Join(broken, ", "))
	}
	return nil
}

// choose returns the faults with the given names, all without names.
func choose(all []Fault, names []string) ([]Fault, error) {
	if len(names) == 0 {
		return all, nil
	}
	var chosen []Fault
	var known []string
	for _, f := range all {
		known = append(known, f.Plan().Name)
		if slices.Contains(names, f.Plan().Name) {
			chosen = append(chosen, f)
		}
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("there is no fault %q; there are %s", name, strings.Join(known, ", "))
		}
	}
	return chosen, nil
}

func (b Battery) try(ctx context.Context, lab *Lab, f Fault) (Result, error) {
	plan, began := f.Plan(), b.Now()
	t := b.trial(lab, plan)
	if b.Before != nil {
		var err error
		if t.Before, err = b.Before(plan.Name); err != nil {
			return Result{}, err
		}
	}
	hard, cancel := context.WithDeadline(ctx, t.Until.Add(hardStop))
	defer cancel()
	fmt.Fprintf(b.Progress, "%s: %s; %d %s, at most %v\n", plan.Name, plan.Does, t.Reach, plan.Unit, time.Until(t.Until).Round(time.Second))
	err := f.Run(hard, t)
	if errors.Is(hard.Err(), context.DeadlineExceeded) {
		t.fail("it hung: a cycle did not end within %v", hardStop)
		err = nil
	}
	return t.result(plan, began, b.Now().Sub(began), err)
}

func (b Battery) trial(lab *Lab, plan Plan) *Trial {
	reach, limit := plan.Short, cmp.Or(plan.ShortLimit, shortLimit)
	if b.Full {
		reach, limit = plan.Full, plan.Limit
	}
	if b.Cycles > 0 {
		reach, limit = b.Cycles, plan.Limit
	}
	if b.For > 0 {
		limit = b.For
	}
	return &Trial{
		Lab: lab, Reach: reach, Short: !b.Full && b.Cycles == 0, Until: time.Now().Add(limit),
		progress: b.Progress, name: plan.Name, said: time.Now(),
	}
}

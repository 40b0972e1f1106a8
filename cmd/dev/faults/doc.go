// Package faults hurts the program and looks whether it does what it promises:
// it kills it, damages its files, makes its disk fail, floods it and feeds it
// what it should refuse. It knows the built program from outside only, by its
// command line, its files and its answers, so that what holds here holds for
// whoever runs it. What the parts do with bad input is for their own tests.
//
// Each fault is one file with one type. [All] lists them, [Battery] runs them,
// [Record] keeps what came of it.
package faults

import (
	"context"
	"time"
)

// Fault is one way to hurt the program.
type Fault interface {
	Plan() Plan
	// Run hurts the program as often as the trial asks and tells the trial
	// what it saw. The error is for what keeps the fault from being tried at
	// all; a [*Lacking] says that this machine cannot.
	Run(ctx context.Context, t *Trial) error
}

// Plan says what a fault is and how often it is tried.
type Plan struct {
	// Name is one word, for --only.
	Name string
	// Does is what is done to the program, Expect what must come of it.
	Does, Expect string
	// Unit is what is counted, in the plural.
	Unit string
	// Short is how many are tried in continuous integration, Full in the whole
	// battery.
	Short, Full int
	// Limit is how long the whole battery gives the fault unless it is told
	// otherwise.
	Limit time.Duration
	// ShortLimit is how long continuous integration gives it; 0 means a minute.
	ShortLimit time.Duration
}

// All are the faults in the order in which they are tried.
func All() []Fault {
	return []Fault{
		kill{},
		damage{},
		diskErrors{},
		fullDisk{},
		swaps{},
		overload{},
		slowConnections{},
		hostileQueries{},
		markup{},
		fuzz{},
		leaks{},
	}
}

// Lacking says what this machine lacks to try a fault.
type Lacking struct{ What string }

func (l *Lacking) Error() string { return l.What }

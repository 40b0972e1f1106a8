package bleveindex

import (
	"fmt"
	"runtime/debug"
)

// ErrFault says that a page of a mapped file could not be read: somebody has cut
// the file short since it was verified, or the disk fails.
var ErrFault = fmt.Errorf("%w: a page of it that was there when it was opened cannot be read", ErrDamaged)

// Faults makes an [ErrFault] of a fault of this goroutine until end is called, which
// is to be deferred. Without it, one ends the process.
//
// Whoever reads mapped files must do so in a goroutine that asked for it, and
// hold no lock that a panic leaves locked: see decisions/0012 of package index.
func Faults(err *error) (end func()) {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		switch v := recover().(type) {
		case nil:
		case interface{ Addr() uintptr }: // what a fault at an address panics with
			*err = ErrFault
		default:
			panic(v)
		}
	}
}

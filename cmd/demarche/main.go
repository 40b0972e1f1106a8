// Command demarche searches policy statements: it reads files into an index,
// serves the site and its API, and answers in the terminal. It joins the ends,
// reading configuration, opening an engine and starting a server, and holds
// no rule about statements, queries or pages itself.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"demarche/index"
	"demarche/index/store"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second signal ends the program at once.
	context.AfterFunc(ctx, stop)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// Exit statuses.
const (
	exitDone = iota
	exitFailed
	exitUsage
	// exitBusy: somebody else is writing; the same command may work later.
	exitBusy
	// exitArchive: an archive is not whole, or is none.
	exitArchive
	// exitThere: something is there that --force would replace.
	exitThere
)

// errThere says that a file would be replaced.
var errThere = errors.New("is there already")

// statusOf is the exit status for an error.
func statusOf(err error) int {
	switch {
	case errors.Is(err, index.ErrBusy):
		return exitBusy
	case errors.Is(err, store.ErrNoArchive):
		return exitArchive
	case errors.Is(err, index.ErrNotEmpty), errors.Is(err, errThere):
		return exitThere
	}
	return exitFailed
}

// run runs one command line and returns the exit status. What it says of
// failures goes to stderr, one line each.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot(stdout, stderr)
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	usage := new(usageError)
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "demarche: %v\nRun '%s --help' to see how it is used.\n", err, cmd.CommandPath())
		return exitUsage
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "demarche: interrupted")
	default:
		fmt.Fprintf(stderr, "demarche: %s\n", plainLines(err.Error()))
	}
	return statusOf(err)
}

// usageError is a command line that cannot be understood.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Errorf(format, args...)}
}

func newRoot(stdout, stderr io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use:               "demarche",
		Short:             "Search what states and bodies publish about conduct in cyberspace",
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		Args:              checkCommand,
		RunE: func(*cobra.Command, []string) error {
			return usagef("no command given")
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return readEnvironment(cmd)
		},
	}
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	root.AddCommand(newServe(), newIndex(), newInspect(), newSearch(), newCheck(), newBackup(), newRestore(), newRebuild(), newEval(), newVersion())
	for _, cmd := range root.Commands() {
		describeEnvironment(cmd)
	}
	return root
}

// checkCommand refuses words that are no command, with the nearest ones that are.
func checkCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return usagef("there is no command %q; did you mean %q?", args[0], near[0])
	}
	return usagef("there is no command %q", args[0])
}

// wants says which arguments a command takes, in the words of its usage line.
func wants(ok func(n int) bool, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if ok(len(args)) {
			return nil
		}
		return usagef("%s, not %d arguments", what, len(args))
	}
}

func none(n int) bool      { return n == 0 }
func one(n int) bool       { return n == 1 }
func oneOrMore(n int) bool { return n > 0 }

package main

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"demarche/cmd/dev/faults"
)

// faultsCommand runs the battery of faults and writes down what came of it.
func faultsCommand() *cobra.Command {
	var (
		b      faults.Battery
		record faults.Record
		short  bool
		rest   bool
	)
	c := &cobra.Command{
		Use:   "faults",
		Short: "Hurt the built program and see what it withstands",
		Long: `Hurt the built program and see what it withstands: kill it, damage its files,
make its disk fail, flood it, feed it what it should refuse.

` + described() + `
What came of it is written to RESILIENCE.md and RESILIENCE.json in the folder
--report, where the results of faults that were not tried stay as they were.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			b.Progress, b.Now, b.Kept = c.ErrOrStderr(), time.Now, record.Keep
			if rest {
				b.Before = record.Last
			}
			return b.Run(c.Context())
		},
	}
	flags := c.Flags()
	flags.StringSliceVar(&b.Only, "only", nil, "`names` of the faults to try, separated by commas")
	flags.IntVar(&b.Cycles, "cycles", 0, "try each fault so many times")
	flags.BoolVar(&short, "ci", false, "try each fault the small number of times of continuous integration (the default)")
	flags.BoolVar(&b.Full, "full", false, "try each fault the full number of times")
	flags.DurationVar(&b.For, "for", 0, "begin no cycle of a fault after so long (default: 1m, or the limit of each fault with --full)")
	flags.BoolVar(&rest, "rest", false, "go on from the last trial: leave out the parts of a fault that held as often as is wanted (fuzz: its targets)")
	flags.StringVar(&b.Program, "program", "", "try the program at this `path` (default: build it from the tree)")
	flags.StringVar(&record.Dir, "report", "index", "`folder` of the results")
	c.MarkFlagsMutuallyExclusive("cycles", "ci", "full")
	return c
}

// described names each fault and what it does.
func described() string {
	var b strings.Builder
	for _, f := range faults.All() {
		p := f.Plan()
		b.WriteString("  " + p.Name + strings.Repeat(" ", 13-len(p.Name)) + p.Does + "\n")
	}
	return b.String()
}

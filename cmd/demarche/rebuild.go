package main

import (
	"github.com/spf13/cobra"

	"demarche/index"
)

func newRebuild() *cobra.Command {
	var data, own string
	cmd := &cobra.Command{
		Use:   "rebuild",
		Short: "Make the index again from the stored statements",
		Long: `Make the index again from the stored statements.

The files that they came from are not looked at and need not be there, unless
the store was damaged: then what it lacks is looked for where it came from.`,
		Args: wants(none, "rebuild takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := dataDir(data)
			if err != nil {
				return err
			}
			words, err := lexicon(own)
			if err != nil {
				return err
			}
			report, err := index.Rebuild(cmd.Context(), index.Options{Data: dir, Lexicon: words, Progress: progress(cmd.ErrOrStderr())})
			if err != nil {
				return err
			}
			printReport(cmd.OutOrStdout(), report)
			return failureOf(report)
		},
	}
	dataFlag(cmd, &data)
	gazetteerFlag(cmd, &own)
	return cmd
}

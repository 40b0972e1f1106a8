package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"demarche/index"
)

func newCheck() *cobra.Command {
	var data string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Verify the stored statements and the index",
		Long: `Verify the stored statements and the index.

Every byte of both is read and compared with its checksum. What is wrong is
said, with what to do about it; nothing is changed.`,
		Args: wants(none, "check takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := dataDir(data)
			if err != nil {
				return err
			}
			verdict, err := index.Check(cmd.Context(), dir)
			w := cmd.OutOrStdout()
			for _, note := range verdict.Notes {
				fmt.Fprintf(w, "note     %s\n", plain(note))
			}
			for _, problem := range verdict.Problems {
				fmt.Fprintf(w, "wrong    %s\n", plain(problem))
			}
			if err != nil {
				return err
			}
			if len(verdict.Problems) > 0 {
				return errors.New("not all is as it was written: see wrong above")
			}
			fmt.Fprintf(w, "All is as it was written: %d files are stored, and the index (generation %d) holds %d statements and %d paragraphs.\n",
				verdict.Files, verdict.Generation, verdict.Statements, verdict.Paragraphs)
			return nil
		},
	}
	dataFlag(cmd, &data)
	return cmd
}

package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"demarche/index"
)

func newIndex() *cobra.Command {
	var data string
	cmd := &cobra.Command{
		Use:   "index PATH...",
		Short: "Add or update files and folders",
		Long: `Add or update files and folders.

Only what changed since it was read is read again. A file that is gone from a
PATH leaves the index; what was indexed from elsewhere stays. A running
'demarche serve' shows the new index within a second.`,
		Args: wants(oneOrMore, "index takes one PATH or more"),
		RunE: func(cmd *cobra.Command, paths []string) error {
			dir, err := dataDir(data)
			if err != nil {
				return err
			}
			report, err := index.Build(cmd.Context(), index.Options{
				Data: dir, Paths: paths, Progress: progress(cmd.ErrOrStderr()),
			})
			if err != nil {
				return err
			}
			printReport(cmd.OutOrStdout(), report)
			if report.Incomplete {
				return errors.New("some of the paths could not be indexed: see refused above")
			}
			return nil
		},
	}
	dataFlag(cmd, &data)
	return cmd
}

func printReport(w io.Writer, r index.Report) {
	fmt.Fprintf(w, "read %d, unchanged %d, added %d, updated %d, removed %d, refused %d\n",
		r.Read, r.Unchanged, len(r.Added), len(r.Updated), len(r.Removed), len(r.Refused))
	printFiles(w, "added", r.Added)
	printFiles(w, "updated", r.Updated)
	printFiles(w, "removed", r.Removed)
	for _, refusal := range r.Refused {
		fmt.Fprintf(w, "refused  %s: %s\n", plain(refusal.File), plain(refusal.Reason))
	}
	fmt.Fprintf(w, "The index holds %d statements and %d paragraphs.\n", r.Statements, r.Paragraphs)
}

// shown is how many files of one kind a report names. What is refused is named
// in full: it asks for something to be done.
const shown = 20

func printFiles(w io.Writer, what string, files []string) {
	for _, file := range files[:min(len(files), shown)] {
		fmt.Fprintf(w, "%-8s %s\n", what, plain(file))
	}
	if more := len(files) - shown; more > 0 {
		fmt.Fprintf(w, "%-8s and %d more\n", what, more)
	}
}

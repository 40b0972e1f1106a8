package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"demarche/index"
)

func newIndex() *cobra.Command {
	var (
		data, own        string
		asJSON, watching bool
	)
	cmd := &cobra.Command{
		Use:   "index PATH...",
		Short: "Add or update files and folders",
		Long: `Add or update files and folders.

Only what changed since it was read is read again. A file that is gone from a
PATH leaves the index; what was indexed from elsewhere stays. Where 'demarche
serve' runs on the data folder, it is asked to do the work, and shows the new
index within a second.

A file is safe once it is stored: whatever happens then, it is not lost. With
--json each file is named on a line of its own when that is so.

What was read with other names and words than those of --gazetteer, or of none,
is read again.`,
		Args: wants(oneOrMore, "index takes one PATH or more"),
		RunE: func(cmd *cobra.Command, paths []string) error {
			dir, err := dataDir(data)
			if err != nil {
				return err
			}
			words, err := lexicon(own)
			if err != nil {
				return err
			}
			once := func() error {
				show := showing(asJSON, cmd.OutOrStdout(), cmd.ErrOrStderr())
				report, err := indexThrough(cmd.Context(), index.Options{
					Data: dir, Paths: paths, Lexicon: words, Progress: show.event,
				}, own)
				if err != nil {
					return err
				}
				show.report(report)
				return failureOf(report)
			}
			if watching {
				follow(cmd.Context(), paths, cmd.ErrOrStderr(), once)
				return nil
			}
			return once()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line: each file as soon as it is safe, and the report")
	dataFlag(cmd, &data)
	gazetteerFlag(cmd, &own)
	cmd.Flags().BoolVar(&watching, "watch", false, "go on, and index again whenever files change, until interrupted")
	return cmd
}

// display shows how a build goes and what came of it.
type display struct {
	event  func(index.Event)
	report func(index.Report)
}

// showing is for people, or for programs where JSON is asked for.
func showing(asJSON bool, stdout, stderr io.Writer) display {
	if !asJSON {
		return display{progress(stderr), func(r index.Report) { printReport(stdout, r) }}
	}
	// A program that reads no more is not a reason to stop a build.
	encoder := json.NewEncoder(stdout)
	return display{
		event: func(e index.Event) {
			for _, file := range e.Stored {
				_ = encoder.Encode(map[string]string{"stored": file})
			}
		},
		report: func(r index.Report) { _ = encoder.Encode(map[string]index.Report{"report": r}) },
	}
}

// errIncomplete says that a path that was given could not be indexed.
var errIncomplete = errors.New("some of the paths could not be indexed: see refused above")

// failureOf is the error of a build that did not do all that was asked for.
func failureOf(r index.Report) error {
	switch {
	case len(r.Lost) > 0:
		return errors.New("some files that were stored are lost: see lost above, and index them again from wherever they are still to be had")
	case r.Incomplete:
		return errIncomplete
	}
	return nil
}

func printReport(w io.Writer, r index.Report) {
	fmt.Fprintf(w, "read %d, unchanged %d, added %d, updated %d, removed %d, refused %d\n",
		r.Read, r.Unchanged, len(r.Added), len(r.Updated), len(r.Removed), len(r.Refused))
	printFiles(w, "added", r.Added)
	printFiles(w, "updated", r.Updated)
	printFiles(w, "removed", r.Removed)
	for _, note := range r.Notes {
		fmt.Fprintf(w, "note     %s\n", plain(note))
	}
	for _, file := range r.Lost {
		fmt.Fprintf(w, "lost     %s\n", plain(file))
	}
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

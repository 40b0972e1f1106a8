package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program, of Go and of Bleve",
		Args:  wants(none, "version takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			readBuild().print(cmd.OutOrStdout())
			return nil
		},
	}
}

// build says what the running program was made from.
type build struct {
	// Version is "(devel)" outside a release.
	Version string
	// Commit is the revision, with "+changes" when the tree differed from it;
	// "unknown" when it was not recorded.
	Commit string
	Bleve  string
}

func readBuild() build {
	b := build{Version: "(devel)", Commit: "unknown", Bleve: "unknown"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	for _, dep := range info.Deps {
		if dep.Path == "github.com/blevesearch/bleve/v2" {
			b.Bleve = dep.Version
		}
	}
	b.Commit = commit(info.Settings, b.Commit)
	return b
}

func commit(settings []debug.BuildSetting, unknown string) string {
	revision, changes := unknown, ""
	for _, s := range settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changes = "+changes"
		}
	}
	return revision + changes
}

func (b build) print(w io.Writer) {
	fmt.Fprintf(w, "demarche %s\ncommit   %s\ngo       %s\nbleve    %s\n", b.Version, b.Commit, runtime.Version(), b.Bleve)
}

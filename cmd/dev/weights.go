package main

import (
	"os"

	"github.com/spf13/cobra"

	"demarche/cmd/dev/weights"
	"demarche/search"
)

// weightsCommand learns what the words around a name weigh.
func weightsCommand() *cobra.Command {
	o := weights.Options{Data: "index/annotate"}
	c := &cobra.Command{
		Use:   "weights",
		Short: "Learn what the words around a name weigh",
		Long: `Learn what the words around a name weigh for or against holding it responsible,
from the statements and sentences of index/annotate/testdata, from labelled real
statements and from real texts that hold hardly anybody responsible, and print
how well that does on statements that it was not learned from. --write writes
index/annotate/data/weights.*.csv. It is run at the root of the repository.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return weights.Learn(c.Context(), os.Stdout, o) },
	}
	c.Flags().StringVar(&o.Gold, "gold", "../shared/gold", "folder of labelled statements, as for demarche eval")
	c.Flags().StringVar(&o.Large, "large", "../shared/large", "folder of real texts, JSON Lines in gzip")
	c.Flags().BoolVar(&o.Write, "write", false, "write the weights")
	c.Flags().BoolVarP(&o.Verbose, "verbose", "v", false, "print what is found and what is missed")
	c.Flags().StringSliceVar(&o.Languages, "lang", search.Languages, "languages")
	return c
}

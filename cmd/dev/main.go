// Dev is what a developer of this project types; it is not part of the program
// that readers run.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{
		Use:           "dev",
		Short:         "Tools for those who develop Demarche",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(galleryCommand(), faultsCommand(), sbomCommand(), weightsCommand())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := root.ExecuteContext(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "dev:", err)
		os.Exit(1)
	}
}

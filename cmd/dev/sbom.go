package main

import (
	"context"
	"debug/buildinfo"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/spf13/cobra"

	"demarche/cmd/dev/sbom"
)

// sbomCommand says what the program is made of.
func sbomCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "sbom [PROGRAM]",
		Short: "Print what the program is made of, as CycloneDX 1.6 in JSON",
		Long: `Print what a program is made of, as CycloneDX 1.6 in JSON: the modules that Go
wrote into PROGRAM when it was built. Without PROGRAM, demarche is built from
the tree as it is and looked at.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				return writeBill(c.OutOrStdout(), args[0])
			}
			return billOfTree(c.Context(), c.OutOrStdout())
		},
	}
}

// billOfTree builds the program as .ci/run does and writes its bill.
func billOfTree(ctx context.Context, w io.Writer) error {
	dir, err := os.MkdirTemp("", "demarche-sbom-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "demarche")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-tags", "nomsgpack", "-o", program, "demarche/cmd/demarche")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("the program does not build: %w\n%s", err, out)
	}
	return writeBill(w, program)
}

func writeBill(w io.Writer, program string) error {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return fmt.Errorf("%s says nothing of what it was made of: %w", program, err)
	}
	return sbom.Write(w, info)
}

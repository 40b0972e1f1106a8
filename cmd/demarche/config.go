package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"demarche/index"
)

// envName is the environment variable that stands for a flag:
// "attributed-state" is DEMARCHE_ATTRIBUTED_STATE.
func envName(flag string) string {
	return "DEMARCHE_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// readEnvironment sets the flags of cmd that were not given from the
// environment. A variable that is empty counts as not set.
func readEnvironment(cmd *cobra.Command) error {
	var errs []error
	eachFlag(cmd, func(f *pflag.Flag) {
		value := os.Getenv(envName(f.Name))
		if f.Changed || value == "" {
			return
		}
		if err := cmd.Flags().Set(f.Name, value); err != nil {
			errs = append(errs, fmt.Errorf("%s in the environment: %w", envName(f.Name), err))
		}
	})
	if len(errs) > 0 {
		return &usageError{errors.Join(errs...)}
	}
	return nil
}

// describeEnvironment names in the help of each flag the variable that stands
// for it.
func describeEnvironment(cmd *cobra.Command) {
	eachFlag(cmd, func(f *pflag.Flag) { f.Usage += " [" + envName(f.Name) + "]" })
}

func eachFlag(cmd *cobra.Command, do func(*pflag.Flag)) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Name != "help" {
			do(f)
		}
	})
}

// dataFlag adds --data. The value is resolved by [dataDir] when the command
// runs, so that help works where there is no home.
func dataFlag(cmd *cobra.Command, dir *string) {
	cmd.Flags().StringVar(dir, "data", "", "`folder` that holds the index (default: demarche in the user's data directory)")
}

// dataDir is the given folder, or demarche in the user's data directory: in
// XDG_DATA_HOME, or in .local/share of the home.
func dataDir(given string) (string, error) {
	if given != "" {
		return filepath.Abs(given)
	}
	if base := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(base) {
		return filepath.Join(base, "demarche"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil || home == "" {
		return "", errors.New("there is no home directory to keep the index in: name a folder with --data DIR or DEMARCHE_DATA")
	}
	return filepath.Join(home, ".local", "share", "demarche"), nil
}

// gazetteerFlag adds --gazetteer.
func gazetteerFlag(cmd *cobra.Command, dir *string) {
	cmd.Flags().StringVar(dir, "gazetteer", "", "`folder` with names and words of your own, beside those that ship")
}

// lexicon loads the names and words that ship and those in dir; nil where no
// folder is given, which leaves an index with the words it was made with.
func lexicon(dir string) (*index.Lexicon, error) {
	if dir == "" {
		return nil, nil
	}
	return index.LoadLexicon(dir)
}

// choice is a flag whose value is one of a few words.
type choice struct {
	value   *string
	allowed []string
}

func (c choice) String() string {
	if c.value == nil {
		return ""
	}
	return *c.value
}

func (c choice) Type() string { return strings.Join(c.allowed, "|") }

func (c choice) Set(s string) error {
	if !slices.Contains(c.allowed, s) {
		return fmt.Errorf("must be one of %s", strings.Join(c.allowed, ", "))
	}
	*c.value = s
	return nil
}

// logFlags adds --log-format and --log-level.
func logFlags(cmd *cobra.Command, c *logConfig) {
	*c = logConfig{format: "text", level: "info"}
	cmd.Flags().Var(choice{&c.format, []string{"text", "json"}}, "log-format", "form of the log on standard error")
	cmd.Flags().Var(choice{&c.level, []string{"debug", "info", "warn", "error"}}, "log-level", "least level that is logged")
}

type logConfig struct{ format, level string }

func (c logConfig) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.level)); err != nil {
		level = slog.LevelInfo
	}
	options := &slog.HandlerOptions{Level: level}
	if c.format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"demarche/index"
	"demarche/index/durable"
)

func newBackup() *cobra.Command {
	var (
		data  string
		force bool
	)
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write all stored statements to one archive",
		Long: `Write all stored statements to one archive.

The archive is a tar packed by gzip: a list, and the files byte for byte as they
were read. The index is not in it, 'demarche restore' makes it again. A server
may run meanwhile; while somebody indexes, the archive is that of the index as
it was before. FILE is written under another name and then renamed; "-" is the
standard output.`,
		Args: wants(one, "backup takes one FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := dataDir(data)
			if err != nil {
				return err
			}
			b := backup{options: index.Options{Data: dir}, stderr: cmd.ErrOrStderr()}
			if args[0] == "-" {
				return b.write(cmd.Context(), cmd.OutOrStdout())
			}
			files, err := b.file(cmd.Context(), args[0], force)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s holds %d files.\n", args[0], files)
			return nil
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace FILE where there is one")
	dataFlag(cmd, &data)
	return cmd
}

type backup struct {
	options index.Options
	stderr  io.Writer
}

// file writes the archive, reads it again, and gives it its name.
func (b backup) file(ctx context.Context, name string, force bool) (files int, err error) {
	if _, err := os.Lstat(name); err == nil && !force {
		return 0, fmt.Errorf("%s %w: name another file, or replace it with --force", name, errThere)
	}
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*.new")
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, removed(f.Name()))
		}
	}()
	if err := b.whole(ctx, f); err != nil {
		return 0, errors.Join(err, f.Close())
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return 0, errors.Join(err, f.Close())
	}
	files, err = index.CheckArchive(bufio.NewReader(f))
	if err := errors.Join(err, f.Close()); err != nil {
		return 0, err
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return 0, err
	}
	return files, durable.Sync(filepath.Dir(name))
}

func removed(name string) error {
	if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (b backup) whole(ctx context.Context, f *os.File) error {
	w := bufio.NewWriterSize(f, 1<<20)
	if err := b.write(ctx, w); err != nil {
		return err
	}
	return errors.Join(w.Flush(), f.Sync())
}

func (b backup) write(ctx context.Context, w io.Writer) error {
	report, before, err := index.Backup(ctx, b.options, w)
	for _, note := range report.Notes {
		fmt.Fprintf(b.stderr, "note     %s\n", plain(note))
	}
	if err == nil && before {
		fmt.Fprintln(b.stderr, "Somebody is indexing: the archive holds what was in the index before.")
	}
	return err
}

func newRestore() *cobra.Command {
	var (
		data, own string
		force     bool
	)
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Take the statements of an archive, and make the index of them",
		Long: `Take the statements of an archive, and make the index of them.

FILE is read to its end and compared with its checksums before anything counts:
an archive that is not whole is refused and changes nothing. Where there are
statements already, --force is needed; they are kept under another name. "-" is
the standard input. A running server goes over to the new index.`,
		Args: wants(one, "restore takes one FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := dataDir(data)
			if err != nil {
				return err
			}
			words, err := lexicon(own)
			if err != nil {
				return err
			}
			archive := io.NopCloser(cmd.InOrStdin())
			if args[0] != "-" {
				if archive, err = os.Open(args[0]); err != nil {
					return err
				}
			}
			defer archive.Close()
			report, err := index.Restore(cmd.Context(), index.Options{Data: dir, Lexicon: words, Progress: progress(cmd.ErrOrStderr())}, bufio.NewReader(archive), force)
			if err != nil {
				return err
			}
			printReport(cmd.OutOrStdout(), report)
			return failureOf(report)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace the statements that are there")
	dataFlag(cmd, &data)
	gazetteerFlag(cmd, &own)
	return cmd
}

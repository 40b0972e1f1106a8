package faults

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
)

// Lab is where faults are tried: the program, built from the tree as it is,
// and a folder for what it writes.
type Lab struct {
	// Root is the folder of go.mod.
	Root string
	// Program is the path of the built program.
	Program string
	dir     string
	dirs    atomic.Int64
}

// NewLab takes the given program, or builds it where none is given. Whoever
// makes a lab closes it.
func NewLab(ctx context.Context, program string) (*Lab, error) {
	root, err := moduleRoot()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "demarche-faults-")
	if err != nil {
		return nil, err
	}
	l := &Lab{Root: root, Program: filepath.Join(dir, "demarche"), dir: dir}
	if program != "" {
		l.Program, err = filepath.Abs(program)
		return l, err
	}
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-tags", "nomsgpack", "-o", l.Program, "./cmd/demarche")
	build.Dir, build.Env = root, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("the program does not build: %w\n%s", err, out), l.Close())
	}
	return l, nil
}

// Close removes all that was written.
func (l *Lab) Close() error { return os.RemoveAll(l.dir) }

// folder makes an empty folder that no other trial uses.
func (l *Lab) folder() (string, error) {
	dir := filepath.Join(l.dir, strconv.FormatInt(l.dirs.Add(1), 10))
	return dir, os.Mkdir(dir, 0o700)
}

// memoryFolder makes an empty folder in memory where the machine has one, for
// trials that bring the faults of a disk themselves and need not wait for one.
func (l *Lab) memoryFolder() (dir string, remove func(), err error) {
	if dir, err = os.MkdirTemp("/dev/shm", "demarche-faults-"); err == nil {
		return dir, func() { _ = os.RemoveAll(dir) }, nil
	}
	dir, err = l.folder()
	return dir, func() {}, err
}

func moduleRoot() (string, error) {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	path := strings.TrimSpace(string(bytes.TrimSpace(out)))
	if err != nil || filepath.Base(path) != "go.mod" {
		return "", errors.New("run this within the project: there is no go.mod here")
	}
	return filepath.Dir(path), nil
}

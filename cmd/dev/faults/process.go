package faults

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"
)

// ending is how a process ended.
type ending struct {
	stdout, stderr string
	// code is the exit status, -1 after a signal.
	code int
	// by is the signal that ended it, 0 for none.
	by   syscall.Signal
	took time.Duration
}

// patience is how long a command may take before it counts as hung.
const patience = 2 * time.Minute

// demarche runs the program to its end.
func (l *Lab) demarche(ctx context.Context, args ...string) (ending, error) {
	return l.command(ctx, append([]string{l.Program}, args...))
}

// command runs a command line to its end. The error is for a command that
// cannot be started or does not end.
func (l *Lab) command(ctx context.Context, line []string) (ending, error) {
	p, err := l.begin(line)
	if err != nil {
		return ending{}, err
	}
	select {
	case <-p.ended:
		return p.ending(), nil
	case <-ctx.Done():
	case <-time.After(patience):
	}
	p.kill()
	return p.ending(), fmt.Errorf("%s did not end within %v", strings.Join(line[1:], " "), patience)
}

// process is a program that runs, in a group of its own.
type process struct {
	cmd            *exec.Cmd
	began          time.Time
	stdout, stderr *output
	ended          chan struct{}
	took           time.Duration
}

// begin starts a command line in an environment without settings of its own.
func (l *Lab) begin(line []string) (*process, error) {
	return l.beginIn(l.dir, []string{"HOME=" + l.dir, "PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8"}, line)
}

// beginIn starts a command line in a folder and an environment.
func (l *Lab) beginIn(dir string, environment, line []string) (*process, error) {
	p := &process{cmd: exec.Command(line[0], line[1:]...), stdout: newOutput(), stderr: newOutput(), ended: make(chan struct{})}
	p.cmd.Dir, p.cmd.Env = dir, environment
	p.cmd.Stdout, p.cmd.Stderr = p.stdout, p.stderr
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	p.began = time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = p.cmd.Wait() // how it ended is in ProcessState
		p.took = time.Since(p.began)
		close(p.ended)
	}()
	return p, nil
}

// kill ends the process and what it started as a power cut of its own would,
// and waits.
func (p *process) kill() {
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) // it may be gone
	<-p.ended
}

// running reports whether the process has not ended.
func (p *process) running() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// ending says how it ended, after it did.
func (p *process) ending() ending {
	e := ending{stdout: p.stdout.String(), stderr: p.stderr.String(), took: p.took, code: p.cmd.ProcessState.ExitCode()}
	if status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		e.by = status.Signal()
	}
	return e
}

// crash is what a Go program says when it dies of itself.
var crash = regexp.MustCompile(`(?m)^(panic: |fatal error: |unexpected fault address|SIG[A-Z]+: |runtime: |goroutine \d+ \[)`)

// crashed says how a process crashed; nil when it did not.
func (e ending) crashed() error {
	if at := crash.FindStringIndex(e.stderr); at != nil {
		return fmt.Errorf("it crashed: %s", head(e.stderr[at[0]:], 400))
	}
	if e.by != 0 {
		return fmt.Errorf("it was ended by %v: %s", e.by, tail(e.stderr, 400))
	}
	return nil
}

// did returns an error unless the process ended well.
func (e ending) did() error {
	if err := e.crashed(); err != nil {
		return err
	}
	if e.code != 0 {
		return fmt.Errorf("exit status %d: %s", e.code, tail(e.stderr, 400))
	}
	return nil
}

// expectDone runs the program and wants it to end well.
func (l *Lab) expectDone(ctx context.Context, args ...string) (ending, error) {
	e, err := l.demarche(ctx, args...)
	if err = errors.Join(err, e.did()); err != nil {
		return e, fmt.Errorf("%s: %w", args[0], err)
	}
	return e, nil
}

func head(s string, n int) string { return flat(s[:min(n, len(s))]) }
func tail(s string, n int) string { return flat(s[len(s)-min(n, len(s)):]) }

// flat puts a text on one line.
func flat(s string) string { return strings.ToValidUTF8(strings.Join(strings.Fields(s), " "), "?") }

// output is what a process has said so far.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

func newOutput() *output { return &output{more: make(chan struct{}, 1)} }

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	select {
	case o.more <- struct{}{}:
	default:
	}
	return o.text.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

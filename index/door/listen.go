package door

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"demarche/index"
)

// ErrTaken says that another process opened the door of the data directory.
var ErrTaken = errors.New("another server takes what is to be indexed into this folder")

// Work does what a request asks for. It tells how far it is, by one goroutine
// at a time.
type Work func(ctx context.Context, r Request, tell func(index.Event)) (index.Report, error)

// Door is open until it is closed.
type Door struct {
	listener *net.UnixListener
	path     string
	file     fs.FileInfo
	work     Work
	log      *slog.Logger

	ctx  context.Context
	end  context.CancelFunc
	busy sync.Mutex
	wait sync.WaitGroup
}

// Open opens the door of a data directory, which exists. When the context ends,
// so does the work that is under way, and new work is none. A socket that a dead
// process left is replaced; behind one that answers is [ErrTaken].
func Open(ctx context.Context, data string, work Work, log *slog.Logger) (*Door, error) {
	dir := folder(data)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return nil, err
	}
	d := &Door{path: filepath.Join(dir, socketName), work: work, log: log}
	if err := reach(data, d.listen); err != nil {
		return nil, err
	}
	d.ctx, d.end = context.WithCancel(ctx)
	d.wait.Go(d.accept)
	return d, nil
}

// listen makes the socket at a path that leads to it.
func (d *Door) listen(path string) error {
	if conn, err := net.DialTimeout("unix", path, answerWithin); err == nil {
		conn.Close()
		return ErrTaken
	}
	if err := os.Remove(d.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		return err
	}
	// The listener knows the path that led here, which may be gone by then.
	listener.SetUnlinkOnClose(false)
	if err = os.Chmod(d.path, 0o600); err == nil {
		d.file, err = os.Lstat(d.path)
	}
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	d.listener = listener
	return nil
}

// Close ends what is under way and takes the socket away.
func (d *Door) Close() error {
	d.end()
	err := d.listener.Close()
	d.wait.Wait()
	// A server that found this one dead may have put its own there.
	if now, statErr := os.Lstat(d.path); statErr == nil && os.SameFile(now, d.file) {
		err = errors.Join(err, os.Remove(d.path))
	}
	return err
}

func (d *Door) accept() {
	for {
		conn, err := d.listener.AcceptUnix()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil:
			d.log.Error("the private socket fails", "error", err)
			// Descriptors may have run out, which passes.
			select {
			case <-time.After(time.Second):
			case <-d.ctx.Done():
			}
			continue
		}
		d.wait.Go(func() {
			defer conn.Close()
			if err := d.answer(conn); err != nil {
				d.log.Warn("a request to index was not answered", "error", err)
			}
		})
	}
}

// answer serves one client. Its error is that of the conversation.
func (d *Door) answer(conn *net.UnixConn) error {
	c := &client{conn: conn}
	if err := c.say(ours); err != nil {
		return err
	}
	if err := conn.SetReadDeadline(time.Now().Add(answerWithin)); err != nil {
		return err
	}
	in := json.NewDecoder(io.LimitReader(conn, maxRequest))
	var r Request
	switch err := in.Decode(&r); {
	case errors.Is(err, io.EOF):
		return nil // it only looked whether anybody is here
	case err != nil:
		return fmt.Errorf("read the request: %w", err)
	}
	return c.say(d.alone(c, r))
}

// alone does the work of one client at a time, and gives what to say of it. Whoever
// hears that may ask again at once: by then nobody is waited for.
func (d *Door) alone(c *client, r Request) message {
	if !d.busy.TryLock() {
		return last(index.Report{}, index.ErrBusy)
	}
	defer d.busy.Unlock()
	d.log.Info("indexing for a client", "paths", len(r.Paths))
	report, err := d.serve(c, r)
	d.log.Info("indexed for a client", "added", len(report.Added), "updated", len(report.Updated),
		"removed", len(report.Removed), "refused", len(report.Refused), "error", err)
	return last(report, err)
}

// serve does the work until it is done, the client hangs up or the door is
// closed.
func (d *Door) serve(c *client, r Request) (index.Report, error) {
	ctx, cancel := context.WithCancel(d.ctx)
	defer cancel()
	if err := c.conn.SetReadDeadline(time.Time{}); err != nil {
		return index.Report{}, err
	}
	d.wait.Go(func() {
		// Nothing more is expected; this ends when the connection does.
		_, _ = io.Copy(io.Discard, c.conn)
		cancel()
	})
	beats := time.NewTicker(beat)
	defer beats.Stop()
	d.wait.Go(func() {
		for {
			select {
			case <-beats.C:
				c.tell(message{}, cancel)
			case <-ctx.Done():
				return
			}
		}
	})
	return d.guarded(ctx, r, func(e index.Event) {
		if c.worthTelling(e) {
			c.tell(message{Event: &e}, cancel)
		}
	})
}

// guarded does the work. A defect that it brings out costs the request, not
// those who search meanwhile.
func (d *Door) guarded(ctx context.Context, r Request, tell func(index.Event)) (report index.Report, err error) {
	defer func() {
		if v := recover(); v != nil {
			d.log.Error("panic", "value", v, "stack", string(debug.Stack()))
			err = errors.New("indexing failed by a defect of this program, which the server's log describes; the index is as it was")
		}
	}()
	return d.work(ctx, r, tell)
}

func last(r index.Report, err error) message {
	m := message{Done: true, Report: &r}
	if err != nil {
		m.Error, m.Busy, m.Canceled = err.Error(), errors.Is(err, index.ErrBusy), errors.Is(err, context.Canceled)
	}
	return m
}

// client is the other end of a connection.
type client struct {
	conn *net.UnixConn
	mu   sync.Mutex
	told index.Step
	at   time.Time
}

// tellEvery is how often a step's progress is told, at most.
const tellEvery = 50 * time.Millisecond

// worthTelling keeps what thousands of files a second would make of progress
// small: the beginning and the end of each step are told, a part between, and
// every file that is safe.
func (c *client) worthTelling(e index.Event) bool {
	now := time.Now()
	if len(e.Stored) == 0 && e.Step == c.told && e.Done < e.Total && now.Sub(c.at) < tellEvery {
		return false
	}
	c.told, c.at = e.Step, now
	return true
}

// say sends a line.
func (c *client) say(line any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.conn.SetWriteDeadline(time.Now().Add(answerWithin)); err != nil {
		return err
	}
	return json.NewEncoder(c.conn).Encode(line)
}

// tell sends a line to a client who may be gone, and then gives up its work.
func (c *client) tell(m message, giveUp func()) {
	if err := c.say(m); err != nil {
		giveUp()
	}
}

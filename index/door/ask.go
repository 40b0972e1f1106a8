package door

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"syscall"
	"time"

	"demarche/index"
)

// Ask has the server of a data directory do what a request asks for. It
// returns [ErrNobody] where no server runs, [index.ErrBusy] where the server is
// indexing already, and never waits for a server that says nothing. When the
// context ends, it waits until the server has stopped.
func Ask(ctx context.Context, data string, r Request, tell func(index.Event)) (index.Report, error) {
	conn, err := dial(data)
	if err != nil {
		return index.Report{}, err
	}
	defer conn.Close()
	s := &server{conn: conn, in: json.NewDecoder(conn), data: data}
	if err := s.greet(); err != nil {
		return index.Report{}, err
	}
	if err := s.request(r); err != nil {
		return index.Report{}, err
	}
	// The server reads the end of this half as: stop.
	stop := context.AfterFunc(ctx, func() { _ = conn.CloseWrite() })
	defer stop()
	report, err := s.listen(tell)
	if ctx.Err() != nil && err != nil {
		err = ctx.Err()
	}
	return report, err
}

func dial(data string) (*net.UnixConn, error) {
	var conn net.Conn
	// Where there is no folder, a link to it would lead nowhere.
	if _, err := os.Stat(folder(data)); errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNobody
	}
	err := reach(data, func(path string) (err error) {
		conn, err = net.DialTimeout("unix", path, answerWithin)
		return err
	})
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED):
		return nil, ErrNobody
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("the index in %s belongs to another user: run this as that user, or name another folder with --data", data)
	case err != nil:
		return nil, fmt.Errorf("ask the server that runs on %s: %w", data, err)
	}
	return conn.(*net.UnixConn), nil
}

// server is the other end of a connection.
type server struct {
	conn *net.UnixConn
	in   *json.Decoder
	data string
}

// greet makes sure that the server is there and speaks the same.
func (s *server) greet() error {
	var theirs hello
	if err := s.read(&theirs, answerWithin); err != nil {
		return err
	}
	if theirs != ours {
		return fmt.Errorf("the server that runs on %s is another version of demarche: end it, or index with the program that it was started with", s.data)
	}
	return nil
}

func (s *server) request(r Request) error {
	if err := s.conn.SetWriteDeadline(time.Now().Add(answerWithin)); err != nil {
		return err
	}
	if err := json.NewEncoder(s.conn).Encode(r); err != nil {
		return fmt.Errorf("ask the server that runs on %s: %w", s.data, err)
	}
	return nil
}

// listen passes on how far the server is, and returns what came of it.
func (s *server) listen(tell func(index.Event)) (index.Report, error) {
	for {
		var m message
		if err := s.read(&m, silence); err != nil {
			return index.Report{}, err
		}
		if m.Event != nil {
			tell(*m.Event)
		}
		if m.Done {
			return m.result(s.data)
		}
	}
}

func (m message) result(data string) (report index.Report, err error) {
	if m.Report != nil {
		report = *m.Report
	}
	switch {
	case m.Busy:
		return report, fmt.Errorf("%s: %w", data, index.ErrBusy)
	case m.Canceled:
		return report, errEnded
	case m.Error != "":
		return report, errors.New(m.Error)
	}
	return report, nil
}

// errEnded says that the server ended in the middle.
var errEnded = errors.New("the server ended while it was indexing: the index is whole; run the command again")

func (s *server) read(line any, within time.Duration) error {
	if err := s.conn.SetReadDeadline(time.Now().Add(within)); err != nil {
		return err
	}
	err := s.in.Decode(line)
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return fmt.Errorf("the server that runs on %s does not answer: end it and run the command again", s.data)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return errEnded
	case err != nil:
		return fmt.Errorf("ask the server that runs on %s: %w", s.data, err)
	}
	return nil
}

package faults

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// slowConnections holds connections open and sends next to nothing.
type slowConnections struct{}

func (slowConnections) Plan() Plan {
	return Plan{
		Name: "slow", Does: "connections that send nothing, or a byte of a header or a body each second",
		Expect: "all are cut within 20 s; searches meanwhile are all answered, as fast as the slowest 1 % took before or within 0.25 s",
		Unit:   "connections", Short: 500, Full: 2000, Limit: 2 * time.Minute,
	}
}

const (
	// cutWithin is beyond every limit of the server on a request.
	cutWithin = 20 * time.Second
	// unaffected is how long a search may take at the 99th percentile while
	// there are slow connections, where it took less before.
	unaffected = 250 * time.Millisecond
)

// slowOpenings are what slow connections send first, and what they go on with.
var slowOpenings = []struct{ first, then string }{
	{"", ""},
	{"GET /search?q=cyber HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", "a"},
	{"G", "E"},
	{"POST /search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n\r\n", "b"},
}

func (slowConnections) Run(ctx context.Context, t *Trial) error {
	w := &swapping{Trial: t}
	if err := w.prepare(ctx); err != nil {
		return err
	}
	defer w.server.kill()
	s := &slowing{Trial: t, server: w.server}
	before := s.readers(ctx, func() bool { return true }, 2*time.Second)
	s.attack(ctx)
	during := s.readers(ctx, func() bool { return s.open.Load() > 0 }, 2*cutWithin)
	s.group.Wait()
	t.note("searches on new connections took %v before and %v meanwhile (p99 of %d and %d)",
		percentile(before, 99), percentile(during, 99), len(before), len(during))
	if p := percentile(during, 99); p > max(unaffected, percentile(before, 99)) {
		t.fail("searches took %v meanwhile", p)
	}
	t.note("the last slow connection was cut after %v", time.Duration(s.longest.Load()).Round(time.Millisecond))
	return w.server.stop()
}

type slowing struct {
	*Trial
	server  *server
	group   sync.WaitGroup
	open    atomic.Int64
	longest atomic.Int64
}

// attack opens all connections.
func (s *slowing) attack(ctx context.Context) {
	host := strings.TrimPrefix(s.server.site, "http://")
	for n := range s.Reach {
		conn, err := (&net.Dialer{Timeout: cutWithin}).DialContext(ctx, "tcp", host)
		if err != nil {
			s.fail("connection %d is not accepted: %v", n, err)
			continue
		}
		s.open.Add(1)
		s.group.Go(func() {
			defer s.open.Add(-1)
			if err := s.hold(conn, n); err != nil {
				s.fail("connection %d: %v", n, err)
			}
			s.count(1)
		})
	}
}

// hold keeps a connection busy with next to nothing until it is cut.
func (s *slowing) hold(conn net.Conn, n int) error {
	defer conn.Close()
	began := time.Now()
	opening := slowOpenings[n%len(slowOpenings)]
	if _, err := io.WriteString(conn, opening.first); err != nil {
		return nil // it is cut already
	}
	for time.Since(began) < cutWithin {
		cut, err := isCut(conn)
		if cut || err != nil {
			s.keepLongest(time.Since(began))
			return err
		}
		if _, err := io.WriteString(conn, opening.then); err != nil {
			s.keepLongest(time.Since(began))
			return nil
		}
	}
	return fmt.Errorf("it is still open after %v", cutWithin)
}

func (s *slowing) keepLongest(took time.Duration) {
	for {
		longest := s.longest.Load()
		if int64(took) <= longest || s.longest.CompareAndSwap(longest, int64(took)) {
			return
		}
	}
}

// isCut waits a second for the server to close the connection; what it answers
// before is of no interest.
func isCut(conn net.Conn) (bool, error) {
	if err := conn.SetReadDeadline(time.Now().Add(time.Second)); err != nil {
		return false, err
	}
	_, err := io.Copy(io.Discard, conn)
	timeout := net.Error(nil)
	if errors.As(err, &timeout) && timeout.Timeout() {
		return false, nil
	}
	return true, nil
}

// readers searches on a new connection each time, as long as goOn says and no
// longer than lasts, and returns how long each took.
func (s *slowing) readers(ctx context.Context, goOn func() bool, lasts time.Duration) []time.Duration {
	var took []time.Duration
	for began := time.Now(); time.Since(began) < lasts && goOn() && ctx.Err() == nil; {
		client := newClient("")
		a, err := get(ctx, client, s.server.site+"/api/v1/search?q=cyber*")
		client.CloseIdleConnections()
		if err != nil || a.status != 200 {
			s.fail("a search got %d, %v", a.status, err)
		}
		took = append(took, a.took)
		time.Sleep(10 * time.Millisecond)
	}
	return took
}

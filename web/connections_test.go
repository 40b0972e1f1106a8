package web_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"demarche/web"
)

// running is a server that listens.
type running struct {
	t    *testing.T
	addr string
}

// run serves a handler as the program does, but for what change alters.
func run(t *testing.T, h http.Handler, change func(*http.Server)) *running {
	t.Helper()
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := web.Server(listener.Addr().String(), h, nil)
	change(s)
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(listener) }()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return &running{t, listener.Addr().String()}
}

func (r *running) dial() net.Conn {
	r.t.Helper()
	var d net.Dialer
	conn, err := d.DialContext(r.t.Context(), "tcp", r.addr)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { conn.Close() })
	return conn
}

// send writes to a connection, from which the server may have gone.
func send(conn net.Conn, text string) { _, _ = io.WriteString(conn, text) }

// isCut reports whether the server closed a connection, without an answer that
// the reader could take for one.
func isCut(t *testing.T, conn net.Conn) bool {
	t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(conn)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return false
	}
	return len(rest) == 0 || strings.HasPrefix(string(rest), "HTTP/1.1 408") || strings.HasPrefix(string(rest), "HTTP/1.1 400")
}

// ask sends a whole request over a connection and returns the status.
func ask(t *testing.T, conn net.Conn, address string) int {
	t.Helper()
	send(conn, "GET "+address+" HTTP/1.1\r\nHost: site\r\n\r\n")
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		t.Error(err)
	}
	return answer.StatusCode
}

// TestSlowConnectionsPushOutEachOther opens many more connections than the
// server holds, which send part of a header or nothing, and asks among them.
func TestSlowConnectionsPushOutEachOther(t *testing.T) {
	const limit, slow = 20, 200
	r := run(t, site(t), func(s *http.Server) { web.Bound(s, limit) })
	var conns []net.Conn
	for i := range slow {
		conn := r.dial()
		conns = append(conns, conn)
		if i%2 == 0 {
			send(conn, "GET /search HTTP/1.1\r\nHost: ")
		}
		if i%20 == 0 {
			if status := ask(t, r.dial(), "/search?q=norms"); status != http.StatusOK {
				t.Fatalf("beside %d slow connections: status %d", i, status)
			}
		}
	}
	for i, conn := range conns[:slow-limit] {
		if !isCut(t, conn) {
			t.Errorf("connection %d is still open", i)
		}
	}
}

// TestBodiesThatDoNotComePushOutEachOther announces bodies of all lengths, sends
// none of them, and asks among them.
func TestBodiesThatDoNotComePushOutEachOther(t *testing.T) {
	const limit, slow = 10, 100
	for _, head := range []string{
		"GET /search HTTP/1.1\r\nHost: site\r\nContent-Length: 10\r\n\r\n",
		"POST /search HTTP/1.1\r\nHost: site\r\nContent-Length: 60000\r\n\r\n",
		"GET /healthz HTTP/1.1\r\nHost: site\r\nContent-Length: 200000\r\n\r\n",
		"GET /healthz HTTP/1.1\r\nHost: site\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
		"POST /search HTTP/1.1\r\nHost: site\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n",
	} {
		r := run(t, site(t), func(s *http.Server) { web.Bound(s, limit) })
		for i := range slow {
			conn := r.dial()
			send(conn, head)
			if i%10 == 9 {
				if status := ask(t, r.dial(), "/healthz"); status != http.StatusOK {
					t.Fatalf("beside %d of %q: status %d", i, head, status)
				}
			}
		}
	}
}

// TestAnswersThatAreNotTakenPushOutEachOther asks for more than a connection
// holds, takes none of it, and asks among such readers.
func TestAnswersThatAreNotTakenPushOutEachOther(t *testing.T) {
	const limit, slow = 5, 30
	large, begun := make([]byte, 32<<20), make(chan bool, slow)
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/large" {
			begun <- true
			_, _ = w.Write(large) // to nobody
		}
	})
	r := run(t, h, func(s *http.Server) { web.Bound(s, limit) })
	for i := range slow {
		send(r.dial(), "GET /large HTTP/1.1\r\nHost: site\r\n\r\n")
		select {
		case <-begun:
		case <-time.After(5 * time.Second):
			t.Fatalf("beside %d answers that are not taken, no other is made", i)
		}
		if i%10 == 9 {
			if status := ask(t, r.dial(), "/"); status != http.StatusOK {
				t.Fatalf("beside %d answers that are not taken: status %d", i, status)
			}
		}
	}
}

// TestBodies sends whole bodies, which nobody wants, and asks on.
func TestBodies(t *testing.T) {
	r := run(t, site(t), func(s *http.Server) { web.Bound(s, 10) })
	conn := r.dial()
	for body, status := range map[string]int{
		"GET /healthz HTTP/1.1\r\nHost: site\r\nContent-Length: 3\r\n\r\nabc":                                http.StatusOK,
		"POST /healthz HTTP/1.1\r\nHost: site\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n":    http.StatusMethodNotAllowed,
		"GET /healthz HTTP/1.1\r\nHost: site\r\nContent-Length: 60000\r\n\r\n" + strings.Repeat("a", 60_000): http.StatusOK,
	} {
		send(conn, body)
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode != status {
			t.Errorf("status %d, want %d; %v", answer.StatusCode, status, err)
		}
		answer.Body.Close()
	}
	conn = r.dial()
	send(conn, "GET /healthz HTTP/1.1\r\nHost: site\r\nTransfer-Encoding: chunked\r\n\r\n11171\r\n"+strings.Repeat("a", 70_001)+"\r\n")
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a long body without a length: status %d", answer.StatusCode)
	}
}

// TestSlowConnectionsAreCut opens connections that stay under the limit.
func TestSlowConnectionsAreCut(t *testing.T) {
	r := run(t, site(t), func(s *http.Server) {
		web.Bound(s, web.DefaultConnections)
		s.ReadHeaderTimeout, s.ReadTimeout, s.IdleTimeout = 50*time.Millisecond, 50*time.Millisecond, 50*time.Millisecond
	})
	var conns []net.Conn
	for i := range 50 {
		conn := r.dial()
		send(conn, "GET /search HTTP/1.1\r\nHost: site\r\n"[:i%30])
		conns = append(conns, conn)
	}
	idle := r.dial()
	if status := ask(t, idle, "/healthz"); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	for i, conn := range append(conns, idle) {
		if !isCut(t, conn) {
			t.Errorf("connection %d is still open", i)
		}
	}
}

// TestConnectionsThatAreAnsweredStay fills a server with answers under way.
func TestConnectionsThatAreAnsweredStay(t *testing.T) {
	begun, finish := make(chan bool), make(chan bool)
	slow := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		begun <- true
		<-finish
		fmt.Fprint(w, "whole")
	})
	r := run(t, slow, func(s *http.Server) { web.Bound(s, 2) })
	var answers []chan int
	for range 2 {
		conn, answer := r.dial(), make(chan int, 1)
		go func() { answer <- ask(t, conn, "/") }()
		<-begun
		answers = append(answers, answer)
	}
	if !isCut(t, r.dial()) {
		t.Error("one connection too many is open")
	}
	for _, answer := range answers {
		finish <- true
		if status := <-answer; status != http.StatusOK {
			t.Errorf("status %d", status)
		}
	}
}

// TestConnectionIsUsedAgain asks twice over each of as many connections as fit.
func TestConnectionIsUsedAgain(t *testing.T) {
	r := run(t, site(t), func(s *http.Server) { web.Bound(s, 2) })
	conns := []net.Conn{r.dial(), r.dial()}
	for range 3 {
		for _, conn := range conns {
			if status := ask(t, conn, "/healthz"); status != http.StatusOK {
				t.Errorf("status %d", status)
			}
		}
	}
}

func TestLongHeadersAreRefused(t *testing.T) {
	r := run(t, site(t), func(*http.Server) {})
	for name, test := range map[string]struct {
		address, header string
		status          int
	}{
		"header":          {"/search", "X-Long: " + strings.Repeat("a", 40_000) + "\r\n", http.StatusRequestHeaderFieldsTooLarge},
		"many headers":    {"/search", strings.Repeat("X-Many: a\r\n", 4_000), http.StatusRequestHeaderFieldsTooLarge},
		"address":         {"/search?q=" + strings.Repeat("a", 9_000), "", http.StatusRequestURITooLong},
		"longest address": {"/search?q=" + strings.Repeat("a", 8_000), "", http.StatusBadRequest},
		"huge address":    {"/search?q=" + strings.Repeat("a", 40_000), "", http.StatusRequestHeaderFieldsTooLarge},
		"body":            {"/search", "Content-Length: 1000000\r\n", http.StatusRequestEntityTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			conn := r.dial()
			send(conn, "GET "+test.address+" HTTP/1.1\r\nHost: site\r\n"+test.header+"\r\n")
			answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if answer.StatusCode != test.status {
				t.Errorf("status %d, want %d", answer.StatusCode, test.status)
			}
		})
	}
}

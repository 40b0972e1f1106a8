package web_test

import (
	"bufio"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"time"

	"demarche/index/memindex"
	"demarche/search/sample"
	"demarche/web"
)

// BenchmarkTurnAway asks over one connection a server that has no place left.
func BenchmarkTurnAway(b *testing.B) {
	for name, request := range map[string]string{
		"page":    "GET /search?q=norms HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0\r\nAccept: text/html\r\nAccept-Language: fr\r\nAccept-Encoding: gzip\r\n\r\n",
		"problem": "GET " + asked + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: program/1.1\r\n\r\n",
	} {
		b.Run(name, func(b *testing.B) {
			connection := full(b)
			answers := bufio.NewReader(connection)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := io.WriteString(connection, request); err != nil {
					b.Fatal(err)
				}
				answer, err := http.ReadResponse(answers, nil)
				if err != nil || answer.StatusCode != http.StatusServiceUnavailable {
					b.Fatal(answer, err)
				}
				if _, err := io.Copy(io.Discard, answer.Body); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// full is a connection to a server of which all places are taken.
func full(b *testing.B) net.Conn {
	engine := held{memindex.New(sample.Statements()), make(chan bool), make(chan bool)}
	h, err := web.New(web.Config{
		Engine: engine, Gate: web.Gate{Running: 1, Waiting: -1}, Timeout: time.Hour,
		Log: slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if err != nil {
		b.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	server := web.Server("", h, nil)
	web.Bound(server, web.DefaultConnections)
	go func() { _ = server.Serve(listener) }()
	b.Cleanup(func() { _ = server.Close() })
	var connections []net.Conn
	for range 2 {
		c, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = c.Close() })
		connections = append(connections, c)
	}
	if _, err := io.WriteString(connections[0], "GET "+asked+" HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		b.Fatal(err)
	}
	<-engine.begun
	return connections[1]
}

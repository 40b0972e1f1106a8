package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"demarche/index"
)

// TestServeLetsAnswersFinish ends the server while an answer is under way.
func TestServeLetsAnswersFinish(t *testing.T) {
	begun, finish := make(chan bool), make(chan bool)
	slow := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		begun <- true
		<-finish
		fmt.Fprint(w, "whole")
	})
	ctx, end := context.WithCancel(t.Context())
	listener, err := listen(ctx, "addr", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	drained := false
	s := server{service: service{connections: 10}, log: slog.New(slog.DiscardHandler)}
	go func() { ended <- s.serve(ctx, listener, slow, func() { drained = true }) }()
	answered := make(chan string, 1)
	go func() { answered <- fetch(t, "http://"+listener.Addr().String()) }()

	<-begun
	end()
	finish <- true
	if got := <-answered; got != "whole" {
		t.Errorf("the answer was %q", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if !drained {
		t.Error("nobody was told that it ends")
	}
}

// TestServeShowsWhatIsIndexedMeanwhile indexes a file beside a running server.
func TestServeShowsWhatIsIndexedMeanwhile(t *testing.T) {
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "a.txt")
	site := serveFrom(t, data)
	text := "We condemn the recent cyber attack on a harbour and call on all states to investigate such acts."
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := index.Build(t.Context(), index.Options{Data: data, Paths: []string{file}}); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(5 * time.Second)
	for len(found(ask200(t, site, "q=harbour"))) == 0 {
		if time.Now().After(deadline) {
			t.Fatal("the server does not show what was indexed")
		}
	}
}

func fetch(t *testing.T, address string) string {
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		return err.Error()
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err.Error()
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(body))
}

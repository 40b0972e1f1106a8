package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"demarche/index"
	"demarche/web"
)

// drainFor is how long answers under way may take after the signal to end.
const drainFor = 10 * time.Second

func newServe() *cobra.Command {
	var (
		s         server
		data, own string
		logs      logConfig
	)
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the site and the API",
		Long: `Serve the site and the API.

Where the data folder holds no index yet, it is filled with the statements that
ship inside the program. 'demarche index' asks this server to index, by a socket
in the data folder that only its owner can open.

An index that was made with other names and words than those of --gazetteer is
made again first; without that flag it stays as it is.

The first signal to end lets answers under way finish, the second does not.`,
		Args: wants(none, "serve takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.service.check(); err != nil {
				return err
			}
			s.log, s.stdout, s.stderr = logs.logger(cmd.ErrOrStderr()), cmd.OutOrStdout(), cmd.ErrOrStderr()
			var err error
			if s.data, err = dataDir(data); err != nil {
				return err
			}
			if s.words, err = lexicon(own); err != nil {
				return err
			}
			return s.run(cmd.Context())
		},
	}
	s.service.flags(cmd)
	dataFlag(cmd, &data)
	gazetteerFlag(cmd, &own)
	logFlags(cmd, &logs)
	return cmd
}

type server struct {
	service
	data           string
	words          *index.Lexicon
	log            *slog.Logger
	stdout, stderr io.Writer
}

// run serves until the context ends, then lets answers under way finish.
func (s server) run(ctx context.Context) error {
	listener, err := listen(ctx, "addr", s.addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	engine, err := openIndex(ctx, s.data, s.words, s.log, s.stderr)
	if err != nil {
		return err
	}
	defer engine.Close()
	defer engine.Keep(index.Options{Data: s.data, Lexicon: s.words})()
	config, err := s.config()
	if err != nil {
		return err
	}
	config.Log = s.log
	site, err := newSite(engine, s.words, config)
	if err != nil {
		return err
	}
	defer openDoor(ctx, s.data, s.log)()
	endMetrics, err := s.serveMetrics(ctx, site.Metrics())
	if err != nil {
		return err
	}
	defer endMetrics()
	if warning := reach(listener); warning != "" {
		s.log.Warn(warning)
	}
	fmt.Fprintf(s.stdout, "Serving %d statements at http://%s/\n", engine.Info().Statements, listener.Addr())
	return s.serve(ctx, listener, site, site.Drain)
}

// serve answers until the context ends. Then it calls drain, goes on for the
// drain delay, takes no more connections and lets answers under way finish.
func (s server) serve(ctx context.Context, listener net.Listener, handler http.Handler, drain func()) error {
	srv := web.Server(s.addr, handler, s.log)
	web.Bound(srv, s.connections)
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	drain()
	s.log.Info("shutting down")
	select {
	case err := <-ended:
		return err
	case <-time.After(s.drainDelay):
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainFor)
	defer cancel()
	if err := srv.Shutdown(last); err != nil {
		return errors.Join(fmt.Errorf("some answers took longer than %v and were cut off", drainFor), srv.Close())
	}
	return nil
}

// serveMetrics serves the metrics at an address of their own, if they have one,
// until end is called: whoever collects them sees the site drain.
func (s server) serveMetrics(ctx context.Context, metrics http.Handler) (end func(), err error) {
	if s.metricsAddr == "" {
		return func() {}, nil
	}
	listener, err := listen(ctx, "metrics-addr", s.metricsAddr)
	if err != nil {
		return nil, err
	}
	if warning := reach(listener); warning != "" {
		s.log.Warn(warning)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", metrics)
	srv := web.Server(s.metricsAddr, mux, s.log)
	web.Bound(srv, s.connections)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := srv.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("the metrics are not served any more", "error", err)
		}
	}()
	s.log.Info("serving metrics", "address", "http://"+listener.Addr().String()+"/metrics")
	return func() {
		srv.Close()
		<-ended
	}, nil
}

// listen opens the address before the index is looked at, so that an address
// in use is known at once.
func listen(ctx context.Context, flag, addr string) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is in use by another program: end that one, or choose another address with --%s (port 0 takes any that is free)", addr, flag)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: %w: choose another address with --%s", addr, err, flag)
	}
	return listener, nil
}

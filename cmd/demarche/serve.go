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

	"demarche/web"
)

// drainFor is how long answers under way may take after the signal to end.
const drainFor = 10 * time.Second

func newServe() *cobra.Command {
	var (
		addr, data string
		logs       logConfig
	)
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the site and the API",
		Long: `Serve the site and the API.

Where the data folder holds no index yet, it is filled with the statements that
ship inside the program. An index that 'demarche index' builds meanwhile is
shown within a second.`,
		Args: wants(none, "serve takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			s := server{addr: addr, log: logs.logger(cmd.ErrOrStderr()), stdout: cmd.OutOrStdout(), stderr: cmd.ErrOrStderr()}
			var err error
			if s.data, err = dataDir(data); err != nil {
				return err
			}
			return s.run(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "`address` to listen on")
	dataFlag(cmd, &data)
	logFlags(cmd, &logs)
	return cmd
}

type server struct {
	addr, data     string
	log            *slog.Logger
	stdout, stderr io.Writer
}

// run serves until the context ends, then lets answers under way finish.
func (s server) run(ctx context.Context) error {
	listener, err := listen(ctx, s.addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	engine, err := openIndex(ctx, s.data, s.log, s.stderr)
	if err != nil {
		return err
	}
	defer engine.Close()
	handler, err := newSite(engine, s.log)
	if err != nil {
		return err
	}
	info := engine.Info()
	fmt.Fprintf(s.stdout, "Serving %d statements at http://%s/\n", info.Statements, listener.Addr())
	return s.serve(ctx, listener, handler)
}

func (s server) serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	srv := web.Server(s.addr, handler, s.log)
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	s.log.Info("shutting down")
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainFor)
	defer cancel()
	if err := srv.Shutdown(drain); err != nil {
		return errors.Join(fmt.Errorf("some answers took longer than %v and were cut off", drainFor), srv.Close())
	}
	return nil
}

// listen opens the address before the index is looked at, so that an address
// in use is known at once.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is in use by another program: end that one, or choose another address with --addr (port 0 takes any that is free)", addr)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: %w: choose another address with --addr", addr, err)
	}
	return listener, nil
}

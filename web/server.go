package web

import (
	"log/slog"
	"net/http"
	"time"
)

// Limits of a connection. They stop a slow or idle client from holding one for
// ever; what readers really send takes milliseconds.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 10 * time.Second
	// writeTimeout leaves room for the slowest answer and a slow line.
	writeTimeout = 60 * time.Second
	idleTimeout  = 2 * time.Minute
	// maxHeaderBytes is twice the longest address that is answered.
	maxHeaderBytes = 2 * maxAddress
)

// Server serves a handler at an address with the limits that a server on a
// public network needs. The caller listens and shuts down.
func Server(addr string, h http.Handler, log *slog.Logger) *http.Server {
	s := &http.Server{
		Addr: addr, Handler: h,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		// "OPTIONS *" is refused like every other way to ask that is not for reading.
		DisableGeneralOptionsHandler: true,
	}
	if log != nil {
		s.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelWarn)
	}
	return s
}

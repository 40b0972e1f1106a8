package web

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gin-contrib/gzip"
	"github.com/gin-contrib/requestid"
	"github.com/gin-gonic/gin"

	"demarche/static"
	"demarche/web/api"
)

// Limits of a request.
const (
	// maxAddress bounds path and query together, in bytes.
	maxAddress = 8 << 10
	// maxBody bounds a request's body, in bytes. Nothing here reads one.
	maxBody = 64 << 10
)

// middleware runs before every route, outermost first.
func (s *site) middleware() []gin.HandlerFunc {
	return []gin.HandlerFunc{
		plainRequestID, requestid.New(), s.observe, securityHeaders, s.shareAnswers, s.ration, s.guard,
		gzip.Gzip(gzip.DefaultCompression, gzip.WithExcludedPaths([]string{metricsPath})),
		s.recover, s.limit, s.deadline,
	}
}

// requestIDShape is what is believed of an ID that a request brings along;
// anything else could be made to confuse a log.
var requestIDShape = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

func plainRequestID(c *gin.Context) {
	const name = "X-Request-ID"
	if !requestIDShape.MatchString(c.GetHeader(name)) {
		c.Request.Header.Del(name)
	}
}

// observe logs and counts a request once it is answered. The query is in a line
// of the debug level only, unless the configuration says otherwise: what readers
// look for is their own affair.
func (s *site) observe(c *gin.Context) {
	start := time.Now()
	c.Next()
	took := time.Since(start)
	s.metrics.observe(c, took)
	level := slog.LevelInfo
	switch {
	case strings.HasPrefix(c.FullPath(), static.Prefix), c.GetBool(turnedAwayKey):
		level = slog.LevelDebug
	case c.Writer.Status() >= http.StatusInternalServerError:
		level = slog.LevelError
	}
	if !s.Log.Enabled(c, level) {
		return
	}
	attrs := []slog.Attr{
		slog.String("method", c.Request.Method), slog.String("path", c.Request.URL.Path),
		slog.Int("status", c.Writer.Status()), slog.Int("bytes", max(c.Writer.Size(), 0)),
		slog.Duration("took", took), slog.String("request_id", requestid.Get(c)),
	}
	asked := slog.String("query", c.Request.URL.RawQuery)
	if s.LogQueries {
		attrs = append(attrs, asked)
	} else {
		s.Log.LogAttrs(c, slog.LevelDebug, "query", asked, slog.String("request_id", requestid.Get(c)))
	}
	s.Log.LogAttrs(c, level, "request", attrs...)
}

// contentPolicy allows what the site itself serves and nothing else.
const contentPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// security are the headers of every answer. Their names are as HTTP spells them,
// and each value has a capacity of one, so that what is added to it is added to a
// copy.
var security = http.Header{
	"Content-Security-Policy":      {contentPolicy},
	"X-Content-Type-Options":       {"nosniff"},
	"X-Frame-Options":              {"DENY"},
	"Referrer-Policy":              {"same-origin"},
	"Permissions-Policy":           {"camera=(), geolocation=(), microphone=(), browsing-topics=()"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
}

func securityHeaders(c *gin.Context) { maps.Copy(c.Writer.Header(), security) }

// shareAnswers lets scripts of another origin read the API, where the
// configuration says so. They send nothing that would need to be asked for first.
func (s *site) shareAnswers(c *gin.Context) {
	if s.AllowOrigin == "" || !strings.HasPrefix(c.Request.URL.Path, "/api/") {
		return
	}
	h := c.Writer.Header()
	h.Set("Access-Control-Allow-Origin", s.AllowOrigin)
	h.Set("Access-Control-Expose-Headers", "ETag, Link, Retry-After, X-Request-Id")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// recover turns a panic into an internal error; the stack is for the log alone.
func (s *site) recover(c *gin.Context) {
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		s.Log.ErrorContext(c, "panic", "value", v, "request_id", requestid.Get(c), "stack", string(debug.Stack()))
		c.Abort()
		s.fail(c, &api.StatusError{Status: http.StatusInternalServerError})
	}()
	c.Next()
}

// limit refuses what is too long before anything reads it.
func (s *site) limit(c *gin.Context) {
	status := 0
	switch {
	case len(c.Request.RequestURI) > maxAddress:
		status = http.StatusRequestURITooLong
	case c.Request.ContentLength > maxBody:
		status = http.StatusRequestEntityTooLarge
	}
	if status != 0 {
		c.Abort()
		s.fail(c, &api.StatusError{Status: status})
		return
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, maxBody)
}

func (s *site) deadline(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), s.Timeout)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

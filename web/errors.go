package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/gin-contrib/requestid"
	"github.com/gin-gonic/gin"

	"demarche/web/api"
)

// handle makes a route of a handler that offers one media type.
func (s *site) handle(offers string, h handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		if offers != "" && !accepts(c.GetHeader("Accept"), offers) {
			s.fail(c, &api.StatusError{Status: http.StatusNotAcceptable})
			return
		}
		err := h(c)
		if err == nil && len(c.Errors) > 0 {
			err = c.Errors.Last()
		}
		if err != nil {
			s.fail(c, err)
		}
	}
}

// fail answers with what err means to the reader: a page, or a problem
// document for programs.
func (s *site) fail(c *gin.Context, err error) {
	printer := s.printer(c)
	problem := api.NewProblem(err, printer)
	problem.RequestID = requestid.Get(c)
	var deliberate *api.StatusError
	if problem.Status >= http.StatusInternalServerError && !errors.As(err, &deliberate) && !isGone(c) {
		s.Log.LogAttrs(c, slog.LevelError, "failed", slog.Any("error", err), slog.String("request_id", problem.RequestID))
	}
	if c.Writer.Written() {
		return
	}
	h := c.Writer.Header()
	for _, name := range []string{"ETag", "Link", "Content-Type", "X-Robots-Tag"} {
		h.Del(name)
	}
	h.Set("Cache-Control", "no-store")
	if problem.Status == http.StatusServiceUnavailable && h.Get("Retry-After") == "" {
		h.Set("Retry-After", retryAfter)
	}
	if wantsProblem(c.Request) {
		s.problemDocument(c, problem)
		return
	}
	c.Errors = nil
	c.HTML(problem.Status, "error", s.newErrorPage(c, problem, err))
	if len(c.Errors) > 0 {
		s.Log.LogAttrs(c, slog.LevelError, "the error page failed", slog.Any("error", c.Errors.Last()))
		s.problemDocument(c, problem)
	}
}

// retryAfter is when to ask again whatever was not answered for want of time or
// place, in seconds.
const retryAfter = "1"

// isGone reports whether whoever asked has hung up, so that there is nobody to
// answer and nothing to mend.
func isGone(c *gin.Context) bool { return errors.Is(c.Request.Context().Err(), context.Canceled) }

// wantsProblem reports whether whoever asks is a program: it asks the API, or
// prefers JSON to a page.
func wantsProblem(r *http.Request) bool {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		return true
	}
	accept := r.Header.Get("Accept")
	return quality(accept, html) < max(quality(accept, api.ProblemMediaType), quality(accept, api.MediaType))
}

func (s *site) problemDocument(c *gin.Context, p api.Problem) {
	body, err := encodeJSON(p)
	if err != nil {
		s.Log.LogAttrs(c, slog.LevelError, "failed", slog.Any("error", err))
	}
	c.Data(p.Status, api.ProblemMediaType, body)
}

// encodeJSON leaves <, > and & as they are: nothing here is put into markup.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode JSON: %w", err)
	}
	return b.Bytes(), nil
}

// errorPage explains a problem and helps to go on.
type errorPage struct {
	frame
	Problem api.Problem
	// Before, Fault and After are the query with the part at fault, where a
	// query is at fault.
	Before, Fault, After string
	// Suggestion is the page of the nearest query that can be read.
	Suggestion link
	// Unfiltered is the same query without the parameters, where one of them is
	// at fault.
	Unfiltered string
}

func (s *site) newErrorPage(c *gin.Context, p api.Problem, err error) errorPage {
	page := errorPage{frame: s.frame(c), Problem: p}
	page.Title = p.Title
	page.Robots = "noindex"
	q := c.Request.URL.Query().Get("q")
	page.Query = q
	if p.Offset != nil {
		page.Before, page.Fault, page.After = split([]rune(q), *p.Offset, *p.Length)
		if p.Suggestion != "" {
			target := api.Params{Q: p.Suggestion, UI: page.UI}
			page.Suggestion = link{Href: searchPath(target), Text: p.Suggestion}
		}
	}
	var bad *api.InvalidError
	if errors.As(err, &bad) && len(q) <= maxAddress/2 {
		page.Unfiltered = searchPath(api.Params{Q: q, UI: page.UI})
	}
	return page
}

// split cuts a query around the code points at fault, which may lie at its end.
func split(q []rune, offset, length int) (before, fault, after string) {
	start := min(max(offset, 0), len(q))
	end := min(start+max(length, 0), len(q))
	return string(q[:start]), string(q[start:end]), string(q[end:])
}

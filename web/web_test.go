package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"demarche/index/memindex"
	"demarche/search"
	"demarche/search/sample"
	"demarche/web"
	"demarche/web/api"
)

// TestMain lets net/http linger for half a second on connections that it cuts.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("net/http.(*conn).closeWriteAndWait"))
}

// site is a site over the sample statements; change alters its configuration.
func site(t *testing.T, change ...func(*web.Config)) http.Handler {
	t.Helper()
	c := web.Config{Engine: memindex.New(sample.Statements()), Version: "test"}
	for _, f := range change {
		f(&c)
	}
	h, err := web.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// do asks with a method; headers are name, value, name, value…
func do(t *testing.T, h http.Handler, method, address string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, address, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func get(t *testing.T, h http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return do(t, h, http.MethodGet, address, headers...)
}

// problem reads an answer that must be a problem document.
func problem(t *testing.T, w *httptest.ResponseRecorder) api.Problem {
	t.Helper()
	if got := w.Header().Get("Content-Type"); got != api.ProblemMediaType {
		t.Fatalf("status %d, media type %q", w.Code, got)
	}
	var p api.Problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if p.Status != w.Code || p.Title == "" || p.Detail == "" || p.Code == "" || p.Type == "" || p.RequestID == "" {
		t.Errorf("incomplete: %+v", p)
	}
	return p
}

func TestNewNeedsAnEngine(t *testing.T) {
	if _, err := web.New(web.Config{}); err == nil {
		t.Error("a site without an engine was made")
	}
}

func TestEveryAnswerIsProtected(t *testing.T) {
	h := site(t)
	for _, address := range []string{"/", "/search?q=norms", "/nowhere", "/api/v1/search", "/search?size=0", "/static/none.css"} {
		header := get(t, h, address).Header()
		policy := header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: the policy %q lacks %q", address, policy, part)
			}
		}
		if strings.Contains(policy, "unsafe") {
			t.Errorf("%s: %q", address, policy)
		}
		for _, name := range []string{"X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "X-Request-Id"} {
			if header.Get(name) == "" {
				t.Errorf("%s has no %s", address, name)
			}
		}
	}
}

func TestPagesHaveNoInlineScriptOrStyle(t *testing.T) {
	h := site(t)
	for _, address := range []string{"/", "/search?q=norms", "/statements/harbour-2021-03-04?with=fr", "/help/query", "/nowhere"} {
		body := get(t, h, address).Body.String()
		for _, bad := range []string{"<style", " style=", " onclick=", "javascript:", "<script>"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s contains %q", address, bad)
			}
		}
	}
}

func TestRequestIDs(t *testing.T) {
	h := site(t)
	if got := get(t, h, "/healthz", "X-Request-Id", "abc-123").Header().Get("X-Request-Id"); got != "abc-123" {
		t.Errorf("a plain ID became %q", got)
	}
	for _, bad := range []string{"a b", "x\tstatus=200", strings.Repeat("a", 65), "é"} {
		if got := get(t, h, "/healthz", "X-Request-Id", bad).Header().Get("X-Request-Id"); got == bad || got == "" {
			t.Errorf("%q became %q", bad, got)
		}
	}
}

func TestLogNamesNoQuery(t *testing.T) {
	for _, test := range []struct {
		level  slog.Level
		wished bool
		want   bool
	}{{slog.LevelInfo, false, false}, {slog.LevelDebug, false, true}, {slog.LevelInfo, true, true}} {
		var log bytes.Buffer
		h := site(t, func(c *web.Config) {
			c.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: test.level}))
			c.LogQueries = test.wished
		})
		get(t, h, "/search?q=zeppelin")
		if got := strings.Contains(log.String(), "zeppelin"); got != test.want {
			t.Errorf("%v: the query is in the log: %v\n%s", test.level, got, log.String())
		}
		for line := range strings.Lines(log.String()) {
			if !test.wished && strings.Contains(line, "zeppelin") && !strings.Contains(line, `"level":"DEBUG"`) {
				t.Errorf("%v: the query is above the level of debugging: %s", test.level, line)
			}
		}
		if !strings.Contains(log.String(), `"path":"/search"`) || !strings.Contains(log.String(), `"request_id"`) {
			t.Errorf("%v: %s", test.level, log.String())
		}
	}
}

// broken is an engine that fails in a way of its own.
type broken struct {
	search.Engine
	fail func() error
}

func (b broken) Search(context.Context, search.Request) (*search.Result, error) { return nil, b.fail() }

func TestFailuresAreClean(t *testing.T) {
	const secret = "disk sector 42 is gone"
	for name, test := range map[string]struct {
		fail   func() error
		status int
	}{
		"error":    {func() error { return errors.New(secret) }, 500},
		"panic":    {func() error { panic(secret) }, 500},
		"deadline": {func() error { return context.DeadlineExceeded }, 503},
		"refused":  {func() error { return &search.InvalidError{Field: "sort", Detail: "no such order"} }, 400},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			h := site(t, func(c *web.Config) {
				c.Engine = broken{c.Engine, test.fail}
				c.Log = slog.New(slog.NewTextHandler(&log, nil))
			})
			page, document := get(t, h, "/search?q=norms"), get(t, h, "/api/v1/search?q=norms")
			if page.Code != test.status || document.Code != test.status {
				t.Errorf("status %d and %d", page.Code, document.Code)
			}
			problem(t, document)
			for _, w := range []*httptest.ResponseRecorder{page, document} {
				if body := w.Body.String(); strings.Contains(body, secret) || strings.Contains(body, "goroutine") {
					t.Errorf("the answer tells too much: %s", body)
				}
				if w.Header().Get("ETag") != "" || w.Header().Get("Cache-Control") != "no-store" {
					t.Errorf("an error may be kept: %v", w.Header())
				}
			}
			if !strings.Contains(page.Body.String(), "</html>") {
				t.Error("the page is not whole")
			}
			if test.status == 500 && !strings.Contains(log.String(), secret) {
				t.Errorf("the log does not tell why: %s", log.String())
			}
		})
	}
}

// panicking names nothing without a panic, so that templates fail midway.
type panicking struct{}

func (panicking) Name(string, string) string { panic("no names") }

func TestFailingTemplateSendsNothingOfItself(t *testing.T) {
	w := get(t, site(t, func(c *web.Config) { c.Names = panicking{} }), "/statements/harbour-2021-03-04")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "title-page") || !strings.Contains(w.Body.String(), "</html>") {
		t.Errorf("status %d: %s", w.Code, w.Body.String())
	}
}

func TestStatusesOfHTTP(t *testing.T) {
	h := site(t)
	long := "/search?q=" + strings.Repeat("a", 9000)
	for _, test := range []struct {
		method, address, accept string
		status                  int
		problem                 bool
	}{
		{"GET", "/nowhere", "text/html", 404, false},
		{"GET", "/nowhere", "application/json", 404, true},
		{"GET", "/api/v1/nowhere", "text/html", 404, true},
		{"GET", "/statements/none", "text/html", 404, false},
		{"GET", "/help/none", "text/html", 404, false},
		{"GET", "/api/v1/statements/none", "", 404, true},
		{"GET", "/api/v1/paragraphs/none", "", 404, true},
		{"GET", "/static/css/none.css", "", 404, false},
		{"POST", "/search", "text/html", 405, false},
		{"DELETE", "/api/v1/search", "", 405, true},
		{"GET", "/search", "image/png", 406, false},
		{"GET", "/search", "application/json", 406, true},
		{"GET", "/api/v1/search", "text/html", 406, true},
		{"GET", "/api/v1/search", "text/html, */*;q=0.1", 200, false},
		{"GET", "/api/v1/search", "application/json;q=0", 406, true},
		{"GET", "/api/v1/search", "application/*", 200, false},
		{"GET", long, "text/html", 414, false},
		{"GET", "/api/v1" + long, "", 414, true},
	} {
		w := do(t, h, test.method, test.address, "Accept", test.accept)
		if w.Code != test.status {
			t.Errorf("%s %.40s (%s): %d, want %d", test.method, test.address, test.accept, w.Code, test.status)
			continue
		}
		if test.problem {
			problem(t, w)
		}
		if test.status == 405 && !strings.Contains(w.Header().Get("Allow"), "GET") {
			t.Errorf("%s: Allow is %q", test.address, w.Header().Get("Allow"))
		}
	}
}

func TestLargeBodyIsRefused(t *testing.T) {
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/v1/search", io.LimitReader(zeros{}, 1<<20))
	r.ContentLength = 1 << 20
	w := httptest.NewRecorder()
	site(t).ServeHTTP(w, r)
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", w.Code)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// TestRefusals wants a problem document at once for whatever cannot be read.
func TestRefusals(t *testing.T) {
	h := site(t)
	for query, code := range map[string]string{
		"colour=red":                          "unknown_parameter",
		"q=a&q=b":                             "repeated",
		"size=-5":                             "size",
		"size=0":                              "size",
		"size=101":                            "size",
		"size=ten":                            "size",
		"size=":                               "size",
		"size=99999999999999999999":           "size",
		"from=yesterday":                      "date",
		"to=2021-02-30":                       "date",
		"from=2022&to=2021":                   "date_order",
		"sort=best":                           "malformed",
		"sort=":                               "malformed",
		"year=21":                             "malformed",
		"year=":                               "malformed",
		"lang=français":                       "malformed",
		"attributed_state=russia":             "malformed",
		"actor=-":                             "malformed",
		"actor=NATO":                          "malformed",
		"ui=de":                               "malformed",
		"facets=colour":                       "facets",
		"facets=statement":                    "facets",
		"cursor=":                             "cursor",
		"cursor=abc":                          "cursor",
		"cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAA": "cursor",
		"q=%ff":                               "encoding",
		"q=%zz":                               "encoding",
		"q=%00":                               "encoding",
		"q=a;b":                               "encoding",
		"q=%22open":                           "unbalanced_quote",
		"q=" + strings.Repeat("long", 200):    "too_long",
		strings.Repeat("actor=nato&", 101):    "too_many_values",
	} {
		w, took := quickest(t, h, "/api/v1/search?"+query)
		if w.Code != http.StatusBadRequest {
			t.Errorf("%.40s: status %d", query, w.Code)
			continue
		}
		if p := problem(t, w); p.Code != code {
			t.Errorf("%.40s: %s, want %s", query, p.Code, code)
		}
		if took > 10*time.Millisecond {
			t.Errorf("%.40s took %v", query, took)
		}
		if page := get(t, h, "/search?"+query); page.Code != http.StatusBadRequest {
			t.Errorf("%.40s: the page answers %d", query, page.Code)
		}
	}
}

// quickest asks a few times, because a machine that is busy with something
// else says nothing of the site.
func quickest(t *testing.T, h http.Handler, address string) (*httptest.ResponseRecorder, time.Duration) {
	t.Helper()
	best := time.Hour
	var w *httptest.ResponseRecorder
	for range 5 {
		begin := time.Now()
		w = get(t, h, address)
		best = min(best, time.Since(begin))
	}
	return w, best
}

func BenchmarkRefusal(b *testing.B) {
	h, err := web.New(web.Config{Engine: memindex.New(sample.Statements())})
	if err != nil {
		b.Fatal(err)
	}
	address := "/api/v1/search?q=" + url.QueryEscape(`norms AND (law OR "conduct`)
	for b.Loop() {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, address, nil))
	}
}

func TestQueryProblemTellsWhere(t *testing.T) {
	h := site(t)
	const q = ` ёж AND "поведение`
	p := problem(t, get(t, h, "/api/v1/search?q="+url.QueryEscape(q)))
	if p.Offset == nil || p.Length == nil {
		t.Fatalf("no place: %+v", p)
	}
	if runes := []rune(q); runes[*p.Offset] != '"' {
		t.Errorf("offset %d is %q", *p.Offset, runes[*p.Offset])
	}
	if w := get(t, h, "/api/v1/search?q="+url.QueryEscape(p.Suggestion)); p.Suggestion == "" || w.Code != http.StatusOK {
		t.Errorf("the suggestion %q answers %d", p.Suggestion, w.Code)
	}
}

func TestProblemsSpeakTheReadersLanguage(t *testing.T) {
	h := site(t)
	const bad = "/api/v1/search?q=%22open"
	english := problem(t, get(t, h, bad)).Detail
	french := problem(t, get(t, h, bad, "Accept-Language", "fr-CA")).Detail
	russian := problem(t, get(t, h, bad+"&ui=ru", "Accept-Language", "fr")).Detail
	if english == french || french == russian || !strings.Contains(french, "guillemet") || !strings.Contains(russian, "кавычка") {
		t.Errorf("%q, %q, %q", english, french, russian)
	}
}

package web_test

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"demarche/index/memindex"
	"demarche/search/sample"
	"demarche/web"
)

type readiness struct {
	Ready                            bool
	Generation                       string
	Statements, Versions, Paragraphs int
	Troubles                         []string
}

func ready(t *testing.T, h http.Handler, status int) readiness {
	t.Helper()
	w := get(t, h, "/readyz")
	if w.Code != status {
		t.Errorf("status %d, want %d", w.Code, status)
	}
	var r readiness
	if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	if r.Ready != (status == http.StatusOK) {
		t.Errorf("status %d and %+v", w.Code, r)
	}
	return r
}

func TestReadyTellsOfTheIndex(t *testing.T) {
	const trouble = "generation 7 is damaged; generation 6 answers"
	h := site(t, func(c *web.Config) { c.Troubles = func() []string { return []string{trouble} } })
	r := ready(t, h, http.StatusOK)
	info := memindex.New(sample.Statements()).Info()
	if r.Generation != info.Generation || r.Statements != info.Statements || r.Versions != info.Versions || r.Paragraphs != info.Paragraphs {
		t.Errorf("%+v, want %+v", r, info)
	}
	if !slices.Equal(r.Troubles, []string{trouble}) {
		t.Errorf("troubles %q", r.Troubles)
	}
	if r := ready(t, site(t), http.StatusOK); r.Troubles == nil || len(r.Troubles) > 0 {
		t.Errorf("without trouble: %+v", r)
	}
}

func TestNotReady(t *testing.T) {
	h := site(t, func(c *web.Config) { c.Engine = broken{c.Engine, func() error { return io.ErrUnexpectedEOF }} })
	if r := ready(t, h, http.StatusServiceUnavailable); len(r.Troubles) != 1 || strings.Contains(r.Troubles[0], "EOF") {
		t.Errorf("%+v", r)
	}
}

// TestReadyDoesNotSearchEachTime holds that /readyz, which has no gate, is no
// way to make work.
func TestReadyDoesNotSearchEachTime(t *testing.T) {
	searches := 0
	h := site(t, func(c *web.Config) {
		c.Engine = broken{c.Engine, func() error { searches++; return io.ErrUnexpectedEOF }}
	})
	for range 100 {
		ready(t, h, http.StatusServiceUnavailable)
	}
	if searches > 10 {
		t.Errorf("100 requests made %d searches", searches)
	}
}

func TestDrainingSiteAnswersButIsNotReady(t *testing.T) {
	s, err := web.New(web.Config{Engine: memindex.New(sample.Statements())})
	if err != nil {
		t.Fatal(err)
	}
	ready(t, s, http.StatusOK)
	s.Drain()
	if r := ready(t, s, http.StatusServiceUnavailable); len(r.Troubles) != 1 {
		t.Errorf("%+v", r)
	}
	if w := get(t, s, asked); w.Code != http.StatusOK {
		t.Errorf("a search: status %d", w.Code)
	}
}

func TestMetricsApart(t *testing.T) {
	s, err := web.New(web.Config{Engine: memindex.New(sample.Statements()), MetricsApart: true})
	if err != nil {
		t.Fatal(err)
	}
	if w := get(t, s, "/metrics"); w.Code != http.StatusNotFound {
		t.Errorf("on the site: status %d", w.Code)
	}
	if w := get(t, s.Metrics(), "/metrics"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `route="/metrics",status="404"`) {
		t.Errorf("apart: status %d", w.Code)
	}
}

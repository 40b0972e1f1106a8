package faults

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// hostileQueries are written to cost the server much.
type hostileQueries struct{}

func (hostileQueries) Plan() Plan {
	return Plan{
		Name: "queries", Does: "queries and parameters made to cost much: deep, long, wide, of all wildcards",
		Expect: "each is refused within 10 ms or answered within 1 s; no more than 256 MB more memory",
		Unit:   "queries", Short: 200, Full: 200, Limit: 5 * time.Minute,
	}
}

const (
	refusedWithin  = 10 * time.Millisecond
	answeredWithin = time.Second
	moreMemory     = 256 << 20
	// hostileTries is how often a query is asked where it takes too long: the
	// machine has other work, and the best time counts.
	hostileTries = 3
)

func (hostileQueries) Run(ctx context.Context, t *Trial) error {
	o := &overloading{Trial: t} // on a large index
	if err := o.prepare(ctx, hostileNotes); err != nil {
		return err
	}
	defer o.server.kill()
	if err := resetPeak(o.server); err != nil {
		return err
	}
	before, err := o.server.memory("VmHWM")
	if err != nil {
		return err
	}
	h := &asking{Trial: t, server: o.server, paths: hostilePaths()}
	t.Reach = min(t.Reach, len(h.paths))
	t.each(ctx, h.cycle)
	after, err := o.server.memory("VmHWM")
	if err != nil {
		return err
	}
	t.note("%d were refused, the slowest in %v; %d were answered, the slowest in %v", h.refused, h.slowestRefusal.Round(10*time.Microsecond), h.answered, h.slowestAnswer.Round(10*time.Microsecond))
	t.note("memory was %d MB before and at most %d MB", before>>20, after>>20)
	if after-before > moreMemory {
		t.fail("memory grew by %d MB", (after-before)>>20)
	}
	return o.server.stop()
}

// resetPeak makes the kernel forget the most that a process had.
func resetPeak(s *server) error {
	return os.WriteFile(filepath.Join("/proc", strconv.Itoa(s.cmd.Process.Pid), "clear_refs"), []byte("5"), 0)
}

type asking struct {
	*Trial
	server                        *server
	paths                         []string
	refused, answered             int
	slowestRefusal, slowestAnswer time.Duration
}

// cycle asks one query; the best of some tries counts.
func (h *asking) cycle(ctx context.Context, n int) error {
	var slow error
	for range hostileTries {
		a, err := h.server.get(ctx, h.paths[n])
		if err != nil {
			return fmt.Errorf("%s: %w", head(h.paths[n], 100), err)
		}
		if slow = h.judge(a); slow == nil {
			return nil
		}
	}
	return fmt.Errorf("%s: %w", head(h.paths[n], 100), slow)
}

func (h *asking) judge(a answer) error {
	switch {
	case a.status == http.StatusOK:
		if a.took > answeredWithin {
			return fmt.Errorf("answered after %v", a.took)
		}
		h.answered++
		h.slowestAnswer = max(h.slowestAnswer, a.took)
	case a.status >= 400 && a.status < 500:
		if a.took > refusedWithin {
			return fmt.Errorf("refused with %d after %v", a.status, a.took)
		}
		h.refused++
		h.slowestRefusal = max(h.slowestRefusal, a.took)
	default:
		return errors.New("status " + strconv.Itoa(a.status))
	}
	return nil
}

// hostilePaths are requests to the API, made of some shapes in many sizes.
func hostilePaths() []string {
	var queries []string
	for _, n := range []int{2, 3, 5, 10, 20, 60, 400, 3000} {
		queries = append(queries, hostileShapes(n)...)
	}
	paths := hostileParameters()
	for _, q := range queries {
		paths = append(paths, "/api/v1/search?q="+url.QueryEscape(q))
	}
	return paths
}

// hostileShapes are queries of n parts.
func hostileShapes(n int) []string {
	r := strings.Repeat
	return []string{
		r("(", n) + "a" + r(")", n), r("(", n), r(`"`, n), r("NOT ", n) + "a", r("-", n) + "a",
		r("a* ", n), r("cy* OR ", n) + "cy*", r("sta* AND ", n) + "sta*", r("x* ", n), r("*", n), r("?a ", n), "a" + r("*", n),
		`"` + r("(a|b) ", n) + `"`, `"` + r("* ", n) + `a"`, `"` + r("the of ", n) + `"~100`, r("states NEAR/100 ", n) + "states",
		r("e\u0301", n), r("\u00ad", n), r("год ", n), "a" + r("\u0301", n), r("🙂", n),
		r("year:1000..9999 ", n), "date:" + r("9", n), r("cyber^9 ", n),
	}
}

// hostileParameters are requests whose parameters other than the query are odd.
func hostileParameters() []string {
	return []string{
		"/api/v1/search?size=-5", "/api/v1/search?size=1e9", "/api/v1/search?from=-5", "/api/v1/search?cursor=" + strings.Repeat("A", 5000),
		"/api/v1/search?cursor=%00", "/api/v1/search?facets=" + strings.Repeat("actor,", 1000), "/api/v1/search?sort=%27", "/api/v1/search?year=0",
		"/api/v1/search?" + strings.Repeat("actor=x&", 900), "/api/v1/search?" + strings.Repeat("a=1&", 1800), "/api/v1/search?q=%ff%fe",
		"/api/v1/search?q=" + strings.Repeat("a", 100_000), "/api/v1/statements/" + strings.Repeat("a", 5000), "/api/v1/statements/..%2f..%2fetc%2fpasswd",
		"/api/v1/paragraphs/" + strings.Repeat("%00", 500), "/api/v1/suggest?q=" + strings.Repeat("c", 3000), "/api/v1/suggest?q=%22",
		"/static/..%2f..%2fgo.mod", "/help/" + strings.Repeat("x", 4000), "/api/v1/search?q=a;b=c",
	}
}

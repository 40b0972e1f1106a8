package faults

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// markup puts markup wherever a reader or a file can put text.
type markup struct{}

func (markup) Plan() Plan {
	return Plan{
		Name: "markup", Does: "markup and script in every field of a statement and of a request, looked at on every page",
		Expect: "no element, attribute or address of the payload in the page, <mark> least of all; no script of it runs in Chromium",
		Unit:   "payloads", Short: 20, Full: 300, Limit: 20 * time.Minute,
	}
}

//go:embed payloads.txt
var payloadLines string

//go:embed breakouts.txt
var breakoutLines string

// payloads are all markup behind all that may stand before it. Each payload
// comes once before any comes twice.
func payloads() []string {
	var all []string
	for _, breakout := range dataLines(breakoutLines) {
		for _, payload := range dataLines(payloadLines) {
			all = append(all, strings.TrimPrefix(breakout, ".")+payload)
		}
	}
	return all
}

// dataLines are the lines of a data file that are no comments.
func dataLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\n"); line != "" && !strings.HasPrefix(line, "# ") {
			lines = append(lines, line)
		}
	}
	return lines
}

func (markup) Run(ctx context.Context, t *Trial) error {
	m := &marking{Trial: t, payloads: payloads()}
	if err := m.prepare(ctx); err != nil {
		return err
	}
	defer m.server.kill()
	b, err := openBrowser(ctx)
	if err != nil {
		return err
	}
	defer b.close()
	if err := b.canFail(m.server.site); err != nil {
		return err
	}
	m.browser = b
	t.Reach = min(t.Reach, len(m.payloads))
	t.each(ctx, m.cycle)
	t.note("%s pages were looked through, %s of them also in Chromium", number(m.pages), number(m.visits))
	return m.server.stop()
}

type marking struct {
	*Trial
	server   *server
	browser  *browser
	payloads []string
	// indexed says for each payload whether its statement is.
	indexed       []bool
	pages, visits int
}

// prepare serves a statement for each payload that has it in every field.
func (m *marking) prepare(ctx context.Context) error {
	dir, err := m.folder()
	if err != nil {
		return err
	}
	data, err := m.folder()
	if err != nil {
		return err
	}
	for n, payload := range m.payloads[:min(m.Reach, len(m.payloads))] {
		if err := writeMarked(dir, n, payload); err != nil {
			return err
		}
	}
	// A file that cannot be read because of its markup is refused, which is as
	// good.
	e, err := m.expectDone(ctx, "index", "--json", "--data", data, dir)
	if err != nil {
		return err
	}
	_, report, _ := strings.Cut(e.stdout, `{"report":`)
	_, refused, _ := strings.Cut(report, `"Refused":`)
	for n := range m.payloads {
		m.indexed = append(m.indexed, !strings.Contains(refused, fmt.Sprintf("/p%d ", n)))
	}
	m.server, err = m.serve(ctx, data)
	return err
}

// writeMarked writes a statement with a payload in its front matter, its
// headings and its text, and in the name of its file where that can be.
func writeMarked(dir string, n int, payload string) error {
	var b strings.Builder
	b.WriteString("---\n")
	fmt.Fprintf(&b, "statement: p%d\nlang: en\n", n)
	for _, field := range []string{"title", "actor", "kind", "url"} {
		fmt.Fprintf(&b, "%s: '%s'\n", field, strings.ReplaceAll(payload, "'", "''"))
	}
	fmt.Fprintf(&b, "---\n\n# Heading %s\n\nStates met in ballroom%d and spoke of norms. %s\n\n1. The second paragraph says %s once more, to States.\n", payload, n, payload, payload)
	name := fmt.Sprintf("p%d %s.md", n, strings.ReplaceAll(payload, "/", ""))
	return os.WriteFile(filepath.Join(dir, name), []byte(b.String()), 0o644)
}

// markedPages are the pages that show a payload, as part of a statement or of
// the request.
func markedPages(n int, payload string) []string {
	q, segment := url.QueryEscape(payload), url.PathEscape(payload)
	own := fmt.Sprintf("ballroom%d", n)
	return []string{
		"/search?q=" + own,
		fmt.Sprintf("/statements/p%d?q=%s", n, own),
		"/search?q=" + q,
		"/search?q=" + url.QueryEscape(`"`+strings.ReplaceAll(payload, `"`, " ")+`"`),
		"/search?q=norms&actor=" + q,
		"/search?q=norms&kind=" + q + "&lang=en",
		"/search?q=norms&from=" + q,
		"/search?" + q + "=1",
		"/statements/" + segment,
		"/help/" + segment,
		"/?q=" + q,
	}
}

// markedData are addresses that answer programs.
func markedData(n int, payload string) []string {
	q := url.QueryEscape(payload)
	return []string{
		fmt.Sprintf("/api/v1/search?q=ballroom%d", n), "/api/v1/search?q=" + q, "/api/v1/suggest?q=" + q,
		fmt.Sprintf("/api/v1/statements/p%d", n), "/api/v1/statements/" + url.PathEscape(payload), "/opensearch.xml",
	}
}

func (m *marking) cycle(ctx context.Context, n int) error {
	payload := m.payloads[n]
	var errs []error
	for i, path := range markedPages(n, payload) {
		if err := m.look(ctx, path, i < 2 && m.indexed[n]); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", head(path, 120), err))
		}
	}
	for _, path := range markedData(n, payload) {
		if err := m.lookAtData(ctx, path); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", head(path, 120), err))
		}
	}
	return errors.Join(errs...)
}

// look looks at a page as it is sent and as Chromium takes it. A page that
// must be there is one of a statement that is indexed.
func (m *marking) look(ctx context.Context, path string, mustBe bool) error {
	a, err := m.server.get(ctx, path)
	if err != nil {
		return err
	}
	m.pages++
	if a.status >= 500 || mustBe && a.status != http.StatusOK {
		return fmt.Errorf("status %d", a.status)
	}
	if a.header.Get("Location") != "" && a.status/100 == 3 {
		return nil // there is no page
	}
	document, err := goquery.NewDocumentFromReader(bytes.NewReader(a.body))
	if err != nil {
		return err
	}
	if err := errors.Join(foreign(document), guarded(a.header)); err != nil {
		return err
	}
	m.visits++
	return m.browser.visit(ctx, m.server.site+path)
}

// guarded wants the headers that keep script out even where a page fails to.
func guarded(h http.Header) error {
	policy := h.Get("Content-Security-Policy")
	if !strings.Contains(policy, "script-src 'self'") || !strings.Contains(policy, "frame-ancestors 'none'") || strings.Contains(policy, "unsafe") {
		return fmt.Errorf("the policy is %q", policy)
	}
	return sniffless(h)
}

func sniffless(h http.Header) error {
	if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Type") == "" {
		return fmt.Errorf("the browser may guess what this is: %v", h)
	}
	return nil
}

// lookAtData wants an answer for programs to be declared as what it is.
func (m *marking) lookAtData(ctx context.Context, path string) error {
	a, err := m.server.get(ctx, path)
	if err != nil {
		return err
	}
	m.pages++
	if a.status >= 500 {
		return fmt.Errorf("status %d", a.status)
	}
	if strings.Contains(a.header.Get("Content-Type"), "html") && bytes.Contains(a.body, []byte("data-zq>")) {
		return errors.New("it is sent as HTML")
	}
	return sniffless(a.header)
}

// foreign says what of a page is not the site's own.
func foreign(d *goquery.Document) error {
	var errs []error
	d.Find("*").Each(func(_ int, s *goquery.Selection) {
		node := s.Get(0)
		if node.Data == "zq" || node.Data == "script" && s.AttrOr("src", "") == "" || node.Data == "style" {
			errs = append(errs, fmt.Errorf("there is an element <%s>", node.Data))
		}
		for _, a := range node.Attr {
			if why := badAttribute(a); why != "" {
				errs = append(errs, fmt.Errorf("<%s> has %s=%q: %s", node.Data, a.Key, a.Val, why))
			}
		}
	})
	return errors.Join(errs...)
}

// badAttribute says why an attribute is not the site's own; "" when it may be.
func badAttribute(a html.Attribute) string {
	switch {
	case strings.Contains(a.Key, "zq"):
		return "it comes from the payload"
	case strings.HasPrefix(a.Key, "on"):
		return "it is script"
	case a.Key == "style" || a.Key == "srcdoc":
		return "the site has no such attributes"
	case a.Key == "src" && !strings.HasPrefix(a.Val, "/static/"):
		return "it is not served by the site"
	case a.Key == "href" || a.Key == "action" || a.Key == "formaction":
		return badAddress(a.Val)
	}
	return ""
}

func badAddress(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return "it is no address"
	}
	if u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return "it leads out of the web"
	}
	return ""
}

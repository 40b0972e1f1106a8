package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"demarche/index/memindex"
	"demarche/search"
	"demarche/search/sample"
	"demarche/web"
	"demarche/web/api"
	"demarche/web/locale"
)

// payloads try to become markup or script where they are put into a page: in
// text, in attributes of either quote, in addresses, in what closes what is
// around them, and after decoding once more. "xyzzy" is how they are known.
var payloads = []string{
	`<script>xyzzy()</script>`,
	`</script><script>xyzzy()</script>`,
	`<img src=x onerror=xyzzy()>`,
	`"><svg onload=xyzzy()>`,
	`'><svg/onload=xyzzy()>`,
	`" onmouseover="xyzzy()`,
	`' onfocus='xyzzy()' autofocus='`,
	"` onclick=xyzzy() `",
	`javascript:xyzzy()`,
	`java&#10;script:xyzzy()`,
	`data:text/html,<script>xyzzy()</script>`,
	`//xyzzy.example/`,
	`</title><xyzzy>`,
	`</textarea></style></noscript><xyzzy>`,
	`</mark></p></li><xyzzy onclick=xyzzy()>`,
	`<!--><xyzzy-->`,
	`]]><xyzzy>`,
	`&lt;xyzzy&gt;&quot;`,
	`\u003cxyzzy\u003e`,
	`{{.xyzzy}}{{template "layout"}}`,
	`<a href="javascript:xyzzy()">x</a>`,
	`<base href=//xyzzy.example/><meta http-equiv=refresh content=0>`,
	`<form action=//xyzzy.example/><input name=q>`,
	"\u202e<xyzzy>\u2066",
	"\r\nSet-Cookie: xyzzy=1\r\n\r\n<xyzzy>",
	"\x00<xyzzy>\x1b[2J\ufffe",
}

// hostile are the sample statements with a payload in every text that an index
// could give: titles, texts, names, identifiers, addresses.
func hostile(payload string) []search.Statement {
	statements := sample.Statements()
	infect(reflect.ValueOf(statements), payload)
	return statements
}

func infect(v reflect.Value, payload string) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			infect(v.Index(i), payload)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			// The language decides how a text is read, dates are of a type of
			// their own.
			if v.Type().Field(i).Name != "Lang" {
				infect(v.Field(i), payload)
			}
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(v.String() + payload)
		}
	}
}

// TestHostileStatements shows every page and answer over statements that are
// full of markup.
func TestHostileStatements(t *testing.T) {
	for i, payload := range payloads {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			statements := hostile(payload)
			h := site(t, func(c *web.Config) { c.Engine = memindex.New(statements) })
			ui := "ui=" + locale.Languages[i%len(locale.Languages)]
			addresses := []string{
				"/?" + ui, "/search?size=100&" + ui, "/search?formulas=on&q=responsible+state+behaviour&" + ui, "/search?q=cyber*+OR+norms&" + ui, "/opensearch.xml",
				"/api/v1/search?size=100&" + ui, "/api/v1/suggest?q=harb&" + ui,
			}
			for _, s := range statements {
				id := url.PathEscape(s.ID)
				addresses = append(addresses, "/statements/"+id+"?q=States&"+ui, "/api/v1/statements/"+id, "/search?statement="+url.QueryEscape(s.ID))
				if len(s.Versions) > 1 {
					addresses = append(addresses, "/statements/"+id+"?lang="+s.Versions[0].Lang+"&with="+s.Versions[1].Lang+"&"+ui)
				}
				addresses = append(addresses, "/api/v1/paragraphs/"+url.PathEscape(s.Versions[0].Paragraphs[0].ID))
			}
			shown := 0
			for _, address := range addresses {
				w := get(t, h, address)
				checkHarmless(t, address, w)
				if strings.Contains(w.Body.String(), "xyzzy") {
					shown++
				}
			}
			if shown < len(addresses)/2 {
				t.Errorf("only %d of %d answers show the payload", shown, len(addresses))
			}
		})
	}
}

// TestHostileRequests puts the payloads into every part of a request.
func TestHostileRequests(t *testing.T) {
	h := site(t)
	var addresses []string
	for _, payload := range payloads {
		v, p := url.QueryEscape(payload), url.PathEscape(payload)
		for _, parameter := range append(api.SearchParameters, api.Parameter{Name: "with"}, api.Parameter{Name: payload}) {
			name := url.QueryEscape(parameter.Name)
			addresses = append(addresses, "/search?"+name+"="+v, "/?"+name+"="+v, "/api/v1/search?"+name+"="+v,
				"/statements/harbour-2021-03-04?"+name+"="+v)
		}
		addresses = append(addresses, "/search?q=%22"+v, "/search?q="+v+"+AND+%28norms", "/"+p, "/statements/"+p, "/help/"+p, "/static/"+p,
			"/api/v1/statements/"+p, "/api/v1/paragraphs/"+p, "/api/v1/suggest?q="+v, "/"+p+"/")
	}
	for _, address := range addresses {
		checkHarmless(t, address, get(t, h, address))
	}
	for _, payload := range payloads {
		for _, name := range []string{"Accept-Language", "Accept", "X-Request-Id", "If-None-Match", "Referer", "User-Agent", "Cookie", "Origin", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Original-URL"} {
			checkHarmless(t, name+": "+payload, get(t, h, "/search?q=norms", name, payload))
			checkHarmless(t, name+": "+payload, get(t, h, "/nowhere/", name, payload))
		}
	}
}

// checkHarmless looks for anything of a payload that a browser would act on.
func checkHarmless(t *testing.T, what string, w *httptest.ResponseRecorder) {
	t.Helper()
	if w.Code >= http.StatusInternalServerError {
		t.Errorf("%.80q: status %d", what, w.Code)
	}
	header := w.Header()
	for name, values := range header {
		if value := strings.Join(values, ""); strings.ContainsAny(value, "\r\n\x00") {
			t.Errorf("%.80q: %s is %q", what, name, value)
		}
	}
	if header.Get("Set-Cookie") != "" || header.Get("Access-Control-Allow-Origin") != "" || header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%.80q: %v", what, header)
	}
	if to := header.Get("Location"); to != "" && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`)) {
		t.Errorf("%.80q leads to %q", what, to)
	}
	switch kind, _, _ := strings.Cut(header.Get("Content-Type"), ";"); kind {
	case "text/html":
		if w.Code != http.StatusMovedPermanently {
			checkPage(t, what, w.Body.Bytes())
		}
	case api.MediaType, api.ProblemMediaType:
		if !json.Valid(w.Body.Bytes()) {
			t.Errorf("%.80q: no JSON", what)
		}
	case "application/opensearchdescription+xml", "text/plain", "text/css", "":
	default:
		t.Errorf("%.80q is answered in %q", what, kind)
	}
}

var scheme = regexp.MustCompile(`(?i)^[\s\x00-\x20]*([a-z][a-z0-9+.\s-]*):`)

// checkPage holds that a page has no element, attribute or address but those
// of its templates.
func checkPage(t *testing.T, what string, body []byte) {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	d.Find("*").Each(func(_ int, s *goquery.Selection) {
		n := s.Get(0)
		switch n.Data {
		case "xyzzy", "base", "iframe", "object", "embed", "style":
			t.Errorf("%.80q: the page has <%s>", what, n.Data)
		case "script":
			if src := s.AttrOr("src", ""); !strings.HasPrefix(src, "/static/") {
				t.Errorf("%.80q: the page has a script from %q", what, src)
			}
		case "form":
			if s.AttrOr("action", "") != "/search" {
				t.Errorf("%.80q: the page has a form for %q", what, s.AttrOr("action", ""))
			}
		}
		for _, a := range n.Attr {
			checkAttribute(t, what, n, a)
		}
	})
}

func checkAttribute(t *testing.T, what string, n *html.Node, a html.Attribute) {
	t.Helper()
	if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "autofocus" && n.Data != "input" || strings.Contains(a.Key, "xyzzy") || a.Key == "http-equiv" {
		t.Errorf("%.80q: <%s> has %s=%q", what, n.Data, a.Key, a.Val)
	}
	if a.Key != "href" && a.Key != "src" && a.Key != "action" {
		return
	}
	if s := scheme.FindStringSubmatch(a.Val); s != nil && s[1] != "https" && s[1] != "http" || strings.HasPrefix(a.Val, "//") {
		t.Errorf("%.80q: <%s> has %s=%q", what, n.Data, a.Key, a.Val)
	}
}

// TestHarmIsNoticed makes sure that the checks above can fail.
func TestHarmIsNoticed(t *testing.T) {
	for _, bad := range []string{
		`<p><xyzzy>`, `<script>xyzzy()</script>`, `<a href="javascript:xyzzy()">`, `<p onclick=xyzzy()>`, `<a href="//xyzzy.example/">`,
	} {
		var probe testing.T
		checkPage(&probe, "probe", []byte(bad))
		if !probe.Failed() {
			t.Errorf("%s was let through", bad)
		}
	}
}

func TestPathTricks(t *testing.T) {
	h := site(t)
	for _, path := range []string{
		"//evil.example/", "//evil.example/%2e%2e/", `/\evil.example/`, "/%5cevil.example/", "/%2f/evil.example/", "///", "/evil.example//",
		"/static/../../../../etc/passwd", "/static/%2e%2e/%2e%2e/etc/passwd", "/static/css/..%2f..%2fgo.mod", "/static/css/", "/static/",
		"/help/..%2f..%2fen", "/help/%2e%2e", "/statements/%2e%2e%2fhelp", "/statements/a%00b", "/statements/", "/search/../metrics", "/./search", "/SEARCH",
		"/search%2f", "/search;a=b", "/api/v1/../../metrics", "/api/v1/statements/..%2f..%2fsearch", "/%c0%ae%c0%ae/", "/%u002e/", "/search.json", "/.git/config",
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://site/", nil)
		u, err := url.ParseRequestURI(path)
		if err != nil {
			continue // the server refuses it before the site sees it
		}
		r.URL, r.RequestURI = u, path
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusNotFound && w.Code != http.StatusMovedPermanently && w.Code != http.StatusBadRequest {
			t.Errorf("%s: status %d", path, w.Code)
		}
		checkHarmless(t, path, w)
	}
}

// TestNothingCanBeChanged asks every route by every method but those that read.
func TestNothingCanBeChanged(t *testing.T) {
	s, err := web.New(web.Config{Engine: memindex.New(sample.Statements())})
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.NewReplacer(":id", "harbour-2021-03-04", ":page", "query", "*file", "css/site.css")
	routes := s.Routes()
	if len(routes) < 15 {
		t.Errorf("only %d routes", len(routes))
	}
	for _, route := range routes {
		for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "xyzzy"} {
			w := do(t, s, method, parts.Replace(route), "Access-Control-Request-Method", "GET", "Origin", "https://evil.example", "X-HTTP-Method-Override", "GET")
			if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: status %d, Allow %q", method, route, w.Code, w.Header().Get("Allow"))
			}
			if w.Header().Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("%s %s: %v", method, route, w.Header())
			}
		}
	}
}

// TestOriginsAreAllowedByConfiguration holds that no other site's scripts read
// anything unless they were let, and then the API alone.
func TestOriginsAreAllowedByConfiguration(t *testing.T) {
	const origin = "https://example.org"
	h := site(t, func(c *web.Config) { c.AllowOrigin = origin })
	for address, want := range map[string]string{asked: origin, "/api/v1/search?size=0": origin, "/search?q=norms": "", "/metrics": "", "/readyz": ""} {
		if got := get(t, h, address, "Origin", "https://evil.example").Header().Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
		if got := get(t, site(t), address, "Origin", origin).Header().Get("Access-Control-Allow-Origin"); got != "" {
			t.Errorf("%s: %q without configuration", address, got)
		}
	}
}

package web_test

import (
	"compress/gzip"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"demarche/index/memindex"
	"demarche/search/sample"
	"demarche/web"
)

var cached = []string{
	"/", "/search?q=norms", "/attributions?rows=party&q=cyber*", "/statements/harbour-2021-03-04?with=fr", "/help/query", "/opensearch.xml",
	"/api/v1/search?q=norms&lang=en", "/api/v1/attributions?lang=en", "/api/v1/statements/harbour-2021-03-04", "/api/v1/paragraphs/harbour-2021-03-04.en.4",
	"/api/v1/openapi.json",
}

func TestUnchangedAnswersAreNotSentAgain(t *testing.T) {
	h := site(t)
	for _, address := range cached {
		first := get(t, h, address)
		tag := first.Header().Get("ETag")
		if first.Code != http.StatusOK || !strings.HasPrefix(tag, `W/"`) {
			t.Errorf("%s: status %d, ETag %q", address, first.Code, tag)
			continue
		}
		for _, header := range []string{tag, `"other", ` + tag, strings.TrimPrefix(tag, "W/")} {
			again := get(t, h, address, "If-None-Match", header, "Accept-Encoding", "gzip")
			if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
				t.Errorf("%s with %s: status %d, %d bytes", address, header, again.Code, again.Body.Len())
			}
			if again.Header().Get("ETag") != tag || again.Header().Get("Content-Encoding") != "" {
				t.Errorf("%s: %v", address, again.Header())
			}
		}
		if changed := get(t, h, address, "If-None-Match", `W/"other"`); changed.Code != http.StatusOK {
			t.Errorf("%s: another ETag answers %d", address, changed.Code)
		}
	}
}

func TestETagNamesWhatTheAnswerDependsOn(t *testing.T) {
	h := site(t)
	seen := map[string]string{}
	for _, r := range [][]string{
		{"/search?q=norms"},
		{"/search?q=norms", "Accept-Language", "fr"},
		{"/search?q=norms&ui=ru"},
		{"/search?q=law"},
		{"/search?q=norms&lang=en"},
		{"/search?q=norms&size=1"},
		{"/api/v1/search?q=norms"},
		{"/api/v1/search?q=norms&facets="},
	} {
		tag := get(t, h, r[0], r[1:]...).Header().Get("ETag")
		if other, ok := seen[tag]; ok {
			t.Errorf("%v and %s have the same ETag", r, other)
		}
		seen[tag] = r[0]
	}
	same := get(t, h, "/api/v1/search?lang=en&q=norms").Header().Get("ETag")
	if got := get(t, h, "/api/v1/search?q=norms&lang=en").Header().Get("ETag"); got != same {
		t.Errorf("one question in two spellings has %s and %s", got, same)
	}
	fewer := site(t, func(c *web.Config) { c.Engine = memindex.New(sample.Statements()[:3]) })
	if get(t, fewer, "/api/v1/search?q=norms&lang=en").Header().Get("ETag") == same {
		t.Error("another index has the same ETag")
	}
	later := site(t, func(c *web.Config) { c.Version = "later" })
	if get(t, later, "/api/v1/search?q=norms&lang=en").Header().Get("ETag") == same {
		t.Error("another version of the program has the same ETag")
	}
}

func TestMissingIsNotUnchanged(t *testing.T) {
	for _, address := range []string{"/statements/none", "/api/v1/statements/none", "/api/v1/paragraphs/none", "/help/none"} {
		if w := get(t, site(t), address, "If-None-Match", "*"); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", address, w.Code)
		}
	}
}

func TestAnswersAreCompressed(t *testing.T) {
	h := site(t)
	for _, address := range cached {
		plain := get(t, h, address)
		packed := get(t, h, address, "Accept-Encoding", "gzip")
		if packed.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(strings.Join(packed.Header().Values("Vary"), ","), "Accept-Encoding") {
			t.Errorf("%s: %v", address, packed.Header())
			continue
		}
		r, err := gzip.NewReader(packed.Body)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if withoutTimes(string(body)) != withoutTimes(plain.Body.String()) {
			t.Errorf("%s differs when it is compressed", address)
		}
	}
}

var times = regexp.MustCompile(`"took_ms":[0-9.e-]+`)

func withoutTimes(s string) string { return times.ReplaceAllString(s, "") }

func TestHead(t *testing.T) {
	server := httptest.NewServer(site(t))
	defer server.Close()
	for _, address := range append(cached, "/healthz", "/metrics", "/robots.txt") {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodHead, server.URL+address, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", address, answer.StatusCode)
		}
	}
}

func TestAssetsAreKeptForEver(t *testing.T) {
	h := site(t)
	found := regexp.MustCompile(`/static/[a-z]+/[a-z]+\.[0-9a-f]{12}\.[a-z]+`).FindAllString(get(t, h, "/search").Body.String(), -1)
	if len(found) < 4 {
		t.Fatalf("the page names %v", found)
	}
	for _, address := range found {
		w := get(t, h, address)
		if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: status %d, %v", address, w.Code, w.Header())
		}
		if kind := w.Header().Get("Content-Type"); strings.HasPrefix(kind, "text/plain") || kind == "" {
			t.Errorf("%s is %q", address, kind)
		}
	}
}

func TestService(t *testing.T) {
	h := site(t)
	for address, want := range map[string]string{
		"/healthz":    "ok",
		"/readyz":     "ready",
		"/robots.txt": "Disallow: /api/",
		"/metrics":    "demarche_index_paragraphs 42",
	} {
		if w := get(t, h, address); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: status %d: %.200s", address, w.Code, w.Body)
		}
	}
	failing := site(t, func(c *web.Config) {
		c.Engine = broken{c.Engine, func() error { return io.ErrUnexpectedEOF }}
	})
	if get(t, failing, "/healthz").Code != http.StatusOK || get(t, failing, "/readyz").Code != http.StatusServiceUnavailable {
		t.Error("a process whose engine fails is alive and not ready")
	}
}

func TestMetricsNameRoutesNotQueries(t *testing.T) {
	h := site(t)
	for _, address := range []string{"/search?q=zeppelin", "/statements/zeppelin", "/zeppelin/airship"} {
		get(t, h, address)
	}
	body := get(t, h, "/metrics").Body.String()
	if strings.Contains(body, "zeppelin") {
		t.Error("the metrics tell what was asked")
	}
	for _, want := range []string{`route="/search",status="200"`, `route="/statements/:id",status="404"`, `route="none",status="404"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
}

func TestOpenSearch(t *testing.T) {
	for base, want := range map[string]string{"": "http://example.com/search?q={searchTerms}", "https://demarche.example/": "https://demarche.example/search?q={searchTerms}"} {
		h := site(t, func(c *web.Config) { c.BaseURL = base })
		var d struct {
			URLs []struct {
				Template string `xml:"template,attr"`
			} `xml:"Url"`
		}
		if err := xml.Unmarshal(get(t, h, "/opensearch.xml").Body.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		if len(d.URLs) == 0 || d.URLs[0].Template != want {
			t.Errorf("%q: %+v", base, d)
		}
	}
}

// TestResultsAreNotIndexed holds that search engines store no answer and do
// not wander through all combinations of filters.
func TestResultsAreNotIndexed(t *testing.T) {
	h := site(t)
	for address, want := range map[string]string{
		"/search": "noindex, follow", "/search?size=3": "noindex, follow",
		"/search?q=norms": "noindex, nofollow", "/search?actor=nato": "noindex, nofollow", "/search?from=2018": "noindex, nofollow",
	} {
		w := get(t, h, address)
		if got := w.Header().Get("X-Robots-Tag"); got != want || !strings.Contains(w.Body.String(), `name="robots" content="`+want+`"`) {
			t.Errorf("%s: %q", address, got)
		}
	}
}

func TestLinkHeaderHasNoEmptyQuestion(t *testing.T) {
	h := site(t)
	for address, want := range map[string]string{"/search": `</search>; rel="first"`, "/api/v1/search?size=100": `</api/v1/search?size=100>; rel="first"`} {
		if got := get(t, h, address).Header().Get("Link"); !strings.HasPrefix(got, want) {
			t.Errorf("%s: Link is %q", address, got)
		}
	}
}

func TestServerHasLimits(t *testing.T) {
	s := web.Server("127.0.0.1:0", site(t), nil)
	if s.ReadHeaderTimeout == 0 || s.ReadTimeout == 0 || s.WriteTimeout == 0 || s.IdleTimeout == 0 || s.MaxHeaderBytes == 0 {
		t.Errorf("%+v", s)
	}
	if s.WriteTimeout <= web.DefaultTimeout {
		t.Errorf("a search may take %v and its answer must be written within %v", web.DefaultTimeout, s.WriteTimeout)
	}
}

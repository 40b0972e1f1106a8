package web_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/PuerkitoBio/goquery"

	"demarche/search"
	"demarche/web"
	"demarche/web/locale"
)

// held is an engine whose searches end when they are let go, or with their
// context.
type held struct {
	search.Engine
	begun, letGo chan bool
}

func (h held) Search(ctx context.Context, r search.Request) (*search.Result, error) {
	h.begun <- true
	select {
	case <-h.letGo:
		return h.Engine.Search(ctx, r)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// heldSite is a site over a held engine, with a gate.
func heldSite(t *testing.T, g web.Gate, change ...func(*web.Config)) (http.Handler, held) {
	t.Helper()
	var engine held
	h := site(t, append(change, func(c *web.Config) {
		engine = held{c.Engine, make(chan bool), make(chan bool)}
		c.Engine, c.Gate = engine, g
	})...)
	return h, engine
}

const asked = "/api/v1/search?q=norms"

// askAside asks in a goroutine of its own.
func askAside(t *testing.T, h http.Handler, address string) chan *httptest.ResponseRecorder {
	answer := make(chan *httptest.ResponseRecorder, 1)
	go func() { answer <- get(t, h, address) }()
	return answer
}

func TestGateRefusesWhatIsTooMuch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, engine := heldSite(t, web.Gate{Running: 1, Waiting: 1, Wait: time.Minute}, func(c *web.Config) { c.Timeout = time.Hour })
		running := askAside(t, h, asked)
		<-engine.begun
		waiting := askAside(t, h, asked)
		synctest.Wait()

		for _, address := range []string{asked, "/search?q=norms", "/", "/statements/harbour-2021-03-04", "/api/v1/suggest?q=no"} {
			w := get(t, h, address)
			if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "1" || w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%s: status %d, %v", address, w.Code, w.Header())
			}
		}
		problem(t, get(t, h, asked))
		for _, address := range []string{"/healthz", "/metrics", "/help", "/robots.txt"} {
			if w := get(t, h, address); w.Code != http.StatusOK {
				t.Errorf("%s waits at the gate: status %d", address, w.Code)
			}
		}

		engine.letGo <- true
		<-engine.begun // by the one that waited
		engine.letGo <- true
		for _, answer := range []chan *httptest.ResponseRecorder{running, waiting} {
			if w := <-answer; w.Code != http.StatusOK {
				t.Errorf("status %d: %s", w.Code, w.Body)
			}
		}
	})
}

func TestWaitingAtTheGateEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, engine := heldSite(t, web.Gate{Running: 1, Wait: 300 * time.Millisecond}, func(c *web.Config) { c.Timeout = time.Hour })
		running := askAside(t, h, asked)
		<-engine.begun
		began := time.Now()
		if w := get(t, h, asked); w.Code != http.StatusServiceUnavailable || time.Since(began) != 300*time.Millisecond {
			t.Errorf("status %d after %v", w.Code, time.Since(began))
		}
		ctx, hangUp := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer hangUp()
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, asked, nil))
		if waited := time.Since(began); waited != 400*time.Millisecond {
			t.Errorf("one who hung up after 100ms was let go after %v", waited-300*time.Millisecond)
		}
		engine.letGo <- true
		if w := <-running; w.Code != http.StatusOK {
			t.Errorf("status %d", w.Code)
		}
	})
}

// TestPlacesAreGivenBack lets answers end in every way, each time through a
// gate that has one place.
func TestPlacesAreGivenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var fail func() error
		h := site(t, func(c *web.Config) {
			whole := c.Engine
			c.Engine = broken{whole, func() error { return fail() }}
			c.Gate = web.Gate{Running: 1, Waiting: -1}
		})
		for name, failure := range map[string]func() error{
			"error": func() error { return io.ErrUnexpectedEOF },
			"panic": func() error { panic("a defect") },
		} {
			fail = failure
			for range 3 {
				if w := get(t, h, asked); w.Code != http.StatusInternalServerError {
					t.Errorf("%s: status %d", name, w.Code)
				}
			}
		}
		for range 3 {
			if w := get(t, h, "/statements/harbour-2021-03-04"); w.Code != http.StatusOK {
				t.Errorf("status %d", w.Code)
			}
			if w := get(t, h, "/statements/harbour-2021-03-04", "If-None-Match", "*"); w.Code != http.StatusNotModified {
				t.Errorf("status %d", w.Code)
			}
		}
	})
}

// slowReader takes an answer in only when the test lets it.
type slowReader struct {
	http.ResponseWriter
	begun, read chan bool
}

func (s slowReader) Write(b []byte) (int, error) {
	s.begun <- true
	<-s.read
	return s.ResponseWriter.Write(b)
}

// TestSlowReadersKeepNoPlace lets one reader not take in an answer and another
// ask meanwhile.
func TestSlowReadersKeepNoPlace(t *testing.T) {
	h := site(t, func(c *web.Config) { c.Gate = web.Gate{Running: 1, Waiting: -1} })
	slow := slowReader{httptest.NewRecorder(), make(chan bool, 100), make(chan bool)}
	ended := make(chan bool)
	go func() {
		defer close(ended)
		h.ServeHTTP(slow, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/search?q=norms", nil))
	}()
	<-slow.begun
	if w := get(t, h, "/search?q=norms"); w.Code != http.StatusOK {
		t.Errorf("status %d", w.Code)
	}
	close(slow.read)
	<-ended
}

func TestDeadlinesReachTheEngine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, engine := heldSite(t, web.Gate{}, func(c *web.Config) { c.Timeout = 3 * time.Second })
		began := time.Now()
		answer := askAside(t, h, asked)
		<-engine.begun
		if w := <-answer; w.Code != http.StatusServiceUnavailable || time.Since(began) != 3*time.Second {
			t.Errorf("status %d after %v", w.Code, time.Since(began))
		}
	})
}

// askFrom asks from an address; headers are name, value, name, value…
func askFrom(t *testing.T, h http.Handler, addr string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, asked, nil)
	r.RemoteAddr = addr
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestRateIsPerAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := site(t, func(c *web.Config) { c.Rate = 0.5 })
		const one, other = "192.0.2.1:1000", "192.0.2.2:1000"
		for range 3 { // five seconds' worth, rounded up
			if w := askFrom(t, h, one); w.Code != http.StatusOK {
				t.Fatalf("status %d", w.Code)
			}
		}
		refused := askFrom(t, h, "192.0.2.1:2000")
		if refused.Code != http.StatusTooManyRequests || refused.Header().Get("Retry-After") != "2" {
			t.Errorf("status %d, Retry-After %q", refused.Code, refused.Header().Get("Retry-After"))
		}
		problem(t, refused)
		if w := askFrom(t, h, other); w.Code != http.StatusOK {
			t.Errorf("another address: status %d", w.Code)
		}
		time.Sleep(2 * time.Second)
		if w := askFrom(t, h, one); w.Code != http.StatusOK {
			t.Errorf("after the time that was named: status %d", w.Code)
		}
	})
}

func TestWhoCountsAsOneAddress(t *testing.T) {
	for name, test := range map[string]struct {
		proxies string
		addrs   [2]string
		headers [2]string
		same    bool
	}{
		"one network of IPv6":                {addrs: [2]string{"[2001:db8::1]:1", "[2001:db8::ffff]:1"}, same: true},
		"two networks of IPv6":               {addrs: [2]string{"[2001:db8::1]:1", "[2001:db8:0:1::1]:1"}},
		"IPv4 in IPv6":                       {addrs: [2]string{"192.0.2.1:1", "[::ffff:192.0.2.1]:1"}, same: true},
		"a forged header":                    {addrs: [2]string{"192.0.2.1:1", "192.0.2.1:1"}, headers: [2]string{"198.51.100.1", "198.51.100.2"}, same: true},
		"a trusted proxy":                    {proxies: "192.0.2.0/24", addrs: [2]string{"192.0.2.1:1", "192.0.2.1:1"}, headers: [2]string{"198.51.100.1", "198.51.100.2"}},
		"forged through a trusted proxy":     {proxies: "192.0.2.0/24", addrs: [2]string{"192.0.2.1:1", "192.0.2.1:1"}, headers: [2]string{"203.0.113.1, 198.51.100.1", "203.0.113.2,198.51.100.1"}, same: true},
		"through two trusted proxies":        {proxies: "192.0.2.0/24", addrs: [2]string{"192.0.2.1:1", "192.0.2.1:1"}, headers: [2]string{"198.51.100.1, 192.0.2.7", "198.51.100.1, 192.0.2.8"}, same: true},
		"nonsense through a trusted proxy":   {proxies: "192.0.2.0/24", addrs: [2]string{"192.0.2.1:1", "192.0.2.1:1"}, headers: [2]string{"nobody", "somebody"}, same: true},
		"two machines behind one that is no": {proxies: "203.0.113.0/24", addrs: [2]string{"192.0.2.1:1", "192.0.2.1:1"}, headers: [2]string{"198.51.100.1", "198.51.100.2"}, same: true},
	} {
		t.Run(name, func(t *testing.T) {
			h := site(t, func(c *web.Config) {
				c.Rate = 0.2 // one at once
				if test.proxies != "" {
					c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix(test.proxies)}
				}
			})
			for i, want := range []bool{false, test.same} {
				var headers []string
				if test.headers[i] != "" {
					headers = []string{"X-Forwarded-For", test.headers[i]}
				}
				w := askFrom(t, h, test.addrs[i], headers...)
				if refused := w.Code == http.StatusTooManyRequests; refused != want {
					t.Errorf("request %d: status %d", i+1, w.Code)
				}
			}
		})
	}
}

// TestForgedLineBesideTheProxys sends a header line of its own, which proxies
// that add theirs as another line pass on.
func TestForgedLineBesideTheProxys(t *testing.T) {
	h := site(t, func(c *web.Config) {
		c.Rate = 0.2
		c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}
	})
	for i, want := range []int{http.StatusOK, http.StatusTooManyRequests} {
		forged := "203.0.113." + strconv.Itoa(i)
		if w := askFrom(t, h, "192.0.2.1:1", "X-Forwarded-For", forged, "X-Forwarded-For", "198.51.100.1"); w.Code != want {
			t.Errorf("request %d: status %d", i+1, w.Code)
		}
	}
}

func TestThisMachineHasNoRate(t *testing.T) {
	h := site(t, func(c *web.Config) { c.Rate = 0.2 })
	for _, addr := range []string{"127.0.0.1:1", "127.0.0.1:2", "[::1]:1", "[::1]:2"} {
		if w := askFrom(t, h, addr); w.Code != http.StatusOK {
			t.Errorf("%s: status %d", addr, w.Code)
		}
	}
}

// TestManyAddressesAreForgotten asks from more addresses than are remembered.
func TestManyAddressesAreForgotten(t *testing.T) {
	h := site(t, func(c *web.Config) { c.Rate = 0.2 })
	const first = "10.0.0.0:1"
	if w := askFrom(t, h, first); w.Code != http.StatusOK {
		t.Fatalf("status %d", w.Code)
	}
	if w := askFrom(t, h, first); w.Code != http.StatusTooManyRequests {
		t.Fatalf("status %d", w.Code)
	}
	addr := netip.MustParseAddr("10.0.0.1")
	for range 10_000 {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/statements/none", nil)
		r.RemoteAddr = netip.AddrPortFrom(addr, 1).String()
		h.ServeHTTP(httptest.NewRecorder(), r)
		addr = addr.Next()
	}
	if w := askFrom(t, h, first); w.Code != http.StatusOK {
		t.Errorf("the first address is still remembered: status %d", w.Code)
	}
}

// TestPageOfThoseTurnedAway reads it in every language, whether asked for by
// the address or by the browser.
func TestPageOfThoseTurnedAway(t *testing.T) {
	h := site(t, func(c *web.Config) { c.Rate = 0.2 })
	get(t, h, "/search")
	seen := map[string]bool{}
	for _, lang := range locale.Languages {
		byAddress, byBrowser := get(t, h, "/search?q=norms&ui="+lang), get(t, h, "/search?q=norms", "Accept-Language", lang)
		if byAddress.Body.String() != byBrowser.Body.String() {
			t.Errorf("%s: two pages", lang)
		}
		for _, w := range []*httptest.ResponseRecorder{byAddress, byBrowser} {
			if w.Code != http.StatusTooManyRequests || w.Header().Get("Content-Type") != "text/html; charset=utf-8" || w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%s: status %d, %v", lang, w.Code, w.Header())
			}
		}
		d, err := goquery.NewDocumentFromReader(byAddress.Body)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Find("html").AttrOr("lang", ""); got != lang || d.Find(".request-id").Length() > 0 || d.Find(".languages [aria-current]").Length() != 1 {
			t.Errorf("%s: the page is in %q", lang, got)
		}
		seen[d.Find(".problem .lead").Text()] = true
	}
	if len(seen) != len(locale.Languages) {
		t.Errorf("it says %v", seen)
	}
}

// TestThoseTurnedAwayGetWhatAllGet compares with an address that is not there.
func TestThoseTurnedAwayGetWhatAllGet(t *testing.T) {
	h := site(t, func(c *web.Config) { c.Rate = 0.2 })
	get(t, h, asked)
	away, other := get(t, h, asked, "X-Request-ID", "one"), get(t, h, "/api/v1/nowhere", "X-Request-ID", "one")
	if away.Code != http.StatusTooManyRequests || away.Header().Get("Content-Length") != strconv.Itoa(away.Body.Len()) {
		t.Errorf("status %d, %v", away.Code, away.Header())
	}
	for name, value := range other.Header() {
		if got := away.Header()[name]; name != "Content-Length" && !slices.Equal(got, value) {
			t.Errorf("%s is %q, and %q elsewhere", name, got, value)
		}
	}
	p, q := problem(t, away), problem(t, other)
	if p.RequestID != "one" || q.RequestID != "one" || p.Title == "" || p.Detail == "" || p.Code == "" || p.Type == "" {
		t.Errorf("it says %+v", p)
	}
	if first, second := problem(t, get(t, h, asked)).RequestID, problem(t, get(t, h, asked)).RequestID; first == "" || first == second {
		t.Errorf("two requests have the IDs %q and %q", first, second)
	}
}

// TestTurnedAwayIsSaidOnce holds that a flood does not become one of the log.
func TestTurnedAwayIsSaidOnce(t *testing.T) {
	var log bytes.Buffer
	h := site(t, func(c *web.Config) {
		c.Rate = 0.2
		c.Log = slog.New(slog.NewTextHandler(&log, nil))
	})
	for range 20 {
		askFrom(t, h, "192.0.2.1:1")
	}
	if n := strings.Count(log.String(), "\n"); n != 2 || !strings.Contains(log.String(), "peer=192.0.2.1") {
		t.Errorf("%d lines: %s", n, log.String())
	}
	metrics := get(t, h, "/metrics").Body.String()
	if !strings.Contains(metrics, `demarche_requests_turned_away_total{reason="rate"} 19`) {
		t.Error("the metrics do not count what was turned away")
	}
}

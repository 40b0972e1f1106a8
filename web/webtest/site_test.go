package webtest_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"demarche/index/gazetteer"
	"demarche/index/memindex"
	"demarche/search"
	"demarche/web/webtest"
)

// site is the gallery over the reference engine.
func site(t *testing.T) http.Handler {
	t.Helper()
	names, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	h, err := webtest.Site(func(s []search.Statement) search.Engine { return memindex.New(s) }, names)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// get asks for an address as a browser does; headers are name, value, name,
// value…
func get(t *testing.T, h http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// page is the markup of an address that answers with the status.
func page(t *testing.T, h http.Handler, address string, status int, headers ...string) *goquery.Document {
	t.Helper()
	w := get(t, h, address, headers...)
	if w.Code != status {
		t.Fatalf("%s answers %d, not %d", address, w.Code, status)
	}
	d, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

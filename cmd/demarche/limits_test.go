package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestLongestQuery asks a query of 526 bytes, which are 250 Cyrillic letters, by the
// default limit and by one that an operator sets.
func TestLongestQuery(t *testing.T) {
	long := "/api/v1/search?q=" + url.QueryEscape(strings.Repeat("нормы ", 24)+`"`+strings.Repeat("я", 130)+`"`)
	s := start(t, t.TempDir())
	if status, body := s.get(s.site + long); status != http.StatusBadRequest || !strings.Contains(body, "512") {
		t.Errorf("by default: %d: %s", status, body)
	}
	t.Setenv("DEMARCHE_MAX_QUERY", "1024")
	s = start(t, t.TempDir())
	if status, body := s.get(s.site + long); status != http.StatusOK {
		t.Errorf("with 1024 bytes: %d: %s", status, body)
	}
	if status, body := s.get(s.site + "/search?q=" + strings.Repeat("long", 300)); status != http.StatusBadRequest || !strings.Contains(body, "1024") && !strings.Contains(body, "1,024") {
		t.Errorf("1,200 bytes with 1024: %d: %s", status, body)
	}
}

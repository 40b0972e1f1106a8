package web_test

import (
	"encoding/json"
	"net/http/httptest"
	"testing"

	"demarche/web/api"
)

// TestEquivalentsAreCountedApart compares what a formula finds with and without its
// equivalents with the count that either answer gives for them alone.
func TestEquivalentsAreCountedApart(t *testing.T) {
	h := site(t)
	own := searched(t, get(t, h, "/api/v1/search?q=responsible+state+behaviour"))
	all := searched(t, get(t, h, "/api/v1/search?q=responsible+state+behaviour&formulas=on"))
	apart := all.Total.Paragraphs - own.Total.Paragraphs
	if apart < 1 {
		t.Fatalf("%d paragraphs with equivalents, %d without", all.Total.Paragraphs, own.Total.Paragraphs)
	}
	if own.Query.EquivalentParagraphs != apart || all.Query.EquivalentParagraphs != apart {
		t.Errorf("%d and %d paragraphs of the equivalents alone, want %d", own.Query.EquivalentParagraphs, all.Query.EquivalentParagraphs, apart)
	}
	if none := searched(t, get(t, h, "/api/v1/search?q=norms")).Query.EquivalentParagraphs; none != 0 {
		t.Errorf("%d paragraphs of equivalents of what is no formula", none)
	}
}

func searched(t *testing.T, w *httptest.ResponseRecorder) api.Search {
	t.Helper()
	var a api.Search
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatalf("status %d: %v", w.Code, err)
	}
	return a
}

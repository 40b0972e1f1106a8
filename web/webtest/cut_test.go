package webtest_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"demarche/web/api"
	"demarche/web/locale"
)

// TestCutPrefixIsSaid asks for a prefix that stands for more words than are looked for:
// page and API say of how many.
func TestCutPrefixIsSaid(t *testing.T) {
	h := site(t)
	var answer api.Search
	if err := json.Unmarshal(get(t, h, "/api/v1/search?q=sta*2").Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	cut := answer.Query.Cut
	if len(cut) != 1 || cut[0].Prefix != "sta" || cut[0].Words != 2 || cut[0].Of <= 2 || answer.Query.ReadAs != "sta*2" {
		t.Fatalf("the API says %+v, read as %q", cut, answer.Query.ReadAs)
	}
	for _, ui := range locale.Languages {
		notes := each(page(t, h, "/search?q=sta*2&ui="+ui, http.StatusOK).Find(".read-as"))
		if !slices.ContainsFunc(notes, func(note string) bool { return strings.Contains(note, "sta*") && strings.Contains(note, "2") }) {
			t.Errorf("%s: the page says %q", ui, notes)
		}
	}
}

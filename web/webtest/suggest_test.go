package webtest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"demarche/web/api"
)

func completed(t *testing.T, h http.Handler, q, ui string) []api.Completion {
	t.Helper()
	var a api.Suggest
	w := get(t, h, api.SuggestPath+"?q="+url.QueryEscape(q)+"&ui="+ui)
	must(t, json.Unmarshal(w.Body.Bytes(), &a))
	if a.Completions == nil {
		t.Errorf("%s: %s", q, w.Body)
	}
	return a.Completions
}

// TestCompletions of each kind lead to a query that finds something.
func TestCompletions(t *testing.T) {
	h := site(t)
	for _, test := range []struct {
		q, ui string
		want  api.Completion
	}{
		{"responsible st", "en", api.Completion{Kind: api.CompletionFormula, Text: "responsible state behaviour", Lang: "en", Query: "responsible state behaviour"}},
		{"norms behav", "en", api.Completion{Kind: api.CompletionWord, Text: "behaviour", Query: "norms behaviour"}},
		{`"responsible behav`, "en", api.Completion{Kind: api.CompletionWord, Text: "behaviour", Query: `"responsible behaviour`}},
		{"ot", "fr", api.Completion{Kind: api.CompletionActor, Text: "OTAN", Lang: "fr", Query: "actor:nato"}},
		{"norms -actor:na", "en", api.Completion{Kind: api.CompletionActor, Text: "NATO", Lang: "en", Query: "norms -actor:nato"}},
		{`"responsible st`, "en", api.Completion{Kind: api.CompletionFormula, Text: "responsible state behaviour", Lang: "en", Query: `"responsible state behaviour"`}},
		{"на", "ru", api.Completion{Kind: api.CompletionActor, Text: "НАТО", Lang: "ru", Query: "actor:nato"}},
		{"intrusion harb", "en", api.Completion{Kind: api.CompletionTitle, Text: "Statement on the intrusion into harbour systems", Lang: "en", Query: "statement:harbour-2021-03-04"}},
	} {
		found := completed(t, h, test.q, test.ui)
		if !slices.Contains(found, test.want) {
			t.Errorf("%q is completed to %v", test.q, found)
		}
	}
	for _, c := range completed(t, h, "har", "en") {
		if page(t, h, "/search?q="+url.QueryEscape(c.Query), http.StatusOK).Find(".hit").Length() == 0 && c.Kind != api.CompletionFormula {
			t.Errorf("%v finds nothing", c)
		}
	}
	for _, q := range []string{"", "r", "xyzzyx", "()", `"`, "-", "lang:har"} {
		if found := completed(t, h, q, "en"); len(found) > 0 {
			t.Errorf("%q is completed to %v", q, found)
		}
	}
}

package enginetest

import (
	"strings"
	"testing"

	"demarche/search"
	"demarche/search/query"
	"demarche/search/suggest"
)

// suggestions runs the lines of testdata/suggest on the sentences of
// [sample.Wordings]: a query, "=>" and what is suggested instead.
func suggestions(t *testing.T, e search.Engine) {
	text, err := testdata.ReadFile("testdata/suggest/wordings.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		typed, want, ok := strings.Cut(strings.TrimSpace(line), "=>")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		found, err := suggest.For(t.Context(), e, strings.TrimSpace(typed), query.Limits{})
		if err != nil {
			t.Errorf("%s: %v", typed, err)
		}
		var got []string
		for _, f := range found {
			got = append(got, f.Query)
		}
		if s := strings.Join(got, "; "); s != strings.TrimSpace(want) {
			t.Errorf("%s: got %q, want %q", typed, s, strings.TrimSpace(want))
		}
	}
}

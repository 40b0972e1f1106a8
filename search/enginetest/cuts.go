package enginetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/search"
)

// manyWords is a statement with 9,000 words that begin with "aaa" and 5,000 with
// "bbb", more than an engine looks for. Each is in one paragraph but "aaa8999", which
// is in two; "aaazzz" and "bbbzzz" come last.
func manyWords() search.Statement {
	var a, b strings.Builder
	for i := range 8999 {
		fmt.Fprintf(&a, "aaa%d ", i)
	}
	for i := range 4999 {
		fmt.Fprintf(&b, "bbb%d ", i)
	}
	texts := []string{a.String(), "aaa8999", "Again aaa8999.", "aaazzz", b.String(), "bbbzzz", "aaa8999 bbb4998"}
	s := search.Statement{ID: "many", Versions: []search.Version{{Lang: "en"}}}
	for i, text := range texts {
		s.Versions[0].Paragraphs = append(s.Versions[0].Paragraphs, search.Paragraph{
			ID: fmt.Sprintf("many.en.%d", i+1), Position: i + 1, Text: text,
		})
	}
	return s
}

// cuts checks that a prefix of too many words stands for the most frequent ones, that
// the answer says so, and that the query it was read as is answered in the same way.
func cuts(t *testing.T, e search.Engine) {
	for _, tt := range []struct {
		query, readAs string
		cut           []search.Cut
		found         string
	}{
		{"aaa*", "aaa*8192", []search.Cut{{Prefix: "aaa", Words: 8192, Of: 9001}}, "1 2 3 7"},
		{"AAA* OR bbb*", "AAA*4096 OR bbb*4096", []search.Cut{{Prefix: "AAA", Words: 4096, Of: 9001}, {Prefix: "bbb", Words: 4096, Of: 5000}}, "1 2 3 5 7"},
		{"aaa*1", "aaa*1", []search.Cut{{Prefix: "aaa", Words: 1, Of: 9001}}, "2 3 7"},
		{"aaa* -aaa*2", "aaa*8192 -aaa*2", []search.Cut{{Prefix: "aaa", Words: 2, Of: 9001}, {Prefix: "aaa", Words: 8192, Of: 9001}}, ""},
		{"aaaz*", "aaaz*", nil, "4"},
		{"aaaz*9000", "aaaz*9000", nil, "4"},
		{"bbbz* NEAR/3 aaa*", "bbbz* NEAR/3 aaa*4096", []search.Cut{{Prefix: "aaa", Words: 4096, Of: 9001}}, ""},
	} {
		r := search.Request{Query: node(t, tt.query), Sort: search.Oldest, Size: search.MaxSize}
		result := answer(t, e, r)
		if d := cmp.Diff(tt.cut, result.Cut); d != "" {
			t.Errorf("%s: -want +got\n%s", tt.query, d)
		}
		if got := result.ReadAs(r.Query); got != tt.readAs {
			t.Errorf("%s is read as %s, want %s", tt.query, got, tt.readAs)
		}
		var found []string
		for _, h := range result.Hits {
			found = append(found, strings.TrimPrefix(h.Paragraph.ID, "many.en."))
		}
		if got := strings.Join(found, " "); got != tt.found {
			t.Errorf("%s finds paragraphs %q, want %q", tt.query, got, tt.found)
		}
		r.Query = node(t, tt.readAs)
		if d := cmp.Diff(result.Hits, answer(t, e, r).Hits); d != "" {
			t.Errorf("%s and %s differ\n%s", tt.query, tt.readAs, d)
		}
	}
}

package plan_test

import (
	"os"
	"strings"
	"testing"

	"demarche/index/plan"
	"demarche/search"
)

// TestHits looks for the queries of testdata/hits.txt in sentences. A case is a
// language, a colon and a query, and in indented lines sentences: behind "no:"
// one that is no hit, behind the reasons one that is, its highlights in brackets.
func TestHits(t *testing.T) {
	text, err := os.ReadFile("testdata/hits.txt")
	if err != nil {
		t.Fatal(err)
	}
	var lang, q string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		before, after, _ := strings.Cut(line, ": ")
		switch {
		case strings.HasPrefix(line, "#") || line == "":
		case strings.HasPrefix(line, "  "):
			checkSentence(t, lang, q, strings.TrimSpace(before), after)
		default:
			lang, q = before, after
		}
	}
}

func checkSentence(t *testing.T, lang, q, reasons, marked string) {
	t.Helper()
	text := strings.NewReplacer("[", "", "]", "").Replace(marked)
	d, p := document(lang, text), plan.Of(parse(t, q), lang)
	if got, want := plan.Match(p.Match, d), reasons != "no"; got != want {
		t.Errorf("%s in %q: %v, want %v", q, text, got, want)
		return
	}
	if reasons == "no" {
		return
	}
	if got := mark(text, plan.Highlights(p, d)); got != marked {
		t.Errorf("%s\ngot  %s\nwant %s", q, got, marked)
	}
	if got := strings.Join(plan.Reasons(p, d), " "); got != reasons {
		t.Errorf("%s in %q: because of %q, want %q", q, text, got, reasons)
	}
}

func document(lang, text string) *plan.Doc {
	s := search.Statement{ID: "s", Date: "2021-07"}
	return plan.NewDoc(&s, &search.Version{Lang: lang, Title: "A title of norms"}, &search.Paragraph{Text: text})
}

func mark(text string, spans []search.Span) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.Start] + "[" + text[s.Start:s.End] + "]")
		at = s.End
	}
	return b.String() + text[at:]
}

package plan_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index/plan"
	"demarche/search/query"
)

var update = flag.Bool("update", false, "write the plans of this code to testdata")

// TestOf compares plans with those of testdata/plans.txt. Cases are apart by
// blank lines: a language, a colon and a query, and in indented lines the plan.
func TestOf(t *testing.T) {
	const file = "testdata/plans.txt"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cases := strings.Split(strings.TrimSpace(string(text)), "\n\n")
	for i, c := range cases {
		cases[i] = runCase(t, c)
	}
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(cases, "\n\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func runCase(t *testing.T, c string) string {
	t.Helper()
	var head, want []string
	for line := range strings.SplitSeq(c, "\n") {
		if strings.HasPrefix(line, "  ") {
			want = append(want, line)
		} else {
			head = append(head, line)
		}
	}
	lang, q, ok := strings.Cut(head[len(head)-1], ": ")
	if !ok {
		t.Fatalf("%q is no language and query", head)
	}
	got := show(plan.Of(parse(t, q), lang))
	if d := cmp.Diff(want, got); d != "" && !*update {
		t.Errorf("%s: %s\n-want +got\n%s", lang, q, d)
	}
	return strings.Join(append(head, got...), "\n")
}

func parse(t testing.TB, q string) query.Node {
	t.Helper()
	n, err := query.Parse(q, query.Limits{})
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return n
}

func show(p plan.Plan) []string {
	lines := []string{"  match " + expr(p.Match)}
	if p.Phrase != nil {
		lines = append(lines, "  phrase "+sequence(*p.Phrase))
	}
	if p.Near != nil {
		lines = append(lines, "  near "+sequence(*p.Near))
	}
	if len(p.Ignored) > 0 {
		lines = append(lines, "  ignored "+strings.Join(p.Ignored, " "))
	}
	return lines
}

// expr writes exact words as =word, stems as ~stem, beginnings as word*, and a
// sequence in brackets.
func expr(e plan.Expr) string {
	switch e := e.(type) {
	case plan.All:
		return "all"
	case plan.Term:
		return term(e)
	case plan.Sequence:
		return sequence(e)
	case plan.And:
		return "(" + exprs(e.Exprs, " and ") + ")"
	case plan.Or:
		return "(" + exprs(e.Exprs, " or ") + ")"
	case plan.Not:
		return "not " + expr(e.Expr)
	case plan.Field:
		if e.Title != nil {
			return "title " + expr(e.Title)
		}
		return e.Field.String()
	}
	return "?"
}

func exprs(all []plan.Expr, separator string) string {
	texts := make([]string, len(all))
	for i, e := range all {
		texts[i] = expr(e)
	}
	return strings.Join(texts, separator)
}

func term(t plan.Term) string {
	switch {
	case len(t.Texts) == 0:
		return "_"
	case t.Kind == plan.Stem:
		return "~" + strings.Join(t.Texts, "/")
	case t.Kind == plan.Begin:
		return strings.Join(t.Texts, "/") + "*"
	}
	return "=" + strings.Join(t.Texts, "/")
}

func sequence(s plan.Sequence) string {
	var slots []string
	for _, slot := range s.Slots {
		var alternatives []string
		for _, a := range slot.Alternatives {
			var terms []string
			for _, t := range a {
				terms = append(terms, term(t))
			}
			alternatives = append(alternatives, strings.Join(terms, " "))
		}
		if len(alternatives) == 0 {
			alternatives = []string{"_"}
		}
		slots = append(slots, strings.Join(alternatives, "|"))
	}
	text := "[" + strings.Join(slots, ", ") + "]"
	if !s.Ordered {
		text += fmt.Sprintf("within %d", s.Slack)
	}
	if len(s.Skip.Texts) > 0 {
		text += " passing " + term(s.Skip)
	}
	return text
}

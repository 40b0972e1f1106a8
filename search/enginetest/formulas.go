package enginetest

import (
	"slices"
	"testing"

	"demarche/search"
)

// formulas checks that equivalent wordings are offered for a query that is a
// formula, and found only where they are asked for.
func formulas(t *testing.T, e search.Engine) {
	r := search.Request{Query: node(t, "comportement responsable des Etats"), Size: search.MaxSize}
	own := answer(t, e, r)
	english := func(w search.Wording) bool { return w.Lang == "en" && w.Text == "responsible state behaviour" }
	if !slices.ContainsFunc(own.Equivalents, english) {
		t.Errorf("the equivalents of a formula are %v", own.Equivalents)
	}
	r.Formulas = true
	all := answer(t, e, r)
	if all.Total.Paragraphs <= own.Total.Paragraphs {
		t.Errorf("%d paragraphs with equivalents, %d without", all.Total.Paragraphs, own.Total.Paragraphs)
	}
	r.Without = []string{search.ReasonFormula}
	if n := answer(t, e, r).Total; n != own.Total {
		t.Errorf("%v without the reason, want %v", n, own.Total)
	}
	r = search.Request{Query: node(t, "comportement des Etats"), Formulas: true}
	if got := answer(t, e, r).Equivalents; len(got) > 0 {
		t.Errorf("the equivalents of what is no formula are %v", got)
	}
}

package bleveindex

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	blevesearch "github.com/blevesearch/bleve/v2/search"
	bleveapi "github.com/blevesearch/bleve_index_api"

	"demarche/index/analysis"
	"demarche/index/plan"
	"demarche/search"
)

// words are few, so that sequences of them occur often.
var words = []string{"norm", "peace", "peaceful", "state", "treaty", "the"}

// wordEngine holds n paragraphs of random words.
func wordEngine(t testing.TB, random *rand.Rand, n int) *Engine {
	t.Helper()
	s := search.Statement{ID: "s", Versions: []search.Version{{Lang: "en"}}}
	for i := range n {
		var text []string
		for range random.IntN(12) {
			text = append(text, words[random.IntN(len(words))])
		}
		s.Versions[0].Paragraphs = append(s.Versions[0].Paragraphs, search.Paragraph{
			ID: fmt.Sprintf("s.en.%d", i+1), Position: i + 1, Text: strings.Join(text, " "),
		})
	}
	dir := filepath.Join(t.TempDir(), "generation")
	if err := Create(t.Context(), dir, Made{}, sequence([]search.Statement{s}), nil); err != nil {
		t.Fatal(err)
	}
	e, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// sequence yields statements as Create wants them.
func sequence(statements []search.Statement) func(yield func(search.Statement, error) bool) {
	return func(yield func(search.Statement, error) bool) {
		for _, s := range statements {
			if !yield(s, nil) {
				return
			}
		}
	}
}

// matching are the documents that x holds for, by reading their texts.
func matching(t testing.TB, e *Engine, x plan.Expr) (numbers []int) {
	t.Helper()
	err := e.records.view(func(r recordReader) error {
		for number, n := range e.columns.Record {
			p, err := r.paragraph(n)
			if err != nil {
				return err
			}
			if plan.Match(x, &plan.Doc{Lang: "en", Tokens: analysis.Tokens("en", p.Paragraph.Text)}) {
				numbers = append(numbers, number)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return numbers
}

func randomTerm(random *rand.Rand) plan.Term {
	w := words[random.IntN(len(words))]
	switch random.IntN(4) {
	case 0:
		return plan.Term{Kind: plan.Begin, Texts: []string{w[:3]}}
	case 1:
		return plan.Term{Kind: plan.Stem, Texts: []string{analysis.Stem("en", w)}}
	case 2:
		return plan.Term{Kind: plan.Exact, Texts: []string{w, words[random.IntN(len(words))], "absent"}}
	}
	return plan.Term{Kind: plan.Exact, Texts: []string{w}}
}

func randomSequence(random *rand.Rand) plan.Sequence {
	s := plan.Sequence{Ordered: random.IntN(2) == 0, Slack: random.IntN(3)}
	for range 1 + random.IntN(4) {
		var slot plan.Slot
		for range random.IntN(3) {
			a := plan.Alternative{randomTerm(random)}
			if random.IntN(3) == 0 {
				a = append(a, randomTerm(random))
			}
			if random.IntN(6) == 0 {
				a = append(a, plan.Term{})
			}
			slot.Alternatives = append(slot.Alternatives, a)
		}
		s.Slots = append(s.Slots, slot)
	}
	if random.IntN(3) == 0 {
		s.Skip = plan.Term{Kind: plan.Exact, Texts: []string{"the"}}
	}
	return s
}

func randomExpr(random *rand.Rand, depth int) plan.Expr {
	kind := random.IntN(6)
	if depth == 0 {
		kind = random.IntN(2)
	}
	switch kind {
	case 0:
		return randomTerm(random)
	case 1, 2:
		return randomSequence(random)
	case 3:
		return plan.Not{Expr: randomExpr(random, depth-1)}
	}
	var exprs []plan.Expr
	for range 1 + random.IntN(3) {
		exprs = append(exprs, randomExpr(random, depth-1))
	}
	if kind == 4 {
		return plan.And{Exprs: exprs}
	}
	return plan.Or{Exprs: exprs}
}

// walk visits what x finds by Next where step is 0 and else by Advance to a
// document up to step further on, and checks each against all, which is right.
func walk(t *testing.T, e *Engine, x plan.Expr, scored bool, all []int, step func() int) {
	t.Helper()
	s := newSession(t.Context(), e, scored)
	defer s.close()
	found, err := translator{s, "en"}.expr(x)
	if err != nil {
		t.Fatal(err)
	}
	ctx := &blevesearch.SearchContext{DocumentMatchPool: blevesearch.NewDocumentMatchPool(found.DocumentMatchPoolSize()+1, 0)}
	for at := -1; ; {
		to := at + 1 + step()
		m, err := move(ctx, found, at, to)
		if err != nil {
			t.Fatal(err)
		}
		next := len(e.columns.Record)
		if i, _ := slices.BinarySearch(all, to); i < len(all) {
			next = all[i]
		}
		got := len(e.columns.Record)
		if m != nil {
			got = numberOf(m)
		}
		if got != next {
			t.Fatalf("%#v, scored %v: from %d to %d: got document %d, want %d of %v", x, scored, at, to, got, next, all)
		}
		if m == nil {
			return
		}
		if scored && m.Score < 0 || !scored && m.Score != 0 {
			t.Fatalf("%#v: score %v", x, m.Score)
		}
		at = got
		ctx.DocumentMatchPool.Put(m)
	}
}

func move(ctx *blevesearch.SearchContext, s blevesearch.Searcher, at, to int) (*blevesearch.DocumentMatch, error) {
	if to == at+1 {
		return s.Next(ctx)
	}
	return s.Advance(ctx, bleveapi.NewIndexInternalID(nil, uint64(to)))
}

// TestSearchers compares searchers with plan.Match on every text, by Next and
// by Advance, with and without scores.
func TestSearchers(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	const documents = 150
	e := wordEngine(t, random, documents)
	found := 0
	for range 400 {
		plans := map[string]plan.Plan{"en": {Match: randomExpr(random, 2)}}
		_, err := plan.Expand(plans, func(beginning string) ([]plan.Entry, error) {
			return e.words(t.Context(), beginning)
		})
		if err != nil {
			t.Fatal(err)
		}
		x := plans["en"].Match
		all := matching(t, e, x)
		if len(all) > 0 && len(all) < documents {
			found++
		}
		for _, scored := range []bool{false, true} {
			walk(t, e, x, scored, all, func() int { return 0 })
			walk(t, e, x, scored, all, func() int { return random.IntN(5) })
			walk(t, e, x, scored, all, func() int { return random.IntN(documents) })
		}
	}
	if found < 200 {
		t.Errorf("only %d of 400 expressions divide the documents: too few to test anything", found)
	}
}

// TestTiers compares the tiers of documents with what the phrase and the words near
// each other hold for.
func TestTiers(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	e := wordEngine(t, random, 100)
	word := func(w string) plan.Slot {
		return plan.Slot{Alternatives: []plan.Alternative{{{Kind: plan.Exact, Texts: []string{w}}}}}
	}
	slots := []plan.Slot{word("peace"), word("treaty")}
	p := plan.Plan{Phrase: &plan.Sequence{Ordered: true, Slots: slots}, Near: &plan.Sequence{Slots: slots, Slack: 1}}
	asPhrase, near := matching(t, e, *p.Phrase), matching(t, e, *p.Near)
	s := newSession(t.Context(), e, true)
	defer s.close()
	tiers := newTiers(s, map[string]plan.Plan{"en": p, "fr": p, "ru": p, search.Undetermined: p})
	found := map[float64]int{}
	for document := range uint32(e.columns.documents()) {
		want := 0.0
		if _, ok := slices.BinarySearch(near, int(document)); ok {
			want = 1
		}
		if _, ok := slices.BinarySearch(asPhrase, int(document)); ok {
			want = 2
		}
		got, err := tiers.of(document)
		if err != nil || got != want {
			t.Errorf("document %d: tier %v (%v), want %v", document, got, err, want)
		}
		found[got]++
	}
	if len(found) != 3 {
		t.Errorf("documents by tier: %v", found)
	}
}

package memindex

import (
	"context"
	"math"
	"slices"

	"demarche/index/plan"
	"demarche/search"
)

// The usual constants of BM25: how soon more occurrences stop to count, and how
// much long paragraphs are held back.
const (
	k1 = 1.2
	b  = 0.75
)

// A field holds the words that the frequency of one is measured against: the exact
// words of all paragraphs, or the stems of those in one language. Languages without
// an analysis of their own share one.
type field struct {
	// paragraphs is their number, length that of the words in all of them.
	paragraphs, length int
	// found counts the paragraphs that have a term.
	found map[string]int
}

// fieldOf names the field of a kind of terms of a language.
func fieldOf(kind plan.Kind, lang string) string {
	switch {
	case kind != plan.Stem:
		return "exact"
	case slices.Contains(search.Languages, lang):
		return lang
	}
	return search.Undetermined
}

// terms are the words of d in the field of a kind, once for each time they occur.
func terms(kind plan.Kind, d *plan.Doc) (all []string) {
	for _, t := range d.Tokens {
		if kind == plan.Stem {
			all = append(all, t.Stems...)
		} else {
			all = append(all, t.Exact)
		}
	}
	return all
}

// count adds d to the fields of e.
func (e *Engine) count(d *plan.Doc) {
	for _, kind := range []plan.Kind{plan.Exact, plan.Stem} {
		name := fieldOf(kind, d.Lang)
		if e.fields[name] == nil {
			e.fields[name] = &field{found: map[string]int{}}
		}
		f, all := e.fields[name], terms(kind, d)
		f.paragraphs++
		f.length += len(all)
		for _, t := range slices.Compact(slices.Sorted(slices.Values(all))) {
			f.found[t]++
		}
	}
}

// score scores hits: the tier of the paragraph, and below 1 BM25 of the terms and
// sequences by which it is a hit.
func (e *Engine) score(ctx context.Context, hits []candidate, plans map[string]plan.Plan) error {
	for i := range hits {
		if err := ctx.Err(); err != nil {
			return err
		}
		h, sum := &hits[i], 0.0
		p := plans[h.Lang]
		for _, leaf := range plan.Holding(p.Match, h.Doc) {
			sum += e.leafScore(leaf, h.Doc)
		}
		h.score = float64(p.Tier(h.Positions)) + sum/(1+sum)
	}
	return nil
}

func (e *Engine) leafScore(leaf plan.Expr, d *plan.Doc) float64 {
	switch leaf := leaf.(type) {
	case plan.Term:
		frequency := 0
		for _, t := range terms(leaf.Kind, d) {
			if leaf.Has(t) {
				frequency++
			}
		}
		return e.bm25(leaf.Kind, d, e.idf(leaf, d.Lang), frequency)
	case plan.Sequence:
		windows := 0
		for range plan.Windows(leaf, d.Positions) {
			windows++
		}
		return e.bm25(firstKind(leaf, d), d, e.sequenceIDF(leaf, d.Lang), windows)
	}
	return 0
}

// idf is how much a term is worth: several texts of it count as if no paragraph had
// two of them.
func (e *Engine) idf(t plan.Term, lang string) float64 {
	f := e.fields[fieldOf(t.Kind, lang)]
	if f == nil || f.paragraphs == 0 {
		return 0
	}
	found := 0
	for text, n := range f.found {
		if t.Has(text) {
			found += n
		}
	}
	all, some := float64(f.paragraphs), float64(min(found, f.paragraphs))
	return math.Log(1 + (all-some+0.5)/(some+0.5))
}

// sequenceIDF is the sum over the slots, each worth what its most common alternative
// is.
func (e *Engine) sequenceIDF(s plan.Sequence, lang string) (sum float64) {
	for _, slot := range s.Slots {
		if len(slot.Alternatives) == 0 {
			continue
		}
		least := math.Inf(1)
		for _, run := range slot.Alternatives {
			of := 0.0
			for _, t := range run {
				if len(t.Texts) > 0 {
					of += e.idf(t, lang)
				}
			}
			least = min(least, of)
		}
		sum += least
	}
	return sum
}

// firstKind is the kind of the first term of s that d has: in its field the length
// of d is measured.
func firstKind(s plan.Sequence, d *plan.Doc) plan.Kind {
	for _, slot := range s.Slots {
		for _, run := range slot.Alternatives {
			for _, t := range run {
				if len(t.Texts) > 0 && len(d.Positions(t)) > 0 {
					return t.Kind
				}
			}
		}
	}
	return plan.Exact
}

func (e *Engine) bm25(kind plan.Kind, d *plan.Doc, idf float64, occurrences int) float64 {
	f := e.fields[fieldOf(kind, d.Lang)]
	average := max(1, float64(f.length)/float64(f.paragraphs))
	length := 1 - b + b*float64(len(terms(kind, d)))/average
	frequency := float64(occurrences)
	return idf * frequency * (k1 + 1) / (frequency + k1*length)
}

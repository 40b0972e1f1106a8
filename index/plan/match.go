package plan

import (
	"slices"

	"demarche/index/analysis"
	"demarche/search"
)

// Match reports whether e holds for d.
func Match(e Expr, d *Doc) bool { return match(e, d, d.Tokens) }

func match(e Expr, d *Doc, tokens []analysis.Token) bool {
	switch e := e.(type) {
	case Term:
		return slices.ContainsFunc(tokens, e.holdsAt)
	case Sequence:
		for range Windows(e, positionsIn(tokens)) {
			return true
		}
		return false
	case And:
		return !slices.ContainsFunc(e.Exprs, func(e Expr) bool { return !match(e, d, tokens) })
	case Or:
		return slices.ContainsFunc(e.Exprs, func(e Expr) bool { return match(e, d, tokens) })
	case Not:
		return !match(e.Expr, d, tokens)
	case Field:
		if e.Title != nil {
			return match(e.Title, d, d.Title)
		}
		return d.HasField(e.Field)
	}
	return true // All
}

// Leaves are the terms and sequences of e that can show in a text: those
// outside Not and outside titles.
func Leaves(e Expr) []Expr {
	switch e := e.(type) {
	case Term, Sequence:
		return []Expr{e}
	case And:
		return leavesOf(e.Exprs)
	case Or:
		return leavesOf(e.Exprs)
	}
	return nil
}

func leavesOf(exprs []Expr) []Expr {
	var all []Expr
	for _, e := range exprs {
		all = append(all, Leaves(e)...)
	}
	return all
}

// Runs are the positions at which a leaf holds: a token for a term, the whole
// for an ordered sequence, each part for one that is not ordered.
func Runs(leaf Expr, tokens []analysis.Token) []Run {
	var runs []Run
	switch e := leaf.(type) {
	case Term:
		for _, p := range positionsIn(tokens)(e) {
			runs = append(runs, Run{p, p + 1})
		}
	case Sequence:
		for w := range Windows(e, positionsIn(tokens)) {
			if e.Ordered {
				runs = append(runs, w.Run)
			}
			runs = append(runs, w.Parts...)
		}
	}
	return runs
}

// Highlights are the spans of the paragraph's text that show why it is a hit of
// p: those of all leaves and of the phrase, sorted, overlapping ones merged.
func Highlights(p Plan, d *Doc) []search.Span {
	leaves := Leaves(p.Match)
	if p.Phrase != nil {
		leaves = append(leaves, *p.Phrase)
	}
	var runs []Run
	for _, leaf := range leaves {
		runs = append(runs, Runs(leaf, d.Tokens)...)
	}
	slices.SortFunc(runs, func(a, b Run) int { return a.Start - b.Start })
	var spans []search.Span
	end := 0 // position behind the last span
	for _, r := range runs {
		if len(spans) == 0 || r.Start >= end {
			spans = append(spans, search.Span{Start: d.Tokens[r.Start].Start})
			end = r.Start
		}
		end = max(end, r.End)
		spans[len(spans)-1].End = d.Tokens[end-1].End
	}
	return spans
}

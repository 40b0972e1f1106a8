package plan

import (
	"slices"

	"demarche/search"
)

// Reasons say how p holds for d: those of [search.Reasons] that some term or
// sequence of it holds for, in that order. What stands in an alternative that
// does not hold is no reason; of d only the text is looked at, so that alternatives
// that ask for fields are taken to hold.
func Reasons(p Plan, d *Doc) []string {
	found := map[string]bool{}
	for _, leaf := range Holding(inText(p.Match), d) {
		found[reasonFor(leaf, d)] = true
	}
	var reasons []string
	for _, r := range search.Reasons {
		if found[r] {
			reasons = append(reasons, r)
		}
	}
	return reasons
}

// inText is e as if all fields were as asked for.
func inText(e Expr) Expr {
	switch e := e.(type) {
	case Field:
		return All{}
	case And:
		return And{eachInText(e.Exprs)}
	case Or:
		return Or{eachInText(e.Exprs)}
	case Not:
		if asksForField(e.Expr) {
			return All{}
		}
	}
	return e
}

func eachInText(exprs []Expr) []Expr {
	all := make([]Expr, len(exprs))
	for i, e := range exprs {
		all[i] = inText(e)
	}
	return all
}

func asksForField(e Expr) bool {
	switch e := e.(type) {
	case Field:
		return true
	case And:
		return slices.ContainsFunc(e.Exprs, asksForField)
	case Or:
		return slices.ContainsFunc(e.Exprs, asksForField)
	case Not:
		return asksForField(e.Expr)
	}
	return false
}

// Holding are the leaves by which e holds for d; none where it does not hold.
func Holding(e Expr, d *Doc) []Expr {
	if !Match(e, d) {
		return nil
	}
	var leaves []Expr
	switch e := e.(type) {
	case Term, Sequence:
		return []Expr{e}
	case And:
		for _, e := range e.Exprs {
			leaves = append(leaves, Holding(e, d)...)
		}
	case Or:
		for _, e := range e.Exprs {
			leaves = append(leaves, Holding(e, d)...)
		}
	}
	return leaves
}

// reasonFor is why a leaf holds for d.
func reasonFor(leaf Expr, d *Doc) string {
	if e, ok := leaf.(Sequence); ok && e.Equivalent {
		return search.ReasonFormula
	} else if ok && !e.Ordered {
		return search.ReasonNear
	}
	if hasBeginning(leaf) {
		return search.ReasonPrefix
	}
	asked := asSpelled(leaf)
	switch {
	case Match(verbatim(asked), d):
		return search.ReasonExact
	case Match(asked, d):
		return search.ReasonInflection
	}
	return search.ReasonSpelling
}

// leaf takes out of a leaf what is no reason to be a hit.
func (c *compiler) leaf(e Expr) Expr {
	if c.reads(search.ReasonExact) || hasBeginning(e) {
		return e
	}
	return And{[]Expr{e, Not{verbatim(asSpelled(e))}}}
}

// asSpelled is a leaf without other spellings. It holds for nothing where the leaf
// is nothing else.
func asSpelled(leaf Expr) Expr {
	return eachTerm(leaf, func(t Term) Term {
		t.Texts = t.Texts[:len(t.Texts)-t.Spellings]
		t.Spellings = 0
		return t
	})
}

// verbatim is a leaf with its stems replaced by the words they were made of.
func verbatim(leaf Expr) Expr {
	leaf = eachTerm(leaf, func(t Term) Term {
		if t.Kind != Stem {
			return t
		}
		return Term{Kind: Exact, Texts: []string{t.Typed}}
	})
	if s, ok := leaf.(Sequence); ok {
		s.Skip = Term{}
		return s
	}
	return leaf
}

// eachTerm is a leaf with its terms changed. Alternatives in which a term loses
// its texts are taken out; nothing holds for a leaf that has none left.
func eachTerm(leaf Expr, change func(Term) Term) Expr {
	switch e := leaf.(type) {
	case Term:
		if e = change(e); len(e.Texts) > 0 {
			return e
		}
		return Or{}
	case Sequence:
		slots := make([]Slot, len(e.Slots))
		for i, slot := range e.Slots {
			for _, alternative := range slot.Alternatives {
				if run, ok := eachInRun(alternative, change); ok {
					slots[i].Alternatives = append(slots[i].Alternatives, run)
				}
			}
			if len(slots[i].Alternatives) == 0 && len(slot.Alternatives) > 0 {
				return Or{}
			}
		}
		e.Slots = slots
		return e
	}
	return leaf
}

func eachInRun(run Alternative, change func(Term) Term) (changed Alternative, ok bool) {
	for _, t := range run {
		if len(t.Texts) > 0 {
			if t = change(t); len(t.Texts) == 0 {
				return nil, false
			}
		}
		changed = append(changed, t)
	}
	return slices.Clip(changed), true
}

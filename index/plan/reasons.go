package plan

// Reasons why a paragraph is a hit.
const (
	ReasonExact      = "exact"
	ReasonInflection = "inflection"
	ReasonPrefix     = "prefix"
	ReasonNear       = "near"
)

// Reasons say how the leaves of p hold for d, each reason once and in this
// order: "exact", a word or verbatim phrase occurs as asked; "inflection", a
// word occurs in another form only; "prefix"; "near", words occur near each
// other. A paragraph that is a hit by its fields alone has none.
func Reasons(p Plan, d *Doc) []string {
	found := map[string]bool{}
	for _, leaf := range Leaves(p.Match) {
		if reason := reasonFor(leaf, d); reason != "" {
			found[reason] = true
		}
	}
	var reasons []string
	for _, r := range []string{ReasonExact, ReasonInflection, ReasonPrefix, ReasonNear} {
		if found[r] {
			reasons = append(reasons, r)
		}
	}
	return reasons
}

func reasonFor(leaf Expr, d *Doc) string {
	if !Match(leaf, d) {
		return ""
	}
	switch e := leaf.(type) {
	case Sequence:
		if !e.Ordered {
			return ReasonNear
		}
	case Term:
		if e.Kind == Begin {
			return ReasonPrefix
		}
	}
	if Match(verbatim(leaf), d) {
		return ReasonExact
	}
	return ReasonInflection
}

// verbatim is a leaf with its stems replaced by the words they were made of.
func verbatim(leaf Expr) Expr {
	switch e := leaf.(type) {
	case Term:
		return typed(e)
	case Sequence:
		slots := make([]Slot, len(e.Slots))
		for i, slot := range e.Slots {
			for _, alternative := range slot.Alternatives {
				run := make(Alternative, len(alternative))
				for j, t := range alternative {
					run[j] = typed(t)
				}
				slots[i].Alternatives = append(slots[i].Alternatives, run)
			}
		}
		return Sequence{Slots: slots, Ordered: e.Ordered, Slack: e.Slack}
	}
	return leaf
}

func typed(t Term) Term {
	if t.Kind != Stem {
		return t
	}
	return Term{Kind: Exact, Texts: []string{t.Typed}}
}

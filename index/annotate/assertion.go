package annotate

import (
	"slices"
	"strings"

	"demarche/index/annotate/pattern"
	"demarche/index/gazetteer"
	"demarche/search"
)

// assertion is what a match says, whoever it is about, and the parties that say it.
func (r *reading) assertion(rule *rule, m pattern.Match) (a search.Assertion, by []string) {
	by, self, named := r.parties(m)
	with := r.seconds(by)
	if !named || with {
		by, self, named = r.framed()
	}
	self = self || r.seconded || r.agrees()
	heard := false
	if !named {
		by, heard = r.heard()
	}
	a = search.Assertion{Stance: search.StanceReported, Strength: rule.strength, Rule: rule.name, Evidence: r.evidence(m)}
	switch {
	case rule.denies:
		a.Stance = disclaimed
	case rule.employs:
		a.Stance = employing
	case rule.rejects:
		a.Stance = search.StanceDenied
	case heard && r.tellsClaim():
		a.Stance = claimed
	case heard && len(by) == 0 && len(r.beside(nil)) > 0, with && !self && !named:
		a.Stance = shared
	case heard:
		a.Stance = quoted
	case (self || !named) && r.inQuotation(a.Evidence.Span):
		a.Stance, by = quoted, r.saidBefore()
	case self || !named:
		a.Stance = search.StanceOwn
	}
	return a, r.beside(by)
}

// inQuotation reports whether a span of an English passage stands inside a quotation: somebody's
// words, unless it is the speaker's own that a press release repeats.
func (r *reading) inQuotation(span search.Span) bool {
	if r.lang.code != "en" {
		return false
	}
	before, within := r.passage.text[:span.Start], r.passage.text[span.Start:span.End]
	open := strings.Count(before, "\"")%2 == 1 || strings.Count(before, "“") > strings.Count(before, "”")
	return open && !strings.ContainsAny(within, "\"“”")
}

// states are the states that names stand for, each once.
func states(names []gazetteer.Match) []string {
	var states []string
	for _, n := range names {
		if n.State != "" && !slices.Contains(states, n.State) {
			states = append(states, n.State)
		}
	}
	return states
}

// groups are the groups and agencies of a state that the sentence names.
func (r *reading) groups(state string) []string {
	var ids []string
	for _, s := range r.sentence.symbols {
		for _, n := range s.names {
			if n.Kind == gazetteer.Group && n.State == state {
				ids = append(ids, n.ID)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// evidence are the words of a match; behind a possessive also what is possessed: "these
// activities show Russia's disregard".
func (r *reading) evidence(m pattern.Match) search.Evidence {
	end := m.End
	if masks := r.sentence.masks; masks[end-1].Has(r.lang.class.possessive) && !masks[end].Meets(pattern.Of(r.lang.class.edge, r.lang.class.comma, r.lang.class.stop)) {
		end++
	}
	symbols := r.sentence.symbols[m.Start:end]
	span := search.Span{Start: symbols[0].span.Start, End: symbols[len(symbols)-1].span.End}
	for _, s := range symbols {
		for _, n := range s.names {
			span.End = max(span.End, n.Span.End)
		}
	}
	if text := r.passage.text[span.Start:]; strings.Count(text[:span.Len()], "(") > strings.Count(text[:span.Len()], ")") && strings.HasPrefix(text[span.Len():], ")") {
		span.End++
	}
	for _, quote := range [][2]string{{"«", "»"}, {"“", "”"}} {
		if within := r.passage.text[span.Start:span.End]; strings.Count(within, quote[1]) > strings.Count(within, quote[0]) && strings.HasSuffix(r.passage.text[:span.Start], quote[0]) {
			span.Start -= len(quote[0])
		}
	}
	return search.Evidence{Span: span, Text: r.passage.text[span.Start:span.End]}
}

// agrees reports whether the speaker says in the sentence that he is of the same mind:
// "and we share their conclusions", "and we agree".
func (r *reading) agrees() bool {
	if slices.ContainsFunc(r.frames, func(f frame) bool { return f.beside && f.self }) {
		return true
	}
	both := func(m pattern.Mask) bool { return m.Has(r.lang.class.we) && m.Has(r.lang.class.hereof) }
	return slices.ContainsFunc(r.whole.masks, both)
}

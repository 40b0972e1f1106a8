package annotate

import (
	"iter"
	"maps"
	"slices"

	"demarche/index/annotate/pattern"
	"demarche/index/gazetteer"
	"demarche/search"
)

// assertions finds all wordings of a paragraph that attribute, one a state, and the
// states that its last ones hold responsible. What
// somebody asks the speaker is not the speaker's: of his words only those stay that
// report who else attributes.
func (l *language) assertions(p *passage, c context) (out []found, last []string) {
	if len(p.names) == 0 && c.before == nil {
		return nil, nil
	}
	nearest := ""
	if c.before != nil {
		nearest = l.lastState(c.before)
	}
	var before *sentence
	var held []string
	sentences := l.sentencesOf(p, len(c.accused) > 0 || c.before != nil && len(c.before.names) > 0)
	for i := range sentences {
		s := sentences[i]
		var said []found
		if s != nil {
			reading := reading{lang: l, passage: p, sentence: s, whole: s, at: i, before: before, accused: c.accused, accusedHere: len(last) > 0, held: held, last: nearest, context: c}
			reading.after = l.source(sentences[i+1:])
			reading.nameOpening()
			s = reading.whole
			if said = reading.assertions(); len(said) == 0 {
				if again := reading.again(); again != nil {
					if said = presupposing(again.assertions()); len(said) > 0 {
						s = again.whole
					}
				}
			}
			said = reading.weighed(said)
			if at := s.symbols[0].span.Start; asks(p.turns, at, c.asking > 0) {
				said = reportedByAsker(said, answers(p.turns, at))
			}
			if of := voices(p.turns, s.symbols[0].span.Start, c.voice); len(of) > 0 {
				said = saidFor(of, said)
			}
		}
		out, c.tellers = append(out, said...), c.tellers.with(said)
		if held = accused(said); len(held) > 0 {
			c.accused, last = held, held
			sentences = l.sentencesOf(p, true) // what is said of them may name nobody
		}
		if ids := employers(said); len(ids) > 0 {
			c.employers = ids
		}
		c.known = append(c.known, statesOf(slices.DeleteFunc(slices.Clone(said), func(a found) bool { return a.Stance == disclaimed }))...)
		before = s
	}
	return patternsFirst(out), last
}

// presupposing are assertions whose words name nobody: they take for granted who is meant.
func presupposing(said []found) []found {
	for i := range said {
		said[i].Strength = search.StrengthPresupposed
	}
	return said
}

// reportedByAsker are the assertions of a question that stay: those that tell what
// somebody else says, be he named or not. Where the answer stands in the same paragraph, the
// accused rejects them there, however he puts it.
func reportedByAsker(said []found, answered bool) []found {
	said = slices.DeleteFunc(said, func(a found) bool {
		return a.Stance != search.StanceReported && a.Stance != quoted && a.Stance != shared
	})
	for i := range said {
		if said[i].Stance = asked; answered {
			said[i].Stance = claimed
		}
	}
	return said
}

// saidFor gives what is somebody's own to those for whom a label says that he speaks.
func saidFor(of []string, said []found) []found {
	for i := range said {
		if said[i].Stance == search.StanceOwn {
			said[i].Stance, said[i].By = voiced, slices.Compact(slices.Sorted(slices.Values(slices.Concat(of, said[i].By))))
		}
	}
	return said
}

// found is an assertion and the state it is about.
type found struct {
	state string
	search.Assertion
}

// statesOf are the states that assertions are about.
func statesOf(assertions []found) []string {
	var ids []string
	for _, a := range assertions {
		if !slices.Contains(ids, a.state) {
			ids = append(ids, a.state)
		}
	}
	return ids
}

// reading applies the rules to one sentence.
type reading struct {
	lang    *language
	passage *passage
	// sentence is read by the rules: first whole, then bare.
	sentence    *sentence
	whole, bare *sentence // bare is nil where there is nothing to leave out
	stripped    bool      // bare has been read
	texts       texts     // of whole and bare, as far as patterns were tried
	at          int       // the number of the sentence in its passage
	before      *sentence // nil at the start, and where it names nobody and nothing was read of it
	after       *sentence // the one behind, where it says who says so; else nil
	accused     []string  // the states held responsible last
	accusedHere bool      // in this paragraph
	held        []string  // by the sentence before
	// last is the state that the paragraph before names last; "" for none.
	last    string
	context context // what stands around the paragraph
	// meets are the needs that the sentence meets, once its rules were looked for.
	meets [needs]bool
	// frames are who says what the sentence says.
	frames []frame
	// sources are the parties of the next sentence, where it says who says this one.
	sources []string
	// seconded reports whether the speaker agrees there with what this one says.
	seconded bool
	// innocent are the names that no rule holds responsible here, by their
	// first token.
	innocent map[int]bool
	// cleared are those of them that were so in an earlier reading of the sentence.
	cleared map[int]bool
	// victims are the states that the sentence tells to be attacked.
	victims []string
	// charged are the names that a rule has held responsible. A later rule
	// says no more of them.
	charged map[int]bool
}

func (r *reading) assertions() []found {
	defer r.done()
	var out []found
	for rule, able := range r.lang.ableIn(r.whole, r.holding()) {
		out = append(out, r.apply(rule, able)...)
	}
	return r.withoutRejected(out)
}

// prepare reads who is innocent and who says what the sentence says, once something
// is found that it matters for: most sentences hold nobody responsible.
func (r *reading) prepare() {
	if r.innocent != nil {
		return
	}
	r.innocent, r.charged = map[int]bool{}, map[int]bool{}
	maps.Copy(r.innocent, r.cleared)
	current := r.sentence
	rules := r.lang.ableIn(r.whole, r.lang.preparing)
	for range r.readings() {
		for rule, able := range rules {
			if rule.excludes {
				r.exclude(rule, able)
			} else {
				r.frame(rule, able)
			}
		}
	}
	r.sentence = current
	r.frameBehind()
	r.frameBefore()
}

// readings sets the sentence to be read whole and then bare.
func (r *reading) readings() iter.Seq[*sentence] {
	return func(yield func(*sentence) bool) {
		defer func() { r.sentence = r.whole }()
		if r.sentence = r.whole; !yield(r.sentence) {
			return
		}
		if !r.stripped {
			r.stripped, r.bare = true, r.lang.bare(r.passage, r.whole)
		}
		if r.sentence = r.bare; r.bare != nil {
			yield(r.sentence)
		}
	}
}

// apply finds what a rule makes of the sentence, whole and bare. The first pattern,
// and the first rule, that holds a name responsible counts: it is the one that says
// more.
func (r *reading) apply(rule *rule, able []int) []found {
	var out []found
	for range r.readings() {
		for m := range r.matches(able) {
			if !rule.subject || r.isSubject(m) {
				out = append(out, r.attributed(rule, m)...)
			}
		}
	}
	return out
}

func (r *reading) exclude(rule *rule, able []int) {
	for m := range r.matches(able) {
		for _, n := range r.namesIn(m, "not") {
			r.innocent[n.First] = true
			if rule.victims && n.State != "" && n.Form != gazetteer.Adjective {
				r.victims = append(r.victims, n.State)
			}
		}
	}
}

// namesIn are the names in the captures of a name.
func (r *reading) namesIn(m pattern.Match, capture string) []gazetteer.Match {
	var names []gazetteer.Match
	for _, c := range m.Captures {
		if c.Name != capture {
			continue
		}
		for _, s := range r.sentence.symbols[c.Start:c.End] {
			names = append(names, s.names...)
		}
	}
	return names
}

// attributed makes assertions of a match, one for each state that its whom( )
// names or, as a pronoun, stands for.
func (r *reading) attributed(rule *rule, m pattern.Match) []found {
	r.prepare()
	m = r.widened(m)
	states := states(r.charge(rule, m))
	if len(states) == 0 {
		return nil
	}
	a, by := r.assertion(rule, m)
	var out []found
	for _, state := range states {
		said := a
		said.By = slices.DeleteFunc(slices.Clone(by), func(id string) bool { return id == state })
		if said.Stance == quoted && len(said.By) == 0 && r.goesOn() {
			said.By = r.context.tellers[state]
		}
		if said.Stance == search.StanceReported && len(by) > 0 && len(said.By) == 0 {
			continue // what somebody says of his own deeds is no attribution
		}
		said.Groups = r.groups(state)
		if rule.denies && slices.Contains(r.sources, state) {
			said.Stance = search.StanceDenied
		}
		out = append(out, found{state, said})
		if said.Stance == search.StanceOwn && r.sentence.present.Has(r.lang.class.denial) {
			said.Stance = disclaimed
			out = append(out, found{state, said})
		}
	}
	return out
}

// names reports whether the sentence names somebody whom a rule has held responsible.
func (r *reading) names() bool {
	for first := range r.charged {
		if first != elsewhere {
			return true
		}
	}
	return false
}

// charge takes the names that a match holds responsible and no rule before did.
func (r *reading) charge(rule *rule, m pattern.Match) []gazetteer.Match {
	whom := r.namesIn(m, "whom")
	pronoun := len(whom) == 0
	switch {
	case pronoun && rule.denies && r.isSelf(m):
		whom = []gazetteer.Match{{Name: gazetteer.Name{State: oneself}, First: elsewhere}}
	case pronoun && rule.need[needKnown] && r.names():
		return nil // "the intruders, whom we know to be …"
	case pronoun && rule.need[needKnown]:
		whom = r.those(m)
	case pronoun && rule.denies: // of those accused, the one that speaks denies
		whom = append(r.antecedent(m), unnamed(r.accused...)...)
	case pronoun:
		whom = r.antecedent(m)
	}
	whom = slices.DeleteFunc(whom, func(n gazetteer.Match) bool {
		return r.charged[n.First] && !rule.employs || rule.need[needKnown] && !rule.denies && !slices.Contains(r.context.known, n.State) || !pronoun && !rule.denies && !rule.rejects && r.innocent[n.First] ||
			!pronoun && rule.subject && r.isVictim(n)
	})
	for _, n := range whom {
		r.charged[n.First] = r.charged[n.First] || !rule.employs
	}
	return whom
}

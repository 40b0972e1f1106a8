package annotate

import (
	"cmp"
	"slices"

	"demarche/index/annotate/pattern"
	"demarche/index/gazetteer"
	"demarche/index/phrase"
)

// parties are the states and bodies that a match names as attributing, in
// by( ). self says that the speaker is among them; named that there are parties
// at all, be they as vague as "several countries". A verb that says "we" makes the
// speaker one of them.
func (r *reading) parties(m pattern.Match) (ids []string, self, named bool) {
	self = slices.ContainsFunc(r.sentence.masks[m.Start:m.End], func(mask pattern.Mask) bool { return mask.Has(r.lang.class.we) })
	for _, c := range m.Captures {
		if c.Name != "by" {
			continue
		}
		named = named || c.End > c.Start
		for i := c.Start; i < c.End; i++ {
			self = self || r.sentence.masks[i].Has(r.lang.class.self)
			ids = append(ids, partyIDs(r.sentence.symbols[i].names)...)
			ids = append(ids, agencyStates(r.sentence.symbols[i].names)...)
			if r.sentence.masks[i].Has(r.lang.class.parties) {
				ids = append(ids, r.listBefore(i)...)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), self, named
}

// partyIDs are the states and bodies among names.
func partyIDs(names []gazetteer.Match) []string {
	var ids []string
	for _, n := range names {
		if n.Kind != gazetteer.Group {
			ids = append(ids, n.ID)
		}
	}
	return ids
}

// agencyStates are the states whose agencies are among names: what an agency says, its
// state does.
func agencyStates(names []gazetteer.Match) []string {
	var ids []string
	for _, n := range names {
		if n.Kind == gazetteer.Group && n.Agency && n.State != "" {
			ids = append(ids, n.State)
		}
	}
	return ids
}

// listBefore is the list of states and bodies that "these countries" at a
// symbol refers to: the nearest before it, in this sentence or the one before.
func (r *reading) listBefore(at int) []string {
	if ids := list(r.sentence, at); len(ids) > 0 || r.before == nil {
		return ids
	}
	return list(r.before, len(r.before.symbols))
}

// list gathers the last run of names before a symbol that stand close enough
// to be one list.
func list(s *sentence, at int) []string {
	const apart = 4 // symbols between two names of a list: ", as well as the"
	var ids []string
	last := -1
	for i := at - 1; i >= 0; i-- {
		here := partyIDs(s.symbols[i].names)
		if len(here) == 0 {
			continue
		}
		if last >= 0 && last-i > apart+1 {
			break
		}
		ids, last = append(ids, here...), i
	}
	return ids
}

// antecedent is what "its" or "the same actor" in whom( ) stands for: the
// nearest state or group named before it in the sentence, else the last one of
// the sentence before, else the state that was held responsible last, in the
// paragraph or the one before, else the state that the one before names last.
func (r *reading) antecedent(m pattern.Match) []gazetteer.Match {
	i := slices.IndexFunc(m.Captures, func(c pattern.Capture) bool { return c.Name == "whom" })
	if i < 0 {
		return nil
	}
	them := func(mask pattern.Mask) bool { return mask.Has(r.lang.class.them) }
	if slices.ContainsFunc(r.sentence.masks[m.Captures[i].Start:m.Captures[i].End], them) {
		return unnamed(r.accused)
	}
	if n, ok := r.lastActor(r.sentence, m.Captures[i].Start); ok {
		return []gazetteer.Match{n}
	}
	if r.pointsAhead() {
		return nil
	}
	if r.before != nil && r.accused == "" {
		if n, ok := r.lastActor(r.before, len(r.before.symbols)); ok {
			return []gazetteer.Match{n}
		}
	}
	return unnamed(cmp.Or(r.accused, r.last))
}

// pointsAhead reports whether an English sentence opens with a clause whose pronouns may
// stand for the name behind it: "After its spies had read our mail, Norway …".
func (r *reading) pointsAhead() bool {
	masks := r.sentence.masks
	comma := slices.IndexFunc(masks, func(m pattern.Mask) bool { return m.Has(r.lang.class.comma) })
	names := pattern.Of(r.lang.class.state, r.lang.class.group, r.lang.class.place)
	return r.lang.code == "en" && masks[1].Meets(pattern.Of(r.lang.class.preposition, r.lang.class.relative)) &&
		comma > 0 && slices.ContainsFunc(masks[comma:], func(m pattern.Mask) bool { return m.Meets(names) })
}

// unnamed is a state that the sentence does not name; none for "".
func unnamed(state string) []gazetteer.Match {
	if state == "" {
		return nil
	}
	return []gazetteer.Match{{Name: gazetteer.Name{State: state}, First: elsewhere}}
}

// elsewhere is the first token of a name that does not stand in the passage.
const elsewhere = -1

// lastActor is the last name of a state or group before a symbol; an adjective
// where it describes an organ of the state. Who tells of others is not meant, nor
// where a person comes from.
func (r *reading) lastActor(s *sentence, at int) (gazetteer.Match, bool) {
	for i := at - 1; i >= 0; i-- {
		for _, n := range s.symbols[i].names {
			speaks := n.Form == gazetteer.Office || s == r.sentence && r.innocent[n.First]
			speaks = speaks || s.masks[i-1].Has(r.lang.class.national)
			if n.State != "" && !speaks && !r.isPlace(s, i) && (n.Form != gazetteer.Adjective || r.organ(s, i, at)) {
				return n, true
			}
		}
	}
	return gazetteer.Match{}, false
}

// isPlace reports whether the English name at a symbol says where something is or whom it
// is aimed at, as in "the raid on the centre in Iraq and its other acts".
func (r *reading) isPlace(s *sentence, i int) bool {
	if i--; s.masks[i].Has(r.lang.class.article) && i > 0 {
		i--
	}
	if r.lang.code != "en" || !s.masks[i].Has(r.lang.class.preposition) {
		return false
	}
	switch phrase.Fold(marked(r.passage.text, s, i)) {
	case "in", "on", "against", "at", "into", "near", "inside", "upon", "within":
		return true
	}
	return false
}

// organ reports whether a word for an organ stands beside a symbol.
func (r *reading) organ(s *sentence, i, at int) bool {
	const beside = 2 // words: Russian special services; service de renseignement russe
	return slices.ContainsFunc(s.masks[max(0, i-beside):min(at, i+beside+1)], func(m pattern.Mask) bool { return m.Has(r.lang.class.organ) })
}

// lastState is the state that a passage names last, by itself or by its organs, rather
// not as where somebody or something is; "" for none.
func (l *language) lastState(p *passage) (state string) {
	for _, n := range slices.Backward(p.names) {
		if n.State != "" && !l.origin(p, n) {
			return n.State
		}
		state = cmp.Or(state, n.State)
	}
	return state
}

// origin reports whether a name says where a person comes from, or where something
// happens: a citizen of Latvia, to Vilnius.
func (l *language) origin(p *passage, n gazetteer.Match) bool {
	if n.First == 0 {
		return false
	}
	_, mask := l.word(p, n.First-1)
	return mask.Has(l.class.national) || n.Form == gazetteer.Place && mask.Has(l.class.preposition)
}

package annotate

import (
	"slices"
	"strings"

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
		if c.Name != "by" || r.joined(c) {
			continue
		}
		named = named || c.End > c.Start
		for i := c.Start; i < c.End; i++ {
			self = self || r.sentence.masks[i].Has(r.lang.class.self)
			if r.sentence.masks[i].Has(r.lang.class.leaders) {
				self, ids = true, append(ids, r.met()...)
			}
			ids = append(ids, partyIDs(r.sentence.symbols[i].names)...)
			ids = append(ids, agencyStates(r.sentence.symbols[i].names)...)
			if r.sentence.masks[i].Has(r.lang.class.parties) {
				several, leaders := r.severalBefore(i), r.leadersBefore(i)
				if self = self || leaders; leaders {
					several = r.met()
				}
				ids = append(ids, several...)
				self = self || r.joinedBefore(i)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), self, named
}

// joined reports whether by( ) of a match is those with whom the speaker acts, who are not
// named: "we work with partners to hold". It is the speaker who says so.
func (r *reading) joined(c pattern.Capture) bool {
	named := func(s symbol) bool { return len(s.names) > 0 }
	return c.Start > 0 && r.plays("joining", r.sentence, c.Start-1) && !slices.ContainsFunc(r.sentence.symbols[c.Start:c.End], named)
}

// leadersBefore reports whether "they" at a symbol are the speaker and whom he met: the title
// is of a meeting, or the sentence before is about the two leaders.
func (r *reading) leadersBefore(at int) bool {
	if !r.plays("leaders", r.sentence, at) {
		return false
	}
	leaders := func(m pattern.Mask) bool { return m.Has(r.lang.class.leaders) }
	if r.before != nil && slices.ContainsFunc(r.before.masks, leaders) {
		return true
	}
	if r.context.title == nil || len(r.met()) == 0 {
		return false
	}
	for _, t := range r.context.title.tokens {
		if r.lang.roles["meeting"][phrase.Fold(r.context.title.text[t.Start:t.End])] {
			return true
		}
	}
	return false
}

// met are the states and bodies that a title names as meeting: "Call with the President of
// Ghana". The two leaders are they and the speaker.
func (r *reading) met() []string {
	if r.context.title == nil {
		return nil
	}
	return partyIDs(r.context.title.names)
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

// severalBefore is what "they" at a symbol refers to, of [reading.listBefore]: one state alone
// is not several, one body is; and "this country" is the last.
func (r *reading) severalBefore(at int) []string {
	ids := r.listBefore(at)
	if len(ids) > 0 && r.sentence.masks[at].Has(r.lang.class.its) {
		return ids[:1]
	}
	if len(ids) == 1 && ids[0] == strings.ToUpper(ids[0]) && !r.joinedBefore(at) {
		return nil
	}
	return ids
}

// joinedBefore reports whether the sentence before names those with whom the speaker did
// something: "the three agencies" are his too.
func (r *reading) joinedBefore(at int) bool {
	with := func(m pattern.Mask) bool { return m.Has(r.lang.class.alongside) }
	return r.before != nil && len(list(r.sentence, at)) == 0 && !r.sentence.masks[at].Meets(pattern.Of(r.lang.class.its, r.lang.class.pronoun)) &&
		slices.ContainsFunc(r.before.masks, with)
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

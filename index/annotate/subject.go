package annotate

import (
	"slices"
	"strings"

	"demarche/index/annotate/pattern"
	"demarche/index/gazetteer"
	"demarche/index/phrase"
)

// An English pattern that begins with whom( ) takes the name for the subject of the
// verb behind it. A name that stands where no subject can is somebody else: the victim
// in "lured employees of the ministry, stole their passwords", the accuser in "which
// officials called massive, took down". See decisions/0011.

// isSubject reports whether the names that a match begins with can be the subject of
// what follows. Matches that begin with another word are not asked.
func (r *reading) isSubject(m pattern.Match) bool {
	i := slices.IndexFunc(m.Captures, func(c pattern.Capture) bool { return c.Name == "whom" })
	if r.lang.code != "en" || i < 0 || m.Captures[i].Start != m.Start || m.Captures[i].End == m.End {
		return true
	}
	c := m.Captures[i]
	if r.antecedes(c.End) && !r.isPlace(r.sentence, c.Start) {
		return true // but not in "a gang in Peru that robbed"
	}
	return !r.introduces(c.End) && !r.opensWithVerb(c) && !r.keepsHouse(c, m.End) && !r.describes(c) && !r.commented(c, m.End) && !r.parted(c.End, m.End) && !r.enabled(c) && !r.undergoes(c.End) && !r.governed(r.listStart(c))
}

// antecedes reports whether a relative pronoun follows that makes the name before it the
// subject of its clause, whatever it is in its own: "the behaviour of Russia, whose
// services", but not in "we said with Russia, that the services".
func (r *reading) antecedes(i int) bool {
	k, masks := r.lang.class, r.sentence.masks
	if masks[i].Has(k.comma) {
		i++
	}
	return i+1 < len(masks) && masks[i].Has(k.relative) && !masks[i+1].Has(k.article)
}

// introduces reports whether what a name at the symbol before i says follows: "as we said with
// Russia, that the services". Another is the subject there.
func (r *reading) introduces(i int) bool {
	k, masks := r.lang.class, r.sentence.masks
	return i+2 < len(masks) && masks[i].Has(k.comma) && masks[i+1].Has(k.relative) && masks[i+2].Has(k.article)
}

// opensWithVerb reports whether a capture begins with a verb whose object its name is.
func (r *reading) opensWithVerb(c pattern.Capture) bool {
	k, first := r.lang.class, r.sentence.masks[c.Start]
	return c.End-c.Start > 1 && first.Meets(k.verbs()) && !first.Meets(pattern.Of(k.person, k.hacker, k.organ, k.cyber, k.sponsor, k.attack))
}

// keepsHouse reports whether what a state does is done to what is its own: the sentence
// names no other, and the thing is "its".
func (r *reading) keepsHouse(c pattern.Capture, end int) bool {
	k, masks := r.lang.class, r.sentence.masks
	if end-2 <= c.End || !r.plays("own", r.sentence, end-2) {
		return false
	}
	if masks[end-1].Meets(pattern.Of(k.attack, k.hostile, k.harm, k.neutral)) {
		return false // "stepped up its cyberattacks"
	}
	others := pattern.Of(k.state, k.place, k.adjective, k.body, k.self)
	return masks[c.End-1].Meets(pattern.Of(k.state, k.place)) &&
		!slices.ContainsFunc(slices.Concat(masks[:c.Start], masks[c.End:]), func(m pattern.Mask) bool { return m.Meets(others) })
}

// describes reports whether a state's name only describes the noun behind it, which is
// of what is attacked: U.S. technology.
func (r *reading) describes(c pattern.Capture) bool {
	k, masks := r.lang.class, r.sentence.masks
	next := masks[c.End]
	return masks[c.End-1].Meets(pattern.Of(k.state, k.place)) && next.Has(k.object) &&
		!next.Meets(k.verbs()) && !next.Meets(pattern.Of(k.person, k.hacker, k.organ, k.hostile))
}

// commented reports whether the name is the subject of a clause that begins with
// "which" and ends with a comma before the verb.
func (r *reading) commented(c pattern.Capture, end int) bool {
	before := r.sentence.masks[c.Start-1]
	if !before.Has(r.lang.class.relative) {
		return false
	}
	return r.plays("comment", r.sentence, c.Start-1) && slices.ContainsFunc(r.sentence.masks[c.End:end], func(m pattern.Mask) bool { return m.Has(r.lang.class.comma) })
}

// parted reports whether a conjunction between a name and the end of a match begins a
// clause of its own: "its hospitals cancelled operations after malware paralysed". One
// that a comma follows stands in an aside.
func (r *reading) parted(from, to int) bool {
	k, masks := r.lang.class, r.sentence.masks
	for i := to - 1; i >= from; i-- {
		if masks[i].Has(k.comma) {
			if i+2 >= to {
				return false
			}
			another := i+3 < to && masks[i+1].Has(k.article) && masks[i+2].Meets(pattern.Of(k.hacker, k.them)) // ", the intruders had"
			return another || masks[i+1].Has(k.and) && masks[i+2].Has(k.article)                               // ", and an inquiry found"
		}
		if r.plays("parting", r.sentence, i) {
			return true
		}
	}
	return false
}

// enabled reports whether an infinitive follows a name that is the object of the verb before
// it: "helped Ghana to access", but not "at the direction of Ghana to access".
func (r *reading) enabled(c pattern.Capture) bool {
	k, before := r.lang.class, r.sentence.masks[c.Start-1]
	if !r.plays("infinitive", r.sentence, c.End) || before.Meets(pattern.Of(k.edge, k.comma, k.stop, k.relative)) {
		return false
	}
	words := strings.Fields(phrase.Fold(marked(r.passage.text, r.sentence, c.Start-1)))
	return !r.lang.roles["owner"][words[len(words)-1]]
}

// undergoes reports whether the verb behind a name at i is a passive: "was hit by".
func (r *reading) undergoes(i int) bool {
	const reach = 4 // was badly hit by
	masks := r.sentence.masks
	first, _, phrased := strings.Cut(phrase.Fold(marked(r.passage.text, r.sentence, i)), " ")
	if !masks[i].Has(r.lang.class.be) && !(phrased && (first == "was" || first == "were")) { // "was hit" of the word list
		return false
	}
	for j := i + 1; j < min(i+reach, len(masks)); j++ {
		if r.plays("agent", r.sentence, j) {
			return true
		}
	}
	return false
}

// listStart is where the list of names begins of which a capture holds some: "Brazil, India and
// Vietnam", of which it may hold two or the last alone, or those in the middle of "Brazil,
// India, Vietnam and others".
func (r *reading) listStart(c pattern.Capture) int {
	k, masks := r.lang.class, r.sentence.masks
	names := pattern.Of(k.state, k.place, k.body)
	start := c.Start
	switch {
	case slices.ContainsFunc(masks[c.Start:c.End], func(m pattern.Mask) bool { return m.Has(k.and) }):
	case start > 3 && masks[start-1].Has(k.and) && masks[start-2].Has(k.comma) && masks[start-3].Meets(names):
		start -= 3
	case slices.ContainsFunc(masks[c.Start:c.End], func(m pattern.Mask) bool { return m.Has(k.comma) }) && masks[c.End].Has(k.and):
	case start > 4 && masks[start-1].Has(k.comma) && masks[start-2].Meets(names) && masks[start-3].Has(k.comma) && masks[start-4].Meets(names):
	case start > 4 && masks[start-1].Has(k.and) && masks[start-2].Meets(names) && masks[start-3].Has(k.comma) && masks[start-4].Meets(names):
		start -= 2 // "in Brazil, India and Vietnam"
	default:
		return start
	}
	for start > 1 && masks[start-1].Has(k.comma) && masks[start-2].Meets(names) {
		start -= 2
	}
	return start
}

// governed reports whether a preposition or a verb before the name at i takes it for its
// object, across an article, an adjective, a list with "and" and "of" behind a word for
// people.
func (r *reading) governed(at int) bool {
	k, masks := r.lang.class, r.sentence.masks
	names := pattern.Of(k.state, k.adjective, k.place, k.group, k.body)
	people := pattern.Of(k.person, k.hacker, k.organ, k.post, k.group, k.office)
	for i := at - 1; i > 0; i-- {
		switch m := masks[i]; {
		case m.Has(k.article) || m.Has(k.malign) && !m.Meets(k.verbs()):
		case m.Has(k.number) && masks[i-1].Has(k.article): // "in the 2020 U.S. election"
		case m.Has(k.and) && masks[i-1].Meets(names):
			i-- // "in Poland and Lithuania"
		case m.Has(k.preposition):
			return !r.opensClause(i)
		case r.plays("genitive", r.sentence, i):
			if i--; !masks[i].Meets(people) {
				return !masks[i].Has(k.number)
			}
		case m.Meets(k.verbs()):
			noun := names.Or(pattern.Of(k.article, k.possessive, k.preposition, k.malign))
			// Behind "that", or at the beginning, "coordinated services" are a noun.
			opens := !m.Meets(pattern.Of(k.breach, k.enter)) && masks[i-1].Meets(pattern.Of(k.edge, k.relative, k.stop))
			return !masks[i-1].Meets(noun) && !opens
		case r.takesObject(i):
			return true
		case m != (pattern.Mask{}) || i != at-1:
			return false
		case capital(r.passage.text, r.sentence, i):
			return i > 1 // a firm that is named for the state: "Smith Foods America"
		case masks[i-1].Has(k.preposition):
			return !r.opensTime(i - 1) // "from rival South Korea"
		default:
			return false
		}
	}
	return false
}

// takesObject reports whether the phrase at i ends with a preposition of place: "involved
// in". Those who are "acting for" a state act as its subjects do.
func (r *reading) takesObject(i int) bool {
	words := strings.Fields(phrase.Fold(marked(r.passage.text, r.sentence, i)))
	return len(words) > 1 && words[len(words)-1] == "in"
}

// opensTime reports whether the preposition at i may open an adverbial of time or place
// that needs no comma: "in this operation Russia …".
func (r *reading) opensTime(i int) bool {
	return r.plays("time", r.sentence, i)
}

// opensClause reports whether the preposition at i may be a conjunction: "after its spies
// read our mail".
func (r *reading) opensClause(i int) bool {
	return r.plays("clause", r.sentence, i)
}

// verbs are the classes of what is done to somebody.
func (c *classes) verbs() pattern.Mask { return pattern.Of(c.breach, c.do, c.enter) }

// isVictim reports whether the sentence tells that the state of a name is attacked. Who is
// attacked seldom does it to himself.
func (r *reading) isVictim(n gazetteer.Match) bool { return slices.Contains(r.victims, n.State) }

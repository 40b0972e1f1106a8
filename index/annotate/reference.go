package annotate

import (
	"slices"
	"strings"

	"demarche/index/annotate/pattern"
	"demarche/index/gazetteer"
	"demarche/search"
)

// What words stand for that refer back: "its", "the same actor", "the defendants", "these
// two". They reach as far as the paragraph before. See decisions/0014.

// employing is the stance, in drafts only, of a sentence that says whom somebody works for:
// it holds nobody responsible, but who is spoken of next may be those people.
const employing search.Stance = "employing"

// accused are the states that the assertions of a sentence hold responsible; the one of
// the last words comes last.
func accused(said []found) []string {
	said = slices.DeleteFunc(slices.Clone(said), func(a found) bool { return a.Stance == employing })
	slices.Reverse(said)
	ids := statesOf(said)
	slices.Reverse(ids)
	if len(ids) > 1 {
		ids = slices.DeleteFunc(ids, func(id string) bool { return id == oneself }) // and who that is
	}
	return ids
}

// employers are the states whose people are named.
func employers(said []found) []string {
	return statesOf(slices.DeleteFunc(slices.Clone(said), func(a found) bool { return a.Stance != employing }))
}

// refers reports whether whom( ) of a match has a word of a class.
func (r *reading) refers(m pattern.Match, class pattern.Class) bool {
	return slices.ContainsFunc(m.Captures, func(c pattern.Capture) bool {
		return c.Name == "whom" && slices.ContainsFunc(r.sentence.masks[c.Start:c.End], func(m pattern.Mask) bool { return m.Has(class) })
	})
}

// those are the states that whom( ) of a match stands for, where it names none: for "the
// defendants" those whose people were named; else whoever was held responsible, one for
// "its", the first for "the former", and for others those named nearest. Where nobody was, all are the former.
func (r *reading) those(m pattern.Match) []gazetteer.Match {
	switch {
	case r.refers(m, r.lang.class.defendant):
		return unnamed(r.context.employers...)
	case r.refers(m, r.lang.class.both):
		return unnamed(r.several()...)
	case len(r.accused) == 0:
		return unnamed(r.context.employers...)
	case r.refers(m, r.lang.class.its):
		return unnamed(r.accused[len(r.accused)-1])
	case r.refers(m, r.lang.class.former):
		return unnamed(r.accused[0])
	}
	return unnamed(r.nearest(m.Start)...)
}

// nearest are those held responsible before whom the sentence names before a word, else
// those whom the sentence before names; all of them where neither names any.
func (r *reading) nearest(end int) []string {
	if near := among(r.accused, r.sentence.symbols[:end]); len(near) > 0 {
		return near
	}
	if r.before != nil {
		if near := among(r.accused, r.before.symbols); len(near) > 0 {
			return near
		}
		if r.tellsOfOthers() {
			return nil
		}
	}
	return r.accused
}

// tellsOfOthers reports whether the sentence before names a service of a state that is not
// accused, or opens with people of one: they may be who "they" are.
func (r *reading) tellsOfOthers() bool {
	const opening = 4 // symbols, the edge among them
	k, s := r.lang.class, r.before
	for i := 1; i+1 < min(len(s.masks), opening); i++ {
		if s.masks[i].Has(k.adjective) && s.masks[i+1].Meets(pattern.Of(k.organ, k.hacker)) && len(s.symbols[i].names) > 0 && !slices.Contains(r.accused, s.symbols[i].names[0].State) {
			return true
		}
	}
	return slices.ContainsFunc(s.symbols, servesOthers(r.accused))
}

// servesOthers tells of a symbol whether it is a service of another state than these: its
// people may be meant by "they".
func servesOthers(states []string) func(symbol) bool {
	return func(s symbol) bool {
		return slices.ContainsFunc(s.names, func(n gazetteer.Match) bool { return n.Agency && n.State != "" && !slices.Contains(states, n.State) })
	}
}

// among are those of the states that symbols name.
func among(states []string, symbols []symbol) []string {
	return slices.DeleteFunc(slices.Clone(states), func(id string) bool {
		return !slices.ContainsFunc(symbols, func(s symbol) bool {
			return slices.ContainsFunc(s.names, func(n gazetteer.Match) bool { return n.State == id })
		})
	})
}

// several are the states that "these two" stands for: those held responsible last, else
// those that the sentence before names together, else all held responsible so far; none
// where that is one alone.
func (r *reading) several() []string {
	for _, ids := range [][]string{r.accused, r.listedBefore(), r.context.known} {
		ids = slices.Clone(ids)
		slices.Sort(ids)
		if ids = slices.Compact(ids); len(ids) > 1 {
			return ids
		}
	}
	return nil
}

// all are the states held responsible last, or so far where that is one alone: "the same
// services".
func (r *reading) all() []string {
	known := slices.Compact(slices.Sorted(slices.Values(r.context.known)))
	if len(r.accused) > 1 || len(known) < 2 {
		return r.accused
	}
	return known
}

// listedBefore is the last list of states of the sentence before, or of the last of the
// paragraph before where this is its first, without those that no rule holds responsible
// there.
func (r *reading) listedBefore() []string {
	earlier := reading{lang: r.lang, passage: r.passage, whole: r.before}
	if r.before == nil && r.context.before != nil {
		earlier.passage = r.context.before
		if sentences := r.lang.sentencesOf(earlier.passage, earlier.passage.all); len(sentences) > 0 {
			earlier.whole = sentences[len(sentences)-1]
		}
	}
	if earlier.whole == nil {
		return nil
	}
	earlier.sentence = earlier.whole
	defer earlier.done()
	earlier.prepare()
	innocent := func(id string) bool {
		return id != strings.ToUpper(id) || slices.ContainsFunc(earlier.passage.names, func(n gazetteer.Match) bool {
			return n.State == id && earlier.innocent[n.First]
		})
	}
	return slices.DeleteFunc(list(earlier.whole, len(earlier.whole.symbols)), innocent)
}

// antecedent is what "its" or "the same actor" in whom( ) stands for: the
// nearest state or group named before it in the sentence, else the last one of
// the sentence before, else the state that was held responsible last, in the
// paragraph or the one before, else the state that the one before names last. A complement
// stands for none but the state that was held responsible last.
func (r *reading) antecedent(m pattern.Match) []gazetteer.Match {
	i := slices.IndexFunc(m.Captures, func(c pattern.Capture) bool { return c.Name == "whom" })
	if i < 0 {
		return nil
	}
	k := r.lang.class
	if r.refers(m, k.both) && r.refers(m, k.its) {
		return unnamed(r.all()...)
	}
	if slices.ContainsFunc([]pattern.Class{k.both, k.them, k.defendant}, func(c pattern.Class) bool { return r.refers(m, c) }) {
		return r.those(m)
	}
	if r.complement(m.Captures[i].Start) {
		if r.before != nil && !r.accusedHere && oneState(r.before) {
			if n, ok := r.lastActor(r.before, len(r.before.symbols)); ok {
				return []gazetteer.Match{n}
			}
		}
		return unnamed(r.accused[max(0, len(r.accused)-1):]...)
	}
	people := r.refers(m, k.person)
	if n, ok := r.lastActor(r.sentence, r.ownerOf(m.Captures[i].Start)); ok && (!people || r.isAccused(n)) {
		return []gazetteer.Match{n}
	}
	if people && len(r.accused) == 0 {
		if groups := append(r.lastGroup(), unnamed(r.context.culprit())...); len(groups) > 0 {
			return groups[:1]
		}
		if r.lang.code == "fr" {
			return nil
		}
	}
	if r.pointsAhead() {
		return nil
	}
	if n, ok := r.topic(); ok && !r.accusedHere && (r.refers(m, k.theirs) || !r.refers(m, k.its)) {
		return []gazetteer.Match{n}
	}
	if n, ok := r.goingOn(); ok && r.refers(m, k.theirs) && !r.accusedHere {
		return []gazetteer.Match{n}
	}
	if r.before != nil && (len(r.accused) == 0 || !r.accusedHere && oneState(r.before)) {
		if n, ok := r.lastActor(r.before, len(r.before.symbols)); ok {
			return []gazetteer.Match{n}
		}
	}
	if len(r.accused) == 0 {
		return unnamed(r.last)
	}
	return unnamed(r.accused[len(r.accused)-1])
}

// isAccused reports whether a name may be whom "the same service" stands for: it is of a state
// held responsible, here or last, or nobody is. Behind "Norway says that the same service" it
// is not Norway's.
func (r *reading) isAccused(n gazetteer.Match) bool {
	return len(r.accused) == 0 || r.charged[n.First] || slices.Contains(r.accused, n.State)
}

// goingOn is the state whose "its" the sentence before has: "We condemn Iran's launches and
// its aid to Syria. The volume of its thefts …".
func (r *reading) goingOn() (gazetteer.Match, bool) {
	if r.before == nil {
		return gazetteer.Match{}, false
	}
	its := slices.IndexFunc(r.before.masks, func(m pattern.Mask) bool { return m.Has(r.lang.class.theirs) })
	if its < 0 {
		return gazetteer.Match{}, false
	}
	return r.lastActor(r.before, its)
}

// lastGroup is the last group or agency of the sentence before: who is meant by "this group"
// where nobody was held responsible, and no state that is only named.
func (r *reading) lastGroup() []gazetteer.Match {
	if r.before == nil {
		return nil
	}
	for _, s := range slices.Backward(r.before.symbols) {
		for _, n := range s.names {
			if n.Kind == gazetteer.Group && n.State != "" {
				return []gazetteer.Match{n}
			}
		}
	}
	return nil
}

// oneState reports whether a sentence names one state and no other.
func oneState(s *sentence) bool {
	var named []gazetteer.Match
	for _, y := range s.symbols {
		named = append(named, y.names...)
	}
	return len(states(named)) == 1
}

// ownerOf is before which symbol of the sentence the owner stands of what the pronoun at i
// says to be his: that of the first of a list, as in "the bases of Iran, its support for
// Lebanon's army, and its hacking".
func (r *reading) ownerOf(i int) int {
	k, masks := r.lang.class, r.sentence.masks
	listed := func(i int) bool { return i > 1 && masks[i-1].Meets(pattern.Of(k.comma, k.and)) }
	for j := i - 1; listed(i) && j > 1; j-- {
		if masks[j].Has(k.theirs) && listed(j) {
			i = j
		}
	}
	return i
}

// topic is the state that the sentence before speaks of: which it begins with or calls on,
// and which does not only help or suffer there. "Iran arms Lebanon's army. Its hacking …"
// and "We demand of Iran … The raids that it carries out …" are Iran's.
func (r *reading) topic() (gazetteer.Match, bool) { return r.topicOf(false) }

// topicOf is [reading.topic], of several people only where it is named by those who rule or
// act for it.
func (r *reading) topicOf(several bool) (gazetteer.Match, bool) {
	const first = 4 // words: the Government of the Islamic Republic of Iran is one
	if r.before == nil {
		return gazetteer.Match{}, false
	}
	opening := func(from int) int { return min(from+first+1, len(r.before.symbols)) }
	call := slices.IndexFunc(r.before.masks[:opening(0)], func(m pattern.Mask) bool { return m.Has(r.lang.class.call) })
	i := slices.IndexFunc(r.before.symbols[:opening(max(call, r.address()))], func(s symbol) bool { return len(s.names) > 0 })
	if i < 0 {
		return gazetteer.Match{}, false
	}
	n := r.before.symbols[i].names[0]
	earlier := reading{lang: r.lang, passage: r.passage, sentence: r.before, whole: r.before, context: r.context}
	calls := call >= 0 && call < i
	ruled := earlier.ruled(i)
	if n.State == "" || several && !ruled || n.Form != gazetteer.Noun && n.Form != gazetteer.Place && !ruled || !calls && !ruled && (earlier.complement(i) || i > 1 && earlier.complement(i-1)) {
		return gazetteer.Match{}, false
	}
	defer earlier.done()
	earlier.prepare()
	return n, !earlier.innocent[n.First] && !slices.Contains(earlier.victims, n.State)
}

// address is the last comma of what the French sentence before opens with: forms of address and
// of time, "Monsieur le ministre, chers collègues, hier, …"; 0 for none.
func (r *reading) address() int {
	if r.lang.code != "fr" {
		return 0
	}
	at := 0
	for i, m := range r.before.masks {
		switch {
		case len(r.before.symbols[i].names) > 0 || m.Meets(pattern.Of(r.lang.class.be, r.lang.class.relative)):
			return at
		case m.Has(r.lang.class.comma):
			at = i
		}
	}
	return 0
}

// ruled reports whether the name at a symbol says whose government a word for one beside it
// is: "the regime in Minsk", "the Belarusian authorities".
func (r *reading) ruled(i int) bool {
	k, masks := r.lang.class, r.sentence.masks
	if i+1 < len(masks) && masks[i+1].Has(k.organ) {
		return true
	}
	for i--; i > 1 && (masks[i].Meets(pattern.Of(k.article, k.preposition)) || r.plays("genitive", r.sentence, i)); i-- {
	}
	return masks[i].Meets(pattern.Of(k.organ, k.its))
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

// complement reports whether a word stands behind a preposition, but for a possessive: names
// before it are those of its clause ("firms of Spain were hit by the same actor"), so it
// stands for none of them.
func (r *reading) complement(i int) bool {
	return r.sentence.masks[i-1].Has(r.lang.class.preposition) && !r.sentence.masks[i].Has(r.lang.class.theirs)
}

// unnamed are states that the sentence does not name; none for "".
func unnamed(states ...string) (names []gazetteer.Match) {
	for _, state := range states {
		if state != "" {
			names = append(names, gazetteer.Match{Name: gazetteer.Name{State: state}, First: elsewhere})
		}
	}
	return names
}

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
	return s.masks[i].Has(r.lang.class.preposition) && r.plays("place", s, i)
}

// organ reports whether a word for an organ stands beside a symbol.
func (r *reading) organ(s *sentence, i, at int) bool {
	const beside = 2 // words: Russian special services; service de renseignement russe
	return slices.ContainsFunc(s.masks[max(0, i-beside):min(at, i+beside+1)], func(m pattern.Mask) bool { return m.Has(r.lang.class.organ) })
}

package annotate

import (
	"iter"
	"slices"

	"demarche/index/annotate/pattern"
	"demarche/index/gazetteer"
	"demarche/index/phrase"
	"demarche/search"
)

// passage is a paragraph, or another run of text, being read.
type passage struct {
	text   string
	tokens []phrase.Token
	names  []gazetteer.Match
	// sentences are read once, see sentencesOf.
	sentences []*sentence
	all       bool // no sentence was passed over
	// cyber are the bytes at which words about cyberspace begin, read once, see
	// cyberOf; faint are those of words that tell it of their own sentence alone.
	cyber     []int
	faint     []int
	cyberRead bool
	turns     []turn
	words     []word // of the tokens, each read once
}

// word is what the word list knows of the phrase that begins at a token: how many
// tokens it has, 0 for one that it does not know, and its classes.
type word struct {
	read  bool
	count int
	mask  pattern.Mask
}

// word looks up the phrase at a token.
func (l *language) word(p *passage, i int) (count int, mask pattern.Mask) {
	if p.words == nil {
		p.words = make([]word, len(p.tokens))
	}
	w := &p.words[i]
	if !w.read {
		w.read = true
		w.count, w.mask = l.grammar.At(p.text, p.tokens, i)
	}
	return w.count, w.mask
}

// isRead reports whether the phrase at a token has been looked up.
func (p *passage) isRead(i int) bool { return p.words != nil && p.words[i].read }

// read cuts texts of one document to tokens and finds their names, settled
// over all of them.
func (a *Annotator) read(lang string, texts []string) []passage {
	passages := make([]passage, len(texts))
	names := make([][]gazetteer.Match, len(texts))
	for i, text := range texts {
		tokens := phrase.Tokens(text)
		passages[i] = passage{text: text, tokens: tokens}
		names[i] = a.gazetteer.In(lang, text, tokens)
	}
	for i, settled := range gazetteer.Settle(names) {
		passages[i].names = a.languages[lang].owned(texts[i], settled)
	}
	return passages
}

// mentions are the states and bodies that a passage names, each once, in order.
// A capital, an office or an agency names no state.
func (p *passage) mentions() []string {
	var ids []string
	for _, n := range p.names {
		if n.Kind != gazetteer.Group && n.Form != gazetteer.Place && n.Form != gazetteer.Office && !slices.Contains(ids, n.ID) {
			ids = append(ids, n.ID)
		}
	}
	return ids
}

// sentencesOf reads the sentences of a passage: all, or those that name somebody
// or stand behind one that does. The others are nil.
func (l *language) sentencesOf(p *passage, all bool) []*sentence {
	if p.sentences != nil && p.all == all || len(p.names) == 0 && !all {
		return p.sentences
	}
	p.sentences, p.all = nil, all
	r := &reader{lang: l, passage: p, text: p.text, tokens: p.tokens, names: p.names}
	named := false
	for _, span := range l.sentences(p) {
		before := named
		named = slices.ContainsFunc(p.names, func(n gazetteer.Match) bool { return n.First >= span[0] && n.First < span[1] })
		if !named && !before && !all {
			p.sentences = append(p.sentences, nil)
			continue
		}
		p.sentences = append(p.sentences, r.sentence(span[0], span[1]))
	}
	return p.sentences
}

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
	sentences := l.sentencesOf(p, len(c.accused) > 0 || c.before != nil && len(c.before.names) > 0)
	for i, s := range sentences {
		var said []found
		if s != nil {
			reading := reading{lang: l, passage: p, sentence: s, whole: s, before: before, accused: c.accused, accusedHere: len(last) > 0, last: nearest, context: c}
			reading.after = l.source(sentences[i+1:])
			reading.standIn()
			s = reading.whole
			said = reading.assertions()
			if asks(p.turns, s.symbols[0].span.Start, c.asking > 0) {
				said = reportedByAsker(said)
			}
		}
		out = append(out, said...)
		if held := accused(said); len(held) > 0 {
			c.accused, last = held, held
		}
		if ids := employers(said); len(ids) > 0 {
			c.employers = ids
		}
		c.known = append(c.known, statesOf(slices.DeleteFunc(slices.Clone(said), func(a found) bool { return a.Stance == disclaimed }))...)
		before = s
	}
	return out, last
}

// reportedByAsker are the assertions of a question that stay: those that tell what
// somebody else says, be he named or not.
func reportedByAsker(said []found) []found {
	said = slices.DeleteFunc(said, func(a found) bool { return a.Stance != search.StanceReported && a.Stance != quoted })
	for i := range said {
		said[i].Stance = asked
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
	before      *sentence // nil at the start
	after       *sentence // the one behind, where it says who says so; else nil
	accused     []string  // the states held responsible last
	accusedHere bool      // in this paragraph
	// last is the state that the paragraph before names last; "" for none.
	last    string
	context context // what stands around the paragraph
	// frames are who says what the sentence says.
	frames []frame
	// sources are the parties of the next sentence, where it says who says this one.
	sources []string
	// seconded reports whether the speaker agrees there with what this one says.
	seconded bool
	// innocent are the names that no rule holds responsible here, by their
	// first token.
	innocent map[int]bool
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
}

// readings sets the sentence to be read whole and then bare.
func (r *reading) readings() iter.Seq[*sentence] {
	return func(yield func(*sentence) bool) {
		defer func() { r.sentence = r.whole }()
		if r.sentence = r.whole; !yield(r.sentence) {
			return
		}
		if !r.stripped {
			r.stripped, r.bare = true, r.lang.bare(r.passage.text, r.whole)
		}
		if r.sentence = r.bare; r.bare != nil {
			yield(r.sentence)
		}
	}
}

// holding are the patterns of the rules that may hold somebody responsible in the sentence:
// it has what they need.
func (r *reading) holding() pattern.Numbers {
	l := r.lang
	among := slices.Clone(l.asserting)
	for n, needing := range l.needing {
		if !r.has(need(n)) {
			among.Remove(needing)
		}
	}
	return among
}

func (r *reading) has(n need) bool {
	l, s := r.lang, r.whole
	switch n {
	case needCyber:
		return l.near(r.passage, s, r.context)
	case needClose:
		return r.close()
	case needAct:
		return s.present.Meets(l.class.acts())
	case needDeed:
		return s.present.Meets(l.class.deeds())
	case needUnarmed:
		return !s.present.Has(l.class.arms)
	case needKnown:
		return r.known()
	}
	return true
}

// close reports whether the sentence speaks of cyberspace, or one right beside it
// does; so does one of taking data. Beside one that does, a sentence of arms is of
// another matter.
func (r *reading) close() bool {
	l, s := r.lang, r.whole
	if s.present.Meets(pattern.Of(l.class.cyber, l.class.attack, l.class.crew, l.class.hacker)) {
		return true
	}
	armed := s.present.Has(l.class.arms)
	taken := s.present.Meets(pattern.Of(l.class.breach, l.class.enter, l.class.smash)) || s.present.Has(l.class.hostile) && !armed
	kept := func(m pattern.Mask) bool { return m.Has(l.class.data) && !m.Has(l.class.faint) }
	if taken && slices.ContainsFunc(s.masks, kept) {
		return true
	}
	if armed {
		return false
	}
	return l.within(r.passage, s, r.context, closeReach) || !s.present.Has(l.class.matter) && l.topical(r.context)
}

// known reports whether somebody was held responsible just before and the sentence may
// go on about it: it speaks of no other matter, or of cyberspace too.
func (r *reading) known() bool {
	l, s := r.lang, r.whole
	return len(r.context.known) > 0 &&
		(!s.present.Meets(pattern.Of(l.class.arms, l.class.matter)) || s.present.Meets(pattern.Of(l.class.cyber, l.class.attack)))
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
		return r.charged[n.First] && !rule.employs || rule.need[needKnown] && !slices.Contains(r.context.known, n.State) || !pronoun && !rule.denies && !rule.rejects && r.innocent[n.First] ||
			!pronoun && rule.subject && r.isVictim(n)
	})
	for _, n := range whom {
		r.charged[n.First] = r.charged[n.First] || !rule.employs
	}
	return whom
}

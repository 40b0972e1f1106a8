package annotate

import (
	"slices"
	"strings"
	"unicode/utf8"

	"demarche/index/annotate/pattern"
)

// frame says who says what a sentence says: "according to Germany", "Norway's
// finding that".
type frame struct {
	by          []string
	self, named bool
	// beside: they say it too, whoever else does; hearsay: they are somebody without
	// the name of a state; claimed: it is what accusations say, nobody's word for it.
	beside, hearsay, claimed bool
	// back: they are somebody spoken of before.
	back bool
	// with: they are named behind "together with", so say nothing alone; theirs: as "its
	// partners in", so whoever has these says it first.
	with, theirs bool
	// quoting: it stands behind a quotation, in which "we" is whom it names.
	quoting bool
}

// frame finds who says what the sentence says. They do not say it of themselves.
func (r *reading) frame(rule *rule, able []int) {
	for m := range r.matches(able) {
		f := frame{beside: rule.besides, hearsay: rule.hearsay, quoting: r.closesQuote(m.Start)}
		f.with = f.beside && r.sentence.masks[m.Start].Has(r.lang.class.alongside)
		f.theirs = f.beside && r.sentence.masks[m.Start].Has(r.lang.class.theirs)
		f.claimed = f.hearsay && r.sentence.masks[m.Start].Has(r.lang.class.claim)
		if f.by, f.self, f.named = r.parties(m); f.hearsay && r.refersBack(m) {
			f.back = true
			placed := r.there(m) || r.staged()
			if f.by = r.saidBefore(); len(f.by) == 0 && placed {
				f.by = r.scene()
			}
			f.named = len(f.by) > 0
			f.hearsay = !f.named || !placed && !r.isPronoun(m) // "he" is known to be theirs
		}
		if len(f.by) == 0 && r.takesUp(m) {
			continue
		}
		if f.named && len(f.by) == 0 && !f.self && !f.hearsay && r.officeBy(m) {
			f.by = r.saidBefore()
		}
		r.frames = append(r.frames, f)
		for _, n := range r.namesIn(m, "by") {
			r.innocent[n.First] = true
		}
	}
}

// takesUp reports whether by( ) of a match is "they" behind a name in the same sentence:
// who is spoken of, not who says so: "the spies read our mail, and they knew the way".
func (r *reading) takesUp(m pattern.Match) bool {
	return slices.ContainsFunc(m.Captures, func(c pattern.Capture) bool {
		return c.Name == "by" && c.End-c.Start == 1 && r.sentence.masks[c.Start].Has(r.lang.class.parties) &&
			slices.ContainsFunc(r.sentence.symbols[:c.Start], func(s symbol) bool { return len(s.names) > 0 })
	})
}

// frameBehind adds the frames of the next sentence where it says who says this one:
// "Об этом сообщает …".
func (r *reading) frameBehind() {
	if r.after == nil {
		return
	}
	after := reading{lang: r.lang, passage: r.passage, sentence: r.after, whole: r.after, before: r.whole, context: r.context}
	defer after.done()
	after.prepare()
	r.frames = append(r.frames, after.frames...)
	r.sources, r.seconded, _ = after.framed()
}

// frameBefore adds those who join in a statement in the sentence before, where this one goes on
// about it: "Chad joined the statement of the Union. It condemns …".
func (r *reading) frameBefore() {
	if r.before == nil || !r.plays("statement", r.sentence, 1) && !r.plays("statement", r.sentence, 2) {
		return
	}
	before := reading{lang: r.lang, passage: r.passage, sentence: r.before, whole: r.before, context: r.context}
	defer before.done()
	before.prepare()
	r.frames = append(r.frames, slices.DeleteFunc(before.frames, func(f frame) bool { return !f.beside })...)
}

// source is the next of sentences where it says who says the one before it; else nil.
func (l *language) source(rest []*sentence) *sentence {
	const opening = 24 // words: "We have said so with our Norwegian and Danish partners, who have reached the same conclusion"
	if len(rest) == 0 || rest[0] == nil {
		return nil
	}
	masks := rest[0].masks
	if !slices.ContainsFunc(masks[1:min(len(masks), 1+opening)], func(m pattern.Mask) bool { return m.Has(l.class.hereof) }) {
		return nil
	}
	return rest[0]
}

// framed are the parties of all frames of the sentence, as [reading.parties] has
// them. A speaker who recalls what others said is none of them: "we recall that Chad said".
func (r *reading) framed() (ids []string, self, named bool) {
	quoting := slices.ContainsFunc(r.frames, func(f frame) bool { return f.quoting && !f.self })
	alone := false // the speaker
	for _, f := range r.frames {
		if f.beside || f.hearsay || quoting && f.self || r.onlyWith(f) {
			continue
		}
		ids, self, named = append(ids, f.by...), self || f.self && len(f.by) > 0, named || f.named
		alone = alone || f.self && len(f.by) == 0
	}
	return ids, self || alone && len(ids) == 0, named
}

// onlyWith reports whether the parties of a frame are all named, or left vague, as those
// with whom somebody else says it.
func (r *reading) onlyWith(f frame) bool {
	with := func(id string) bool {
		return slices.ContainsFunc(r.frames, func(o frame) bool { return (o.with || o.theirs) && slices.Contains(o.by, id) })
	}
	if len(f.by) == 0 {
		vague := func(o frame) bool { return o.with && o.named && len(o.by) == 0 }
		return f.named && !f.self && slices.ContainsFunc(r.frames, vague)
	}
	return !slices.ContainsFunc(f.by, func(id string) bool { return !with(id) })
}

// seconds reports whether all parties are named as those with whom somebody else says it: "the
// centre and its partners in Japan".
func (r *reading) seconds(ids []string) bool {
	theirs := func(id string) bool {
		return slices.ContainsFunc(r.frames, func(o frame) bool { return o.theirs && slices.Contains(o.by, id) })
	}
	return len(ids) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return !theirs(id) })
}

// closesQuote reports whether the comma at a symbol has a closing quotation mark beside it.
func (r *reading) closesQuote(at int) bool {
	text, span := r.passage.text, r.sentence.symbols[at].span
	before, _ := utf8.DecodeLastRuneInString(text[:span.Start])
	after, _ := utf8.DecodeRuneInString(text[span.End:])
	return r.sentence.masks[at].Has(r.lang.class.comma) && (strings.ContainsRune("\"”’»", before) || strings.ContainsRune("\"”’»", after))
}

// heard are the parties of what somebody says who is not named with a state, as far as
// the sentences before name them; ok is false where nobody does.
func (r *reading) heard() (ids []string, ok bool) {
	for _, f := range r.frames {
		if f.hearsay {
			ids, ok = append(ids, f.by...), true
		}
	}
	return ids, ok
}

// goesOn reports whether somebody spoken of before says what the sentence says.
func (r *reading) goesOn() bool {
	return slices.ContainsFunc(r.frames, func(f frame) bool { return f.back })
}

// tellsClaim reports whether the sentence tells what accusations say.
func (r *reading) tellsClaim() bool {
	return slices.ContainsFunc(r.frames, func(f frame) bool { return f.claimed })
}

// refersBack reports whether by( ) of a match is one that was spoken of before: "he", "the
// minister", a surname alone.
func (r *reading) refersBack(m pattern.Match) bool {
	i := slices.IndexFunc(m.Captures, func(c pattern.Capture) bool { return c.Name == "by" })
	if i < 0 {
		return false
	}
	c := m.Captures[i]
	last := r.sentence.masks[c.End-1]
	switch c.End - c.Start {
	case 1:
		return last.Has(r.lang.class.pronoun) || last == (pattern.Mask{}) && capital(r.passage.text, r.sentence, c.Start) || r.officeAlone(c)
	case 2:
		return r.sentence.masks[c.Start].Has(r.lang.class.article) && last.Meets(pattern.Of(r.lang.class.organ, r.lang.class.post)) || r.officeAlone(c)
	}
	behind := r.lang.endings != nil && r.sentence.masks[c.Start].Has(r.lang.class.pronoun) // "said he to colleagues"
	return behind || r.officeAlone(c) || r.local(c)
}

// officeBy reports whether by( ) of a match is an office alone.
func (r *reading) officeBy(m pattern.Match) bool {
	return slices.ContainsFunc(m.Captures, func(c pattern.Capture) bool { return c.Name == "by" && c.End > c.Start && r.officeAlone(c) })
}

// officeAlone reports whether a capture, in a language without articles, is a word for an
// office alone, or with the name of who holds it: "ведомства", "министр Стив".
func (r *reading) officeAlone(c pattern.Capture) bool {
	office := pattern.Of(r.lang.class.organ, r.lang.class.post)
	if r.lang.endings == nil || !r.sentence.masks[c.Start].Meets(office) {
		return false
	}
	for i := c.Start + 1; i < c.End; i++ {
		if r.sentence.masks[i] != (pattern.Mask{}) || !capital(r.passage.text, r.sentence, i) {
			return false
		}
	}
	return true
}

// isPronoun reports whether by( ) of a match is a pronoun.
func (r *reading) isPronoun(m pattern.Match) bool {
	return slices.ContainsFunc(m.Captures, func(c pattern.Capture) bool {
		return c.Name == "by" && r.sentence.masks[c.Start].Has(r.lang.class.pronoun)
	})
}

// saidBefore are the parties of who said something last in the sentence before, or in
// the paragraph before where this is its first.
func (r *reading) saidBefore() []string {
	before := []*sentence{r.before}
	if r.before == nil && r.context.before != nil {
		before = r.lang.sentencesOf(r.context.before, r.context.before.all)
	}
	for _, s := range slices.Backward(before) {
		if s == nil {
			continue
		}
		earlier := reading{lang: r.lang, passage: r.passage, sentence: s, whole: s}
		if s != r.before {
			earlier.passage = r.context.before
		}
		earlier.prepare()
		earlier.done()
		if ids, _, _ := earlier.framed(); len(ids) > 0 {
			return ids
		}
		if ids := earlier.officials(); len(ids) > 0 && (r.lang.endings == nil || len(ids) == 1) {
			return ids
		}
	}
	return nil
}

// there reports whether by( ) of a match is of the place spoken of: "the local police".
func (r *reading) there(m pattern.Match) bool {
	return slices.ContainsFunc(m.Captures, func(c pattern.Capture) bool { return c.Name == "by" && r.local(c) })
}

// local reports whether a capture says that somebody is of the place spoken of.
func (r *reading) local(c pattern.Capture) bool {
	for i := c.Start; i < c.End; i++ {
		if r.plays("there", r.sentence, i) {
			return true
		}
	}
	return false
}

// staged reports whether the sentence before begins with a place: "In Chad", so whoever has
// an office in this one is of there.
func (r *reading) staged() bool {
	const name = 2 // symbol: behind the edge and the preposition
	return r.lang.endings != nil && r.before != nil && len(r.before.symbols) > name &&
		len(r.before.symbols[name].names) > 0 && r.before.masks[name-1].Has(r.lang.class.preposition)
}

// scene is the state of which the sentence before speaks, if it names one alone.
func (r *reading) scene() []string {
	if r.before == nil || !oneState(r.before) {
		return nil
	}
	for _, s := range r.before.symbols {
		if len(s.names) > 0 {
			return partyIDs(s.names)
		}
	}
	return nil
}

// officials are the states whose offices a sentence names: who is spoken of, and may be
// "he" in the next.
func (r *reading) officials() []string {
	const beside = 3 // words: the deputy defence minister of Lithuania
	var ids []string
	for i, s := range r.whole.symbols {
		near := r.whole.masks[max(0, i-beside):min(len(r.whole.masks), i+beside+1)]
		if len(s.names) > 0 && slices.ContainsFunc(near, func(m pattern.Mask) bool { return m.Has(r.lang.class.post) }) && !r.acted(i) {
			ids = append(ids, partyIDs(s.names)...)
		}
	}
	return ids
}

// acted reports whether the English name at i is neither described by an office behind it
// nor stands behind "of" or an office: it is what the office did something to, as in "the
// minister condemned Chad".
func (r *reading) acted(i int) bool {
	post := func(m pattern.Mask) bool { return m.Has(r.lang.class.post) }
	masks := r.whole.masks
	if r.lang.code != "en" || slices.ContainsFunc(masks[i+1:min(len(masks), i+4)], post) {
		return false
	}
	if i--; masks[i].Has(r.lang.class.article) {
		i--
	}
	return i > 0 && !post(masks[i]) && !r.plays("owner", r.whole, i)
}

// beside adds the parties who say it too, and sorts.
func (r *reading) beside(ids []string) []string {
	for _, f := range r.frames {
		if f.beside {
			ids = append(ids, f.by...)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// isSelf reports whether whom( ) of a match that names nobody is the speaker: it is a word
// for him, or holds one that is no article ("our"), or one stands right before the match
// ("we reject these charges").
func (r *reading) isSelf(m pattern.Match) bool {
	const beside = 3 // words: we firmly reject
	k := r.lang.class
	self := func(m pattern.Mask) bool { return m.Has(k.self) }
	speaks := func(m pattern.Mask) bool { return m.Has(k.self) && !m.Has(k.article) }
	if slices.ContainsFunc(r.sentence.masks[max(0, m.Start-beside):m.Start], speaks) {
		return true
	}
	return slices.ContainsFunc(m.Captures, func(c pattern.Capture) bool {
		within := r.sentence.masks[c.Start:c.End]
		return c.Name == "self" || c.Name == "whom" && (len(within) == 1 && self(within[0]) || slices.ContainsFunc(within, speaks))
	})
}

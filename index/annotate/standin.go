package annotate

import (
	"cmp"
	"slices"

	"demarche/index/annotate/pattern"
	"demarche/index/gazetteer"
	"demarche/index/phrase"
)

// Words that refer back are read as the name, or the attack, that they stand for, so that
// every rule for a name or an attack holds for them. See decisions/0014.

// elsewhere is the first token of a name that does not stand in the passage, instead of one
// that a pronoun stands for; the names that words of a sentence are read as count down from
// there.
const (
	elsewhere = -1
	instead   = -2
)

// nameOpening lets "It", with which a sentence begins, stand for the state with which the one
// before begins, as if its name stood there: "Iran arms militias. It has launched …". It
// stands for none before "is", which tells of no deed: "It is known that …".
func (r *reading) nameOpening() {
	const word = 1 // behind the edge
	k, s := r.lang.class, r.sentence
	if len(s.masks) < word+3 {
		return
	}
	accuses := r.plays("accusing", s, word+1) // who does may have said what the sentence before says
	if !s.masks[word].Has(k.standin) && !(accuses && r.plays("he", s, word)) || s.masks[word+1].Meets(pattern.Of(k.be, k.modal, k.negation)) || s.masks[word+2].Has(k.be) {
		return
	}
	n, ok := r.topicOf(r.plays("several", s, word))
	if !ok && !(accuses && n.State != "") {
		return
	}
	n.First, n.Form = instead, gazetteer.Noun
	own := *s
	own.symbols, own.masks = slices.Clone(s.symbols), slices.Clone(s.masks)
	own.symbols[word].names = []gazetteer.Match{n}
	own.masks[word] = own.masks[word].Or(pattern.Of(k.state, k.base, k.nominative, k.subject))
	own.present = own.present.Or(own.masks[word])
	r.sentence, r.whole = &own, &own
}

// standIn is a run of symbols that refers back, half-open, and what it is read as.
type standIn struct {
	start, end int
	mask       pattern.Mask
	names      []gazetteer.Match
}

// again is the reading of the sentence with names in place of words that refer back; nil
// where there are none.
func (r *reading) again() *reading {
	named := r.named()
	if named == nil {
		return nil
	}
	out := *r
	out.sentence, out.whole, out.bare, out.stripped = named, named, nil, false
	r.prepare() // whom it excludes as it stands is not held responsible either way
	r.done()
	out.cleared, out.victims = r.innocent, r.victims
	out.innocent, out.frames, out.charged, out.sources, out.seconded = nil, nil, nil, nil, false
	return &out
}

// named is the sentence with names in place of words that refer back to states held
// responsible: "the same actor" as a group of theirs. It is nil where there are none.
func (r *reading) named() *sentence {
	if !r.has(needCyber) {
		return nil
	}
	found := r.standIns()
	if len(found) == 0 {
		return nil
	}
	out := &sentence{}
	for i := 0; i < len(r.whole.symbols); {
		for len(found) > 0 && found[0].start < i {
			found = found[1:] // within one that has been read
		}
		symbol, mask, end := r.whole.symbols[i], r.whole.masks[i], i+1
		if len(found) > 0 && found[0].start == i {
			symbol.names, mask, end = found[0].names, found[0].mask, found[0].end
			symbol.span.End = r.whole.symbols[end-1].span.End
		}
		out.symbols, out.masks, out.present = append(out.symbols, symbol), append(out.masks, mask), out.present.Or(mask)
		i = end
	}
	return out
}

// standIns are the words of the sentence that refer back, in order, of several that begin
// with the same word the longest first.
func (r *reading) standIns() []standIn {
	defer r.done()
	r.sentence = r.whole
	var found []standIn
	next := instead - 1
	for _, able := range r.lang.ableIn(r.whole, r.lang.standing) {
		for m := range r.matches(able) {
			for _, c := range m.Captures {
				s, ok := r.standsFor(c)
				if !ok {
					continue
				}
				for n := range s.names {
					s.names[n].First = next
					next--
				}
				found = append(found, s)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b standIn) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
	return found
}

// standsFor is what a capture that refers back is read as: its name says which.
func (r *reading) standsFor(c pattern.Capture) (standIn, bool) {
	k := r.lang.class
	out := standIn{start: c.Start, end: c.End}
	as := gazetteer.Name{Kind: gazetteer.State, Form: gazetteer.Noun}
	switch c.Name {
	case "group":
		out.mask = pattern.Of(k.group)
	case "crew":
		out.mask = pattern.Of(k.group, k.crew)
	case "state":
		out.mask = pattern.Of(k.state, k.base)
	case "deed":
		out.mask = pattern.Of(k.attack, k.standin)
		return out, len(r.whole.symbols[c.End-1].names) == 0 && r.takesUpRaid()
	case "adjective":
		if slices.ContainsFunc(r.whole.symbols[:c.Start], func(s symbol) bool { return len(s.names) > 0 }) {
			return out, false // "Peru builds up its forces"
		}
		out.mask, as.Form = pattern.Of(k.adjective), gazetteer.Adjective
	default:
		return out, false
	}
	if l := r.lang; l.endings != nil {
		last := r.whole.symbols[c.End-1].span
		out.mask = out.mask.Or(l.endings.of(phrase.Fold(r.passage.text[last.Start:last.End]), "noun"))
	}
	out.mask = out.mask.Or(pattern.Of(k.standin))
	c.Name = "whom"
	for _, n := range r.antecedent(pattern.Match{Start: c.Start, End: c.End, Captures: []pattern.Capture{c}}) {
		if as.Form == gazetteer.Adjective || slices.Contains(r.accused, n.State) || slices.Contains(r.context.known, n.State) || n.State == r.context.culprit() {
			as.ID, as.State = n.State, n.State
			out.names = append(out.names, gazetteer.Match{Name: as})
		}
	}
	return out, len(out.names) > 0
}

// takesUpRaid reports whether the sentence before, be it of the paragraph before, tells of an
// attack in cyberspace: "they" may be what was done, and not who did it.
func (r *reading) takesUpRaid() bool {
	before := r.preceding()
	if last := r.context.before; r.at == 0 && last != nil && len(last.sentences) > 0 {
		before = r.lang.sentenceAt(last, len(last.sentences)-1)
	}
	return before != nil && (before.present.Meets(r.lang.class.raids()) || r.lang.entered(before)) && r.close()
}

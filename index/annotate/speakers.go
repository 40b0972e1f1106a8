package annotate

import (
	"maps"
	"slices"

	"demarche/index/annotate/pattern"
	"demarche/index/gazetteer"
	"demarche/index/segment"
	"demarche/search"
)

// claim is a place where a version tells who issues it.
type claim struct {
	ids  []string
	span search.Span
}

// titled finds the issuers that the title, or else a heading or signature,
// names: all of the first that names any. A title that is declared comes first, and
// what it names is declared with it.
func (a *Annotator) titled(l *language, d segment.Document, v segment.Version) []search.Actor {
	if title := declaredTitle(d, v.Lang); title != "" {
		if ids, span := a.issuers(l, title); len(ids) > 0 {
			return a.actors(ids, search.Declared, search.Evidence{Text: title[span.Start:span.End]})
		}
	}
	lines := []segment.Line{{Text: v.Title, Origin: headings(v)}}
	for _, line := range v.Front {
		if line.Kind == segment.Heading || line.Kind == segment.Signature {
			lines = append(lines, line)
		}
	}
	for _, line := range lines {
		if ids, span := a.issuers(l, line.Text); len(ids) > 0 {
			return a.actors(ids, search.Stated, within(line.Text, line.Origin, span, d.Source.File))
		}
	}
	return nil
}

// issuers are those whom a title or another line names as issuing, and where.
func (a *Annotator) issuers(l *language, text string) (ids []string, span search.Span) {
	p := &a.read(nil, l.code, []string{text})[0]
	if claims := l.claims(p)["issuer"]; len(claims) > 0 {
		return claims[0].ids, claims[0].span
	}
	return nil, search.Span{}
}

// headings is the span of all headings in the file.
func headings(v segment.Version) (span search.Span) {
	for _, line := range v.Front {
		if line.Kind != segment.Heading {
			continue
		}
		if span.Len() == 0 {
			span = line.Origin
		}
		span.End = line.Origin.End
	}
	return span
}

// within is the evidence for a span of a text that stands at origin in a file.
// Where reading has changed the length of the text it points at all of it.
func within(text string, origin, span search.Span, file string) search.Evidence {
	words := text[span.Start:span.End]
	if origin.Len() == len(text) {
		origin = search.Span{Start: origin.Start + span.Start, End: origin.Start + span.End}
	}
	return search.Evidence{File: file, Span: origin, Text: words}
}

// tally counts the places where paragraphs speak for a state or body.
type tally struct {
	id       string
	counts   map[string]int  // by the rules that tell it
	evidence search.Evidence // the first of those that weigh
	with     []string        // those who surely speak together with it, and itself
}

// weights are those of the rules that tell who speaks in paragraphs.
var weights = map[string]int{"speaker": 8, "voice": 4, "topic": 1, "foil": 0}

func (t *tally) weight() (sum int) {
	for kind, n := range t.counts {
		sum += n * weights[kind]
	}
	return sum
}

// How much must speak for a state or body: in a short text what two sentences begin
// with, and enoughOfMany in a long one; and it must weigh clearly times what the next
// does.
const (
	enoughOfFew  = 2
	enoughOfMany = 4
	perEnough    = 10 // sentences that ask for one more
	clearly      = 2
	enoughOfBody = 12 // where somebody says "I"
)

// speaking finds who the paragraphs speak for ("We use NATO", "my country,
// Estonia"): the state or body that clearly weighs most. Who says "I" speaks for a
// body only where no state comes into question.
func (a *Annotator) speaking(l *language, passages []passage, v segment.Version, file string) []search.Actor {
	singular := slices.ContainsFunc(passages, func(p passage) bool { return l.holds(&p, l.class.singular) })
	tallies := l.tallies(passages, v, file)
	for i := range passages {
		if id, span := a.sits(passages[i].text); id != "" {
			count(&tallies, id, "speaker", within(passages[i].text, v.Paragraphs[i].Origin.Span, span, file))
		}
	}
	if singular && l.isForum(passages) {
		if first, ok := delegate(tallies, passages); ok {
			return a.speakingTogether(first)
		}
		return nil
	}
	if singular {
		tallies = a.withoutBodies(tallies)
	}
	sentences := 0
	for i := range passages {
		sentences += len(passages[i].sentences)
	}
	if first, ok := clearest(tallies, min(enoughOfMany, enoughOfFew+sentences/perEnough)); ok {
		return a.speakingTogether(first)
	}
	return nil
}

// speakingTogether are those who surely speak with the one whom a tally is of, and itself.
func (a *Annotator) speakingTogether(t tally) []search.Actor {
	return a.actors(append(slices.Clone(t.with), t.id), search.Stated, t.evidence)
}

// tallies counts what the rules about speakers find in paragraphs.
func (l *language) tallies(passages []passage, v segment.Version, file string) []tally {
	var tallies []tally
	accused := accusedIn(v.Paragraphs)
	for i := range passages {
		p := &passages[i]
		claims := l.claims(p)
		for _, kind := range []string{"speaker", "voice", "topic", "foil"} {
			for _, c := range claims[kind] {
				evidence := within(p.text, v.Paragraphs[i].Origin.Span, c.span, file)
				for _, id := range c.ids {
					if kind == "topic" && slices.Contains(accused, id) {
						continue // who is told about, not who tells
					}
					t := count(&tallies, id, kind, evidence)
					if kind == "speaker" && len(c.ids) > 1 {
						t.with = c.ids
					}
				}
			}
		}
	}
	return tallies
}

// accusedIn are the states that one paragraph in three holds responsible outright, and that
// reject nothing.
func accusedIn(paragraphs []search.Paragraph) []string {
	const in = 3
	accusing, rejecting := map[string]int{}, map[string]bool{}
	for _, p := range paragraphs {
		for _, a := range p.Attributions {
			if a.Strength == search.StrengthExplicit {
				accusing[a.State]++
			}
			if slices.ContainsFunc(a.Assertions, func(s search.Assertion) bool {
				return !attributes(s) && s.Stance != quoted && s.Stance != shared && s.Stance != asked
			}) {
				rejecting[a.State] = true
			}
		}
	}
	maps.DeleteFunc(accusing, func(id string, n int) bool { return n*in < len(paragraphs) || rejecting[id] })
	return slices.Collect(maps.Keys(accusing))
}

// clearest is what weighs enough and clearly most, but for those who speak with it.
func clearest(tallies []tally, enough int) (first tally, ok bool) {
	for _, t := range tallies {
		if t.weight() > first.weight() {
			first = t
		}
	}
	for _, t := range tallies {
		if t.id != first.id && !slices.Contains(first.with, t.id) && first.weight() < clearly*t.weight() {
			return tally{}, false
		}
	}
	return first, len(tallies) > 0 && first.weight() >= enough
}

// count adds a place to the tally of an ID, which is a new one where there is none.
func count(tallies *[]tally, id, kind string, evidence search.Evidence) *tally {
	i := slices.IndexFunc(*tallies, func(t tally) bool { return t.id == id })
	if i < 0 {
		i, *tallies = len(*tallies), append(*tallies, tally{id: id, counts: map[string]int{}})
	}
	t := &(*tallies)[i]
	t.counts[kind]++
	if weights[kind] > 0 && t.evidence == (search.Evidence{}) {
		t.evidence = evidence
	}
	return t
}

// withoutBodies leaves out bodies where there are states, and those that weigh
// little.
func (a *Annotator) withoutBodies(tallies []tally) []tally {
	isBody := func(t tally) bool { return a.gazetteer.KindOf(t.id) == gazetteer.Body }
	if states := slices.DeleteFunc(slices.Clone(tallies), isBody); len(states) > 0 {
		return states
	}
	return slices.DeleteFunc(tallies, func(t tally) bool { return t.weight() < enoughOfBody })
}

// holds reports whether a word of a class stands in a passage.
func (l *language) holds(p *passage, c pattern.Class) bool {
	return slices.ContainsFunc(l.sentencesOf(p, p.all), func(s *sentence) bool { return s != nil && s.present.Has(c) })
}

func (a *Annotator) actors(ids []string, how search.Provenance, evidence search.Evidence) []search.Actor {
	var actors []search.Actor
	for _, id := range ids {
		if slices.ContainsFunc(actors, func(x search.Actor) bool { return x.ID == id }) {
			continue
		}
		actors = append(actors, search.Actor{ID: id, Name: a.gazetteer.Name("en", id), Provenance: how, Evidence: evidence})
	}
	return actors
}

// claims applies the rules that tell who speaks to a text. They are by what the rule tells.
func (l *language) claims(p *passage) map[string][]claim {
	claims := map[string][]claim{}
	for _, s := range l.sentencesOf(p, p.all) {
		if s == nil {
			continue
		}
		l.claimIn(p, s, claims)
	}
	return claims
}

func (l *language) claimIn(p *passage, s *sentence, to map[string][]claim) {
	r := reading{lang: l, passage: p, sentence: s, whole: s}
	defer r.done()
	for rule, able := range l.ableIn(s, l.telling) {
		for m := range r.matches(able) {
			if ids := partyIDs(r.namesIn(m, "by")); len(ids) > 0 {
				to[rule.tells] = append(to[rule.tells], claim{ids: ids, span: r.evidence(m).Span})
			}
		}
	}
}

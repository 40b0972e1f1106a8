package annotate

import (
	"cmp"
	"slices"

	"demarche/index/gazetteer"
	"demarche/index/phrase"
	"demarche/index/segment"
	"demarche/search"
)

// claim is a place where a version tells who issues it.
type claim struct {
	ids      []string
	evidence search.Evidence
}

// titled finds the issuers that a title or heading names: all of the first
// that names any.
func (a *Annotator) titled(l *language, v segment.Version, file string) []search.Actor {
	lines := []segment.Line{{Text: v.Title}}
	for _, line := range v.Front {
		if line.Kind == segment.Heading || line.Kind == segment.Signature {
			lines = append(lines, line)
		}
	}
	for _, line := range lines {
		tokens := phrase.Tokens(line.Text)
		names := gazetteer.Settle([][]gazetteer.Match{a.gazetteer.In(v.Lang, line.Text, tokens)})[0]
		p := passage{text: line.Text, tokens: tokens, names: names}
		claims := l.claims(&p, "issuer")
		if len(claims) == 0 {
			continue
		}
		evidence := claims[0].evidence
		if line.Origin.Len() > 0 {
			evidence = lineEvidence(line, evidence.Span, file)
		}
		return a.actors(claims[0].ids, evidence)
	}
	return nil
}

// speaking finds who the paragraphs speak for ("We use NATO", "the Alliance is
// determined"): the state or body that most places show, of equals the one
// shown first.
func (a *Annotator) speaking(l *language, passages []passage) []search.Actor {
	type tally struct {
		id     string
		count  int
		places search.Evidence
	}
	var tallies []tally
	for i := range passages {
		for _, c := range l.claims(&passages[i], "speaker") {
			for _, id := range c.ids {
				k := slices.IndexFunc(tallies, func(t tally) bool { return t.id == id })
				if k < 0 {
					k, tallies = len(tallies), append(tallies, tally{id: id, places: c.evidence})
				}
				tallies[k].count++
			}
		}
	}
	slices.SortStableFunc(tallies, func(a, b tally) int { return cmp.Compare(b.count, a.count) })
	if len(tallies) == 0 {
		return nil
	}
	return a.actors([]string{tallies[0].id}, tallies[0].places)
}

func (a *Annotator) actors(ids []string, evidence search.Evidence) []search.Actor {
	var actors []search.Actor
	for _, id := range ids {
		if slices.ContainsFunc(actors, func(x search.Actor) bool { return x.ID == id }) {
			continue
		}
		actors = append(actors, search.Actor{ID: id, Name: a.gazetteer.Name("en", id), Provenance: search.Stated, Evidence: evidence})
	}
	return actors
}

// claims applies the rules that tell who speaks, of one kind, to a text.
func (l *language) claims(p *passage, kind string) []claim {
	var claims []claim
	for _, s := range l.sentencesOf(p) {
		if s == nil {
			continue
		}
		for _, rule := range l.rules {
			if rule.tells == kind {
				claims = append(claims, l.claimed(p, s, rule)...)
			}
		}
	}
	return claims
}

func (l *language) claimed(p *passage, s *sentence, rule rule) []claim {
	var claims []claim
	r := reading{lang: l, passage: p, sentence: s}
	for _, pattern := range rule.patterns {
		for _, m := range pattern.Within(s.masks, s.present) {
			if ids := partyIDs(r.namesIn(m, "by")); len(ids) > 0 {
				claims = append(claims, claim{ids: ids, evidence: r.evidence(m)})
			}
		}
	}
	return claims
}

package annotate

import (
	"slices"

	"demarche/index/annotate/pattern"
	"demarche/index/phrase"
)

// context is what stands around a paragraph.
type context struct {
	title  *passage
	before *passage // the paragraph before; nil for the first
	// accused is the state that the paragraph before held responsible last; ""
	// for none.
	accused string
}

// reach is how far from a sentence, in bytes, a word about cyberspace tells what
// the sentence is about: some four sentences. A chronicle goes on to other matters.
const reach = 800

// near reports whether the title or the text within reach of a sentence of p
// speaks of cyberspace.
func (l *language) near(p *passage, s *sentence, c context) bool {
	if len(l.cyberOf(c.title)) > 0 {
		return true
	}
	start, end := s.symbols[0].span.Start, s.symbols[len(s.symbols)-1].span.End
	if slices.ContainsFunc(l.cyberOf(p), func(at int) bool { return at > start-reach && at < end+reach }) {
		return true
	}
	if c.before == nil {
		return false
	}
	cyber := l.cyberOf(c.before)
	return len(cyber) > 0 && len(c.before.text)-cyber[len(cyber)-1]+start < reach
}

// cyberOf are the bytes of a passage at which words about cyberspace begin.
func (l *language) cyberOf(p *passage) []int {
	if p.cyberRead {
		return p.cyber
	}
	p.cyberRead = true
	about := pattern.Of(l.class.cyber, l.class.attack)
	for i := range p.tokens {
		if p.tokens[i].Kind != phrase.Word {
			continue
		}
		if _, mask := l.grammar.At(p.text, p.tokens, i); mask.Meets(about) {
			p.cyber = append(p.cyber, p.tokens[i].Start)
		}
	}
	return p.cyber
}

package annotate

import (
	"maps"
	"slices"

	"demarche/index/annotate/pattern"
	"demarche/index/gazetteer"
	"demarche/index/phrase"
	"demarche/search"
)

// context is what stands around a paragraph.
type context struct {
	title  *passage
	before *passage // the paragraph before; nil for the first
	// accused are the states that the paragraph before held responsible last.
	accused []string
	// known are all states that the paragraph before, or this one so far, held
	// responsible, and employers; before the first paragraph, those of the title.
	known []string
	// employers are the states whose people the paragraph before, or this one so far, names
	// last.
	employers []string
	// tellers are who was reported to hold states responsible last, in the paragraph before
	// and in this one so far.
	tellers tellers
	// asking is for how many paragraphs a question goes on that somebody asks the
	// speaker; 0 where the speaker speaks.
	asking int
	// voice are the states and bodies for which the last label says that somebody speaks.
	voice []string
	// theme is what the whole document is about; nil where that is not known.
	theme *theme
	// earlier are the states that patterns find held responsible in the title and the paragraphs
	// before: what is only weighed there would speak for itself.
	earlier []string
	// number is that of the paragraph, and watch that of the annotator.
	number int
	watch  func(*reading, []found)
}

// culprit is the only state that the document has held responsible so far; "" for none or
// several. "The same service" is still its own where a paragraph between tells of others.
func (c context) culprit() string {
	earlier := slices.Compact(slices.Sorted(slices.Values(c.earlier)))
	if len(earlier) != 1 {
		return ""
	}
	return earlier[0]
}

// theme tells whether a document is about cyberspace, once somebody asks.
type theme struct {
	passages    []passage
	read, cyber bool
}

// tellers are, by the state that is held responsible, the parties that were reported to say so.
type tellers map[string][]string

// with are these and those of assertions behind them.
func (t tellers) with(said []found) tellers {
	out := maps.Clone(t)
	for _, a := range said {
		if (a.Stance == search.StanceReported || a.Stance == quoted || a.Stance == shared) && len(a.By) > 0 {
			if out == nil {
				out = tellers{}
			}
			out[a.state] = a.By
		}
	}
	return out
}

// themed reports whether one paragraph in three speaks of cyberspace, be it faintly, and
// more than one does outright.
func (l *language) themed(t *theme) bool {
	const one, in = 2, 3
	if t == nil || t.read {
		return t != nil && t.cyber
	}
	t.read = true
	about, faintly := 0, 0
	for i := range t.passages {
		switch p := &t.passages[i]; {
		case len(l.cyberOf(p)) > 0:
			about++
		case len(p.faint) > 0:
			faintly++
		}
	}
	t.cyber = about >= one && (about+faintly)*in >= len(t.passages)
	return t.cyber
}

// entitled is what stands around the first paragraph under a title.
func (l *language) entitled(title *passage) context {
	c := context{title: title}
	if l != nil {
		held, accused := l.assertions(title, c)
		c.accused, c.known, c.employers = accused, statesOf(held), employers(held)
		c.earlier = statesOf(byPatterns(held))
	}
	return c
}

// How far from a sentence, in letters, a word about cyberspace tells what the
// sentence is about. Where what is said can be nothing else, some four sentences
// are near enough: a chronicle goes on to other matters. Where it may be an attack
// of any kind, the sentence itself or one beside it must have the word.
const (
	nearReach  = 800
	closeReach = 200
)

// near reports whether the title or the text within reach of a sentence of p
// speaks of cyberspace.
func (l *language) near(p *passage, s *sentence, c context) bool {
	return len(l.cyberOf(c.title)) > 0 || l.within(p, s, c, nearReach)
}

// topical reports whether a document is about cyberspace by its title or by its
// paragraphs, or the paragraph before was: it held a state responsible.
func (l *language) topical(c context) bool {
	return len(c.accused) > 0 || len(l.cyberOf(c.title)) > 0 || l.named(c.title) || l.told(c.before) || l.asked(c) || l.themed(c.theme)
}

// named reports whether a title tells of a break-in into what may be of computers: "the
// compromise of port software".
func (l *language) named(title *passage) bool {
	if len(title.faint) == 0 {
		return false
	}
	for i := range title.tokens {
		if _, mask := l.word(title, i); mask.Meets(pattern.Of(l.class.hostile, l.class.breach)) {
			return true
		}
	}
	return false
}

// told reports whether the paragraph before speaks of cyberspace more than once, or of an
// attack there: the next may go on about it.
func (l *language) told(before *passage) bool {
	const more = 2
	return before != nil && len(l.cyberOf(before)) >= more
}

// asked reports whether the paragraph before asks about an attack in cyberspace, or a
// break-in into what may be of computers, "the hospital breach": the answer is about it.
func (l *language) asked(c context) bool {
	if c.asking == 0 || c.before == nil {
		return false
	}
	object, breached := false, false
	for i := range c.before.tokens {
		_, mask := l.word(c.before, i)
		if mask.Has(l.class.arms) {
			return false
		}
		breached = breached || object && mask.Has(l.class.breach) && mask.Has(l.class.hostile)
		object = mask.Has(l.class.object)
	}
	return breached || len(l.cyberOf(c.before)) > 0
}

// within reports whether the text within reach of a sentence speaks of cyberspace, or the
// sentence itself does so faintly.
func (l *language) within(p *passage, s *sentence, c context, reach int) bool {
	start, end := s.symbols[0].span.Start, s.symbols[len(s.symbols)-1].span.End
	return l.around(p, s, c, reach) ||
		slices.ContainsFunc(p.faint, func(at int) bool { return at >= start && at < end })
}

// around reports whether the text within reach of a sentence speaks of cyberspace outright.
func (l *language) around(p *passage, s *sentence, c context, reach int) bool {
	if l.code == "ru" {
		reach *= 2 // bytes of a letter
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

// cyberOf are the bytes of a passage at which words about cyberspace and names of
// groups that break into computers begin, in order. Words as faint as "online", which tell
// nothing of the sentences beside them, are kept apart.
func (l *language) cyberOf(p *passage) []int {
	if p.cyberRead {
		return p.cyber
	}
	p.cyberRead = true
	about := l.class.cyberspace()
	for i := range p.tokens {
		if p.tokens[i].Kind != phrase.Word {
			continue
		}
		if !p.isRead(i) {
			if _, ok := l.about.At(p.text, p.tokens, i); !ok {
				continue // as most words: about has few, so this costs little
			}
		}
		switch _, mask := l.word(p, i); {
		case !mask.Meets(about):
		case mask.Has(l.class.faint):
			p.faint = append(p.faint, p.tokens[i].Start)
		default:
			p.cyber = append(p.cyber, p.tokens[i].Start)
		}
	}
	for _, n := range p.names {
		if n.Kind == gazetteer.Group && !n.Agency {
			p.cyber = append(p.cyber, n.Span.Start)
		}
	}
	slices.Sort(p.cyber)
	return p.cyber
}

package annotate

import (
	"math"

	"demarche/index/gazetteer"
	"demarche/search"
)

// Who speaks to an assembly of states speaks for one of them. So in such a speech a
// state is looked for that stands out, where otherwise it would have to say so: the
// one that is named most, at the beginning or at the end, tells too, though in any
// other text that is whom it tells about.

// fewestForum is the least number of words of an assembly ("this session", "my
// delegation") that make a text a speech to one.
const fewestForum = 3

// isForum reports whether paragraphs are one person's speech to an assembly of states:
// no transcript of questions and answers.
func (l *language) isForum(passages []passage) bool {
	n := 0
	for i := range passages {
		p := &passages[i]
		for _, t := range p.turns {
			if t.asker {
				return false
			}
		}
		for i := range p.tokens {
			if _, mask := l.word(p, i); mask.Has(l.class.forum) {
				n++
			}
		}
	}
	return n >= fewestForum
}

// signs are what tells the state of a delegate, with their weights: the logarithm of how
// often each is there counts, so that the tenth time adds little. They were fitted on
// speeches, see decision 0018.
var signs = []struct {
	name   string
	weight float64
}{{"speaker", 5.6}, {"voice", 3.2}, {"topic", 2.1}, {"foil", -2.5}, {"opening", 2}, {"closing", 1.5}}

const (
	// ofShare is the weight of a state's share of all names of states, from 0 to 1.
	ofShare = 6
	// apartFromNext is how much more the first must have than the next.
	apartFromNext = 0.8
	// inOpening and inClosing bound the parts of a speech in which its speaker names the own
	// country first and last.
	inOpening, inClosing = 0.03, 0.96
)

// delegate finds the state for which a speech to an assembly speaks.
func delegate(tallies []tally, passages []passage) (first tally, ok bool) {
	tallies, total := named(tallies, passages)
	best, next := math.Inf(-1), 0.0
	for _, t := range tallies {
		score := ofShare * float64(t.counts["name"]) / float64(max(1, total))
		for _, sign := range signs {
			score += sign.weight * math.Log1p(float64(t.counts[sign.name]))
		}
		if score > best {
			first, score, best = t, best, score
		}
		next = max(next, score)
	}
	speaks := first.weight() > 0 // and is not only spoken of
	return first, speaks && best-next >= apartFromNext
}

// named adds to the tallies of states how often they are named, and where. total is how
// often all of them are.
func named(tallies []tally, passages []passage) (states []tally, total int) {
	size, at := 0, 0
	for i := range passages {
		size += len(passages[i].text)
	}
	for i := range passages {
		p := &passages[i]
		for _, n := range p.names {
			if n.Kind != gazetteer.State {
				continue
			}
			total++
			t := count(&tallies, n.ID, "name", search.Evidence{})
			switch place := float64(at+n.Span.Start) / float64(size); {
			case place < inOpening:
				t.counts["opening"]++
			case place > inClosing:
				t.counts["closing"]++
			}
		}
		at += len(p.text)
	}
	for _, t := range tallies {
		if t.counts["name"] > 0 {
			states = append(states, t)
		}
	}
	return states, total
}

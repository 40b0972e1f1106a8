package annotate

import (
	"slices"

	"demarche/index/annotate/pattern"
)

// need is what a rule may hold only with.
type need int

const (
	needCyber   need = iota // the text around is about cyberspace
	needClose               // this sentence or one beside it is
	needAct                 // the sentence speaks of an act or of responsibility
	needDeed                // of an act or of doing it
	needUnarmed             // of no arms
	needKnown               // the state was held responsible before: the rule holds no other
	needAlike               // the sentence before begins with whom it holds responsible
	needRaid                // the sentence before speaks of an attack or a break-in: a share of them
	needs
)

var needNames = [needs]string{"cyber", "close", "act", "deed", "unarmed", "known", "alike", "raid"}

// holding are the patterns of the rules that may hold somebody responsible in the sentence:
// it has what they need.
func (r *reading) holding() pattern.Numbers {
	l := r.lang
	among := slices.Clone(l.asserting)
	for n, needing := range l.needing {
		if r.meets[n] = r.has(need(n)); !r.meets[n] {
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
	case needAlike:
		return r.likened()
	case needRaid:
		return r.before == nil || r.before.present.Meets(l.class.raids()) || l.entered(r.before)
	}
	return true
}

// close reports whether the sentence speaks of cyberspace, or one right beside it
// does; so does one of taking data. Beside one that does, a sentence of arms is of
// another matter.
func (r *reading) close() bool {
	l, s := r.lang, r.whole
	grounded := r.grounded()
	if r.outright() || s.present.Has(l.class.cyber) && !grounded {
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
	if r.takesUpBreach() {
		return true
	}
	about := l.within
	if grounded {
		about = l.around
	}
	return about(r.passage, s, r.context, closeReach) || !s.present.Has(l.class.matter) && l.topical(r.context)
}

// outright reports whether the sentence has a word that is about cyberspace whatever stands
// beside it: no such word as "network".
func (r *reading) outright() bool {
	l, s := r.lang, r.whole
	about := pattern.Of(l.class.cyber, l.class.attack, l.class.crew, l.class.hacker)
	return s.present.Meets(about) && slices.ContainsFunc(s.masks, func(m pattern.Mask) bool { return m.Meets(about) && !m.Has(l.class.faint) })
}

// grounded reports whether the sentence or the one before speaks of land or water, which are
// intruded upon too, and have networks of roads.
func (r *reading) grounded() bool {
	ground := r.lang.class.ground
	return r.whole.present.Has(ground) || r.before != nil && r.before.present.Has(ground)
}

// takesUpBreach reports whether the sentence before tells that something of computers was
// broken into. One that names nobody is read for it only where this one speaks of an attack.
func (r *reading) takesUpBreach() bool {
	before := r.before
	if r.whole.present.Meets(r.lang.class.raids()) {
		before = r.preceding()
	}
	return before != nil && r.lang.compromised(before)
}

// compromised reports whether a sentence tells that something of computers was broken into
// or put out of work, be it in words as common as "network": what the next says of it is of
// that kind.
func (l *language) compromised(s *sentence) bool {
	return s.present.Meets(pattern.Of(l.class.breach, l.class.enter, l.class.smash)) && s.present.Has(l.class.data) && !s.present.Meets(pattern.Of(l.class.arms, l.class.matter))
}

// entered reports whether a sentence tells that somebody broke into something, be it one
// that is not of computers alone.
func (l *language) entered(s *sentence) bool {
	return s.present.Meets(pattern.Of(l.class.breach, l.class.enter)) && s.present.Has(l.class.object)
}

// known reports whether somebody was held responsible just before and the sentence may
// go on about it: it speaks of no other matter, or of cyberspace too.
func (r *reading) known() bool {
	l, s := r.lang, r.whole
	return len(r.context.known) > 0 &&
		(!s.present.Meets(pattern.Of(l.class.arms, l.class.matter)) || s.present.Meets(pattern.Of(l.class.cyber, l.class.attack)))
}

// likened reports whether the sentence before begins with somebody whom it holds responsible:
// whoever does likewise is too. "Norway accuses Iran. Peru did the same" is no such case.
func (r *reading) likened() bool {
	if len(r.held) == 0 {
		return false
	}
	n, ok := r.topic()
	return ok && slices.Contains(r.held, n.State)
}

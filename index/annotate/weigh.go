package annotate

import (
	"iter"
	"slices"

	"demarche/index/annotate/pattern"
	"demarche/index/annotate/weighing"
	"demarche/index/gazetteer"
	"demarche/index/segment"
	"demarche/search"
)

// What no pattern says in so many words, the words around a name may say together: the rule
// weighs them. See decisions/0021.

// weighingRule is the rule that has weights in place of patterns.
const weighingRule = "weighing"

// candidates are the names of states, and of groups and agencies of states, in a sentence that
// is about cyberspace, each with its symbol and its features, which the next overwrites; said
// is what patterns found there.
func (r *reading) candidates(said []found) iter.Seq2[gazetteer.Match, *weighing.Features] {
	return func(yield func(gazetteer.Match, *weighing.Features) bool) {
		for n, needed := range r.lang.weighing.need {
			if needed && !r.meets[n] {
				return
			}
		}
		var f weighing.Features
		for i, s := range r.whole.symbols {
			for _, n := range s.names {
				if n.State == "" {
					continue
				}
				f.Around(r.whole.masks, i, kindOf(n))
				f.Facts[weighing.Accused] = slices.Contains(r.context.accused, n.State)
				f.Facts[weighing.Beside] = slices.ContainsFunc(said, func(a found) bool { return a.state != n.State && blames(a) })
				f.Facts[weighing.Earlier] = slices.Contains(r.context.earlier, n.State)
				if !yield(n, &f) {
					return
				}
			}
		}
	}
}

// kindOf is the kind of a name, as it is weighed.
func kindOf(n gazetteer.Match) weighing.Kind {
	switch {
	case n.Kind == gazetteer.Group:
		return weighing.Group
	case n.Form == gazetteer.Adjective:
		return weighing.Adjective
	case n.Form == gazetteer.Place:
		return weighing.Capital
	}
	return weighing.State
}

// weighed takes from what patterns found what everything else speaks against, and adds the
// names for which more speaks than against: those that no pattern holds responsible or says to
// be none, and that do not say so themselves.
func (r *reading) weighed(said []found) []found {
	defer r.done()
	l := r.lang
	switch {
	case r.context.watch != nil:
		r.context.watch(r, said)
		return said
	case l.model == nil:
		return said
	}
	most := map[string]float64{}
	var more []found
	for n, f := range r.candidates(said) {
		sum := l.model.Sum(f)
		if before, ok := most[n.State]; !ok || sum > before {
			most[n.State] = sum
		}
		if sum > 0 {
			more = append(more, r.outweighs(n, f.At, said)...)
		}
	}
	return append(slices.DeleteFunc(said, func(a found) bool {
		sum, ok := most[a.state]
		return ok && sum < l.model.Doubt && blames(a)
	}), more...)
}

// outweighs holds the name at a symbol responsible, unless a pattern knows more: that it is, or
// is not, that its state is hit, or that it says so of others.
func (r *reading) outweighs(n gazetteer.Match, at int, said []found) []found {
	r.prepare()
	if r.isVictim(n) || r.says(n.State, said) {
		return nil
	}
	m := pattern.Match{Captures: []pattern.Capture{{Name: "whom", Start: at, End: at + 1}}}
	m.Start, m.End = r.weighty(at)
	return r.attributed(r.lang.weighing, m)
}

// patternsFirst drops what is weighed of states of which patterns say more in the paragraph.
func patternsFirst(said []found) []found {
	weighed := func(a found) bool { return a.Rule == weighingRule }
	return slices.DeleteFunc(slices.Clone(said), func(a found) bool {
		return weighed(a) && slices.ContainsFunc(said, func(b found) bool { return b.state == a.state && !weighed(b) && b.Stance != employing })
	})
}

// byPatterns are the assertions by which patterns hold somebody responsible.
func byPatterns(said []found) []found {
	return slices.DeleteFunc(slices.Clone(said), func(a found) bool { return !blames(a) || a.Rule == weighingRule })
}

// blames reports whether an assertion holds somebody responsible, whoever says so.
func blames(a found) bool {
	return a.Stance != employing && a.Stance != disclaimed && a.Stance != search.StanceDenied
}

// says reports whether a state is said to hold others responsible in the sentence.
func (r *reading) says(state string, said []found) bool {
	teller := func(ids []string) bool { return slices.Contains(ids, state) }
	return slices.ContainsFunc(said, func(a found) bool { return a.Stance != search.StanceDenied && teller(a.By) }) ||
		slices.ContainsFunc(r.frames, func(f frame) bool { return teller(f.by) })
}

// weighty are the words that show what the name at i is held responsible for, half-open: from
// it, with the words for its people behind, to the nearest word for an act that harms; the
// sentence where it has none.
func (r *reading) weighty(i int) (start, end int) {
	k, masks := r.lang.class, r.whole.masks
	people := pattern.Of(k.organ, k.person, k.hacker, k.group)
	end = i + 1
	for masks[end].Meets(people) {
		end++
	}
	deed := func(j int) bool { return j > 0 && j < len(masks) && masks[j].Meets(k.deeds()) }
	for away := 1; away < len(masks); away++ {
		switch {
		case i+away >= end && deed(i+away):
			return i, i + away + 1
		case deed(i - away):
			return i - away, end
		}
	}
	return 1, len(masks) - 1
}

// Candidate is a name in a sentence about cyberspace, and what weighs for or against holding it
// responsible: what weights are learned from.
type Candidate struct {
	// Paragraph counts from 0 within the version.
	Paragraph int
	Sentence  string
	State     string
	// Found: patterns hold the state responsible in the sentence; Held: by this name. Clear: a
	// pattern says that nobody holds it responsible, or that it rejects that.
	Found, Held, Clear bool
	// Features are named as in a file of weights.
	Features []string
}

// Candidates are the names in the first version of a document that are weighed; none where it
// has no version. They are what patterns leave, so the annotator must be one of [Unweighed].
func (a *Annotator) Candidates(d segment.Document) []Candidate {
	if len(d.Versions) == 0 {
		return nil
	}
	var out []Candidate
	watching := *a
	watching.watch = func(r *reading, said []found) {
		for n, f := range r.candidates(said) {
			r.prepare()
			held := slices.ContainsFunc(said, func(a found) bool { return a.state == n.State && blames(a) })
			symbols := r.whole.symbols
			out = append(out, Candidate{
				Paragraph: r.context.number,
				Sentence:  r.passage.text[symbols[0].span.Start:symbols[len(symbols)-1].span.End],
				State:     n.State,
				Found:     held,
				Held:      held && r.charged[n.First],
				Clear:     !held && r.charged[n.First] || r.innocent[n.First] || r.isVictim(n) || r.says(n.State, said),
				Features:  slices.Collect(f.Names(r.lang.grammar.Name)),
			})
		}
	}
	d.Versions = d.Versions[:1]
	watching.Annotate(d)
	return out
}

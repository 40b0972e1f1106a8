package annotate

import (
	"slices"
	"strings"

	"demarche/search"
)

// group joins assertions to one attribution a state, in the order of first
// assertion. No speaker is among the parties yet.
func group(assertions []found) []search.Attribution {
	var out []search.Attribution
	for _, a := range assertions {
		if a.Stance == employing {
			continue
		}
		i := slices.IndexFunc(out, func(o search.Attribution) bool { return o.State == a.state })
		if i < 0 {
			i = len(out)
			out = append(out, search.Attribution{State: a.state})
		}
		if !slices.ContainsFunc(out[i].Assertions, func(o search.Assertion) bool { return sameWords(o, a.Assertion) }) {
			out[i].Assertions = append(out[i].Assertions, a.Assertion)
		}
	}
	for i := range out {
		summarise(&out[i], nil)
	}
	return out
}

// sameWords reports whether two assertions say the same of the same words.
func sameWords(a, b search.Assertion) bool {
	return a.Evidence.Span == b.Evidence.Span && slices.Equal(a.By, b.By) && a.Stance == b.Stance
}

// disclaimed is the stance, in drafts only, of an assertion that the accused
// state is said to reject: denied where that state speaks, nothing elsewhere.
const disclaimed search.Stance = "disclaimed"

// asked is the stance, in drafts only, of what a question reports of others who
// attribute: reported, whoever is asked, the accused too, unless it rejects that in its
// answer.
const asked search.Stance = "asked"

// quoted is the stance, in drafts only, of what is said by somebody who is not named with a
// state: reported, unless somebody issues the document, whose words they then are.
const quoted search.Stance = "quoted"

// shared is the stance, in drafts only, of what somebody who is not named with a state says
// together with parties that are: reported, unless somebody issues the document, whose words
// they then are too.
const shared search.Stance = "shared"

// claimed is the stance, in drafts only, of what accusations are told to say by who does
// not make them: reported, and denied where the accused speaks.
const claimed search.Stance = "claimed"

// voiced is the stance, in drafts only, of what somebody says for whom a label in a transcript
// names: his own, whoever else issues the document; reported where nobody does.
const voiced search.Stance = "voiced"

// oneself, in drafts only, stands for the state that speaks, where it rejects an
// accusation as "we".
const oneself = "oneself"

// Resolve completes the attributions of a paragraph by who speaks: the
// speakers are the first of the parties to what is their own, a party that is
// a speaker makes an assertion its own, and nobody attributes to himself. What the
// speaker denies stays, and a state that reports what it is accused of denies it. The attributions given are left as they are.
func Resolve(attributions []search.Attribution, speakers []search.Actor) []search.Attribution {
	var ids []string
	for _, s := range speakers {
		ids = append(ids, s.ID)
	}
	var out []search.Attribution
	for _, a := range joinOneself(attributions, ids) {
		a.Assertions = settled(a, ids)
		if len(a.Assertions) == 0 {
			continue
		}
		summarise(&a, ids)
		out = append(out, a)
	}
	return out
}

// joinOneself gives what is said of oneself to the state that speaks, if it is one.
func joinOneself(attributions []search.Attribution, speakers []string) []search.Attribution {
	i := slices.IndexFunc(attributions, func(a search.Attribution) bool { return a.State == oneself })
	if i < 0 {
		return attributions
	}
	self := attributions[i]
	out := slices.Delete(slices.Clone(attributions), i, i+1)
	if len(speakers) != 1 || strings.ToUpper(speakers[0]) != speakers[0] {
		return out
	}
	self.State = speakers[0]
	if j := slices.IndexFunc(out, func(a search.Attribution) bool { return a.State == self.State }); j >= 0 {
		out[j].Assertions = slices.Concat(out[j].Assertions, self.Assertions)
		return out
	}
	return append(out, self)
}

// settled are the assertions of an attribution that hold where these speak.
func settled(a search.Attribution, speakers []string) []search.Assertion {
	speaks := slices.Contains(speakers, a.State)
	answered := speaks && slices.ContainsFunc(a.Assertions, func(s search.Assertion) bool { return s.Stance == disclaimed || s.Stance == search.StanceDenied })
	var out []search.Assertion
	for _, s := range a.Assertions {
		switch {
		case s.Stance == search.StanceDenied:
		case s.Stance == asked && answered:
			s.Stance = search.StanceDenied
		case s.Stance == asked:
			s.Stance = search.StanceReported
		case speaks && s.Stance != search.StanceOwn:
			s.Stance = search.StanceDenied
		case s.Stance == disclaimed || speaks:
			continue
		case s.Stance == voiced && slices.Contains(s.By, a.State):
			continue
		case s.Stance == voiced && len(speakers) > 0:
			s.Stance = search.StanceOwn
		case s.Stance == claimed, s.Stance == voiced:
			s.Stance = search.StanceReported
		case (s.Stance == quoted || s.Stance == shared) && len(speakers) == 0:
			s.Stance = search.StanceReported
		default:
			own(&s, speakers)
		}
		out = append(out, s)
	}
	return out
}

// own makes an assertion the speakers' where it is theirs.
func own(a *search.Assertion, speakers []string) {
	if a.Stance == quoted {
		a.Stance, a.By = search.StanceOwn, nil
	}
	if a.Stance == shared {
		a.Stance = search.StanceOwn
	}
	if slices.ContainsFunc(a.By, func(id string) bool { return slices.Contains(speakers, id) }) {
		a.Stance = search.StanceOwn
	}
	if a.Stance == search.StanceOwn {
		a.By = parties(speakers, a.By)
	}
}

// parties are the speakers, then the others by code, each once.
func parties(speakers, others []string) []string {
	out := slices.Clone(speakers)
	rest := slices.Clone(others)
	slices.Sort(rest)
	for _, id := range rest {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// summarise derives an attribution from its assertions.
func summarise(a *search.Attribution, speakers []string) {
	var by, groups []string
	best := a.Assertions[0]
	for _, s := range a.Assertions {
		if weight(s) > weight(best) {
			best = s
		}
	}
	a.Stance = best.Stance
	for _, s := range a.Assertions {
		if s.Stance == search.StanceOwn {
			a.Stance = search.StanceOwn
		}
		if attributes(s) == attributes(best) {
			by, groups = append(by, s.By...), append(groups, s.Groups...)
		}
	}
	slices.Sort(groups)
	a.Groups = slices.Compact(groups)
	first := slices.DeleteFunc(slices.Clone(speakers), func(id string) bool { return !slices.Contains(by, id) })
	a.By = parties(first, by)
	a.Strength, a.Evidence = best.Strength, best.Evidence
}

// attributes reports whether an assertion holds the state responsible.
func attributes(a search.Assertion) bool {
	return a.Stance == search.StanceOwn || a.Stance == search.StanceReported
}

// weight orders assertions: those that attribute before those that are denied,
// outright ones before presupposed ones, the speaker's own before reported ones.
func weight(a search.Assertion) int {
	w := 0
	if attributes(a) {
		w += 4
	}
	if a.Strength == search.StrengthExplicit {
		w += 2
	}
	if a.Stance == search.StanceOwn {
		w++
	}
	return w
}

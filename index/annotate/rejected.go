package annotate

import (
	"slices"

	"demarche/index/phrase"
	"demarche/search"
)

// withoutRejected drops what a sentence holds a state responsible for behind the words by
// which that state rejects it, in one clause: "China denies claims that it hacked". What
// comes before them stays, as in "it was Russia, which Moscow denies".
func (r *reading) withoutRejected(said []found) []found {
	return slices.DeleteFunc(said, func(a found) bool {
		return a.Stance != search.StanceDenied && slices.ContainsFunc(said, func(b found) bool {
			from, to := b.Evidence.Span.Start, a.Evidence.Span.Start
			return b.Stance == search.StanceDenied && b.state == a.state && from <= to && !r.contrasts(from, to)
		})
	})
}

// contrasts reports whether a word between two bytes turns to the contrary: "denies it, but".
func (r *reading) contrasts(from, to int) bool {
	for _, t := range r.passage.tokens {
		if t.Start < from || t.Start >= to {
			continue
		}
		if word := phrase.Fold(r.passage.text[t.Start:t.End]); r.lang.roles["contrast"][word] || word == ";" {
			return true
		}
	}
	return false
}

package annotate

import (
	"cmp"
	"slices"

	"demarche/index/gazetteer"
	"demarche/index/phrase"
)

// lastState is the state that a passage names last, by itself or by its organs, rather
// not as where somebody or something is; "" for none, and where the passage names more than
// two: a list of partners or victims has no last one that is meant.
func (l *language) lastState(p *passage) string {
	const most = 2
	var named, aimed []string
	other := "" // named as where somebody or something is
	for _, n := range slices.Backward(p.names) {
		switch {
		case n.State == "":
		case l.aimed(p, n):
			aimed = append(aimed, n.State)
		case l.origin(p, n):
			other = cmp.Or(other, n.State)
		case !slices.Contains(named, n.State):
			named = append(named, n.State)
		}
	}
	others := slices.DeleteFunc(aimed, func(id string) bool { return slices.Contains(named, id) })
	slices.Sort(others)
	if len(named)+len(slices.Compact(others)) > most {
		return ""
	}
	return cmp.Or(append(named, other)...)
}

// origin reports whether a name says where a person comes from, or where something
// happens: a citizen of Latvia, to Vilnius.
func (l *language) origin(p *passage, n gazetteer.Match) bool {
	if n.First == 0 {
		return false
	}
	_, mask := l.word(p, n.First-1)
	return mask.Has(l.class.national) || n.Form == gazetteer.Place && mask.Has(l.class.preposition)
}

// aimed reports whether a French name says whom something is for or against: deliveries to
// Ukraine, "à l'Ukraine". Such a state is never the one that the next words mean.
func (l *language) aimed(p *passage, n gazetteer.Match) bool {
	if l.code != "fr" {
		return false
	}
	for i := n.First - 1; i >= max(0, n.First-3); i-- {
		_, mask := l.word(p, i)
		if mask.Has(l.class.preposition) {
			return phrase.Fold(p.text[p.tokens[i].Start:p.tokens[i].End]) != "par"
		}
		if !mask.Has(l.class.article) && p.tokens[i].Kind != phrase.Mark {
			return false
		}
	}
	return false
}

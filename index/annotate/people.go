package annotate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/index/annotate/pattern"
	"demarche/index/gazetteer"
	"demarche/index/phrase"
)

// peoples gives a people that stands for its state the class of states: "the Americans said
// that the Chinese were behind it", « les Russes ». One without the article, or with a
// number, is persons: "three Russians".
func (r *reader) peoples() {
	for i := 2; i+1 < len(r.out.masks); i++ {
		if r.out.masks[i].Has(r.lang.class.adjective) && r.lang.roles["people"][r.folded(i-1)] && r.isPeople(i) {
			r.out.masks[i] = r.out.masks[i].Or(pattern.Of(r.lang.class.state))
			r.out.present = r.out.present.Or(r.out.masks[i])
			names := r.out.symbols[i].names
			names[0].Form = gazetteer.Noun
		}
	}
}

// isPeople reports whether an adjective behind an article is a noun: in French it has a
// capital; in English it is a plural (Swiss and Seychellois are none), or a verb or nothing
// follows.
func (r *reader) isPeople(i int) bool {
	word := r.text[r.out.symbols[i].span.Start:r.out.symbols[i].span.End]
	if r.lang.code == "fr" {
		first, _ := utf8.DecodeRuneInString(word)
		return unicode.IsUpper(first)
	}
	k, next := r.lang.class, r.out.masks[i+1]
	return strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "Swiss") && !strings.HasSuffix(word, "ois") || r.lang.roles["auxiliary"][r.folded(i+1)] ||
		next.Meets(pattern.Of(k.edge, k.stop, k.be, k.modal, k.negation)) ||
		next.Meets(k.verbs().Or(pattern.Of(k.saying))) && !next.Meets(pattern.Of(k.object, k.attack, k.hostile, k.neutral, k.hacker, k.person, k.organ, k.group))
}

func (r *reader) folded(i int) string {
	span := r.out.symbols[i].span
	return phrase.Fold(r.text[span.Start:span.End])
}

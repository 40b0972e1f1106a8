package annotate

import (
	"demarche/index/annotate/pattern"
	"demarche/index/gazetteer"
	"demarche/index/phrase"
	"demarche/search"
)

// sentence is a sentence as the patterns see it: one symbol for a word, a
// phrase of the word list or a name. It begins and ends with an edge.
type sentence struct {
	symbols []symbol
	masks   []pattern.Mask // of the symbols
	present pattern.Mask   // their union
}

// symbol is what a pattern takes at once.
type symbol struct {
	span search.Span
	// names are the name that the symbol is, and those that stand in brackets
	// behind it: China (PRC).
	names []gazetteer.Match
}

// reader makes a sentence of tokens.
type reader struct {
	lang    *language
	passage *passage
	text    string
	tokens  []phrase.Token
	names   []gazetteer.Match // of the whole text, in order
	out     *sentence
}

// sentence reads the tokens of a range.
func (r *reader) sentence(from, to int) *sentence {
	r.out = r.passage.room.sentence(to - from + 2)
	r.edge(from)
	for len(r.names) > 0 && r.names[0].First < from {
		r.names = r.names[1:]
	}
	for i := from; i < to; {
		i += r.step(i, to)
	}
	r.edge(to)
	if r.out.present.Has(r.lang.class.adjective) {
		r.peoples()
	}
	return r.out
}

func (r *reader) edge(i int) {
	at := len(r.text)
	if i < len(r.tokens) {
		at = r.tokens[i].Start
	} else if len(r.tokens) > 0 {
		at = r.tokens[len(r.tokens)-1].End
	}
	r.add(search.Span{Start: at, End: at}, pattern.Of(r.lang.class.edge))
}

func (r *reader) add(span search.Span, mask pattern.Mask, names ...gazetteer.Match) {
	r.out.symbols = append(r.out.symbols, symbol{span: span, names: names})
	r.out.masks = append(r.out.masks, mask)
	r.out.present = r.out.present.Or(mask)
}

// step reads what stands at token i and returns how many tokens that are.
func (r *reader) step(i, to int) int {
	if name, ok := r.name(i); ok {
		r.add(name.Span, r.lang.classesOf(r.text, name), name)
		return name.End - i
	}
	t := r.tokens[i]
	if t.Kind == phrase.Mark {
		return r.mark(i, to)
	}
	if len(r.names) > 0 {
		to = min(to, r.names[0].First) // a phrase ends where a name begins
	}
	n, mask := r.lang.word(r.passage, i)
	if i+n > to {
		n, mask = r.lang.grammar.At(r.text, r.tokens[:to], i)
	}
	n = max(n, 1)
	if t.Kind == phrase.Number {
		mask = mask.Or(pattern.Of(r.lang.class.number))
	}
	if r.lang.code == "en" && r.text[t.Start:t.End] == "s" && len(r.out.symbols[len(r.out.symbols)-1].names) > 0 {
		mask = pattern.Of(r.lang.class.possessive) // "India s spies": the apostrophe was lost
	}
	last := r.tokens[i+n-1]
	if r.lang.endings != nil {
		mask = mask.Or(r.lang.casesOfPhrase(r.text[t.Start:t.End], r.text[last.Start:last.End], mask))
	}
	r.add(search.Span{Start: t.Start, End: last.End}, mask)
	return n
}

// name returns the name that begins at token i.
func (r *reader) name(i int) (gazetteer.Match, bool) {
	for len(r.names) > 0 && r.names[0].First < i {
		r.names = r.names[1:]
	}
	if len(r.names) > 0 && r.names[0].First == i {
		return r.names[0], true
	}
	return gazetteer.Match{}, false
}

// classesOf are the classes of a name. A state whose name stands in its base
// form is also BASE: in Russian that is no genitive, hence nobody's possession. A group that is no
// agency is CREW too.
func (l *language) classesOf(text string, m gazetteer.Match) pattern.Mask {
	mask := pattern.Of(l.classOf(m)).Or(l.casesOf(text, m))
	if m.Kind == gazetteer.State && !m.Abbreviation && phrase.Fold(text[m.Span.Start:m.Span.End]) == l.base[m.ID] {
		mask = mask.Or(pattern.Of(l.class.base))
	}
	if m.Kind == gazetteer.Group && !m.Agency {
		mask = mask.Or(pattern.Of(l.class.crew))
	}
	return mask
}

func (l *language) classOf(m gazetteer.Match) pattern.Class {
	switch {
	case m.Form == gazetteer.Office:
		return l.class.office
	case m.Kind == gazetteer.Body:
		return l.class.body
	case m.Kind == gazetteer.Group:
		return l.class.group
	case m.Form == gazetteer.Adjective:
		return l.class.adjective
	case m.Form == gazetteer.Place:
		return l.class.place
	}
	return l.class.state
}

// mark reads a mark: the possessive, what parts phrases, a name in brackets.
// Quotes, hyphens inside words and other signs are passed over.
func (r *reader) mark(i, to int) int {
	t := r.tokens[i]
	span := search.Span{Start: t.Start, End: t.End}
	switch r.text[t.Start:t.End] {
	case "'", "’", "ʼ":
		return r.apostrophe(i, to)
	case "(":
		if n := r.aside(i, to); n > 0 {
			return n
		}
		r.add(span, pattern.Of(r.lang.class.comma))
	case ",", ")", "—", "–", "…":
		r.add(span, pattern.Of(r.lang.class.comma))
	case ";", ":", "|", "•":
		r.add(span, pattern.Of(r.lang.class.stop))
	case "-":
		if t.Spaced && i+1 < to && r.tokens[i+1].Spaced {
			r.add(span, pattern.Of(r.lang.class.comma))
		}
	}
	return 1
}

// apostrophe reads 's and the apostrophe behind a plural as a possessive,
// which only English has.
func (r *reader) apostrophe(i, to int) int {
	if i == 0 || r.tokens[i].Spaced || r.lang.code != "en" {
		return 1
	}
	if r.contracted(i, to) {
		return 2
	}
	if i+1 < to && !r.tokens[i+1].Spaced && phrase.Fold(r.text[r.tokens[i+1].Start:r.tokens[i+1].End]) == "s" {
		r.add(search.Span{Start: r.tokens[i].Start, End: r.tokens[i+1].End}, pattern.Of(r.lang.class.possessive))
		return 2
	}
	if i+1 < to && r.tokens[i+1].Spaced && phrase.Fold(r.text[r.tokens[i-1].End-1:r.tokens[i-1].End]) == "s" {
		r.add(search.Span{Start: r.tokens[i].Start, End: r.tokens[i].End}, pattern.Of(r.lang.class.possessive))
	}
	return 1
}

// contracted reads a verb that speech joins to the word before the apostrophe at i: "it's",
// "they're", "we'll", "hasn't". It reports whether there is one.
func (r *reader) contracted(i, to int) bool {
	if i+1 >= to || r.tokens[i+1].Spaced {
		return false
	}
	span := search.Span{Start: r.tokens[i].Start, End: r.tokens[i+1].End}
	before := phrase.Fold(r.text[r.tokens[i-1].Start:r.tokens[i-1].End])
	switch after := phrase.Fold(r.text[r.tokens[i+1].Start:r.tokens[i+1].End]); {
	case after == "s" && r.lang.roles["contracted"][before], after == "re", after == "m":
		r.add(span, pattern.Of(r.lang.class.be))
	case after == "ll":
		r.add(span, pattern.Of(r.lang.class.modal))
	case after == "t":
		last, no := len(r.out.masks)-1, pattern.Of(r.lang.class.negation)
		r.out.masks[last], r.out.present = r.out.masks[last].Or(no), r.out.present.Or(no)
	case after != "ve" && after != "d": // which tell the tense alone
		return false
	}
	return true
}

// aside passes over brackets that hold nothing but names, which then belong to
// the word before. It returns 0 where the brackets hold more.
func (r *reader) aside(i, to int) int {
	const longest = 10 // tokens: an abbreviation or two in quotes
	var names []gazetteer.Match
	rest := r.names
	for j := i + 1; j < min(to, i+longest); {
		if len(rest) > 0 && rest[0].First == j {
			names, j, rest = append(names, rest[0]), rest[0].End, rest[1:]
			continue
		}
		if mark := r.text[r.tokens[j].Start:r.tokens[j].End]; mark == ")" {
			if len(names) == 0 || len(r.out.symbols) < 2 {
				return 0
			}
			last := &r.out.symbols[len(r.out.symbols)-1]
			if len(last.names) == 0 {
				r.named(len(r.out.symbols)-1, names[0])
			}
			last.names = append(last.names, names...)
			return j + 1 - i
		}
		if !r.passes(j) {
			return 0
		}
		j++
	}
	return 0
}

// named gives the classes of a name to the symbol that it stands behind in brackets, if it is
// the short form of what the symbol ends: "the Security Agency (CISA)".
func (r *reader) named(i int, name gazetteer.Match) {
	if r.lang.code == "en" {
		mask := r.lang.classesOf(r.text, name)
		r.out.masks[i], r.out.present = r.out.masks[i].Or(mask), r.out.present.Or(mask)
	}
}

// passes reports whether a token may stand beside names in brackets.
func (r *reader) passes(j int) bool {
	_, mask := r.lang.grammar.At(r.text, r.tokens, j)
	return r.tokens[j].Kind == phrase.Mark || mask.Has(r.lang.class.article)
}

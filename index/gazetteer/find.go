package gazetteer

import (
	"cmp"
	"slices"
	"strings"

	"demarche/index/phrase"
	"demarche/search"
)

// where says where a homonym is no name.
type where string

// A homonym is a run of words that holds or looks like a name and is none:
// always (here), where it begins a sentence (start), where the text is in
// capitals (capitals). One of "document" is no name itself, and says that its
// instead_of are not named anywhere in the document by an abbreviation.
const (
	here     where = "here"
	start    where = "start"
	capitals where = "capitals"
	document where = "document"
)

var wheres = []where{here, start, capitals, document}

// entry is a name or a homonym.
type entry struct {
	name    Name
	where   where // "" for a name
	instead []string
	rank    int // of the folder it is from
}

// lexicon holds the names of one language.
type lexicon struct {
	set     *phrase.Set
	entries []entry
}

func (l *lexicon) add(name string, e entry) error {
	if err := l.set.Add(name, len(l.entries)); err != nil {
		return err
	}
	l.entries = append(l.entries, e)
	return nil
}

// Match is a name found in a text.
type Match struct {
	Name
	Span search.Span
	// First and End are the tokens of the name, half-open.
	First, End int
	// Abbreviation says that the name is one word in capitals.
	Abbreviation bool
	// instead are what abbreviations of the document do not stand for; such a
	// match is a homonym and no name.
	instead []string
}

// Find finds the names in a text of a language: the longest at each place, in
// order, not overlapping. For a language without names of its own the English
// ones are used. Names that depend on the rest of the document are settled by
// [Settle].
func (g *Gazetteer) Find(lang, text string) []Match {
	return g.In(lang, text, phrase.Tokens(text))
}

// In is [Gazetteer.Find] on a text that has been cut into tokens.
func (g *Gazetteer) In(lang, text string, tokens []phrase.Token) []Match {
	l := g.names[lang]
	if l == nil {
		l = g.names["en"]
	}
	var matches []Match
	for i := 0; i < len(tokens); i++ {
		m, ok := l.set.At(text, tokens, i)
		if !ok {
			continue
		}
		matches = l.take(matches, text, tokens, m)
		i = m.End - 1
	}
	return matches
}

// take adds what a place of the text stands for. A homonym beats the names
// that are written alike; among these, names of a later folder come first.
func (l *lexicon) take(matches []Match, text string, tokens []phrase.Token, m phrase.Match) []Match {
	found := Match{First: m.First, End: m.End, Span: search.Span{Start: tokens[m.First].Start, End: tokens[m.End-1].End}}
	if len(m.Values) > 1 {
		m.Values = slices.Clone(m.Values)
		slices.SortStableFunc(m.Values, func(a, b int) int { return cmp.Compare(l.entries[b].rank, l.entries[a].rank) })
	}
	found.Abbreviation = m.End-m.First == 1 && tokens[m.First].Case == phrase.Upper
	for _, v := range m.Values {
		e := l.entries[v]
		if e.where == "" || !e.where.holds(text, tokens, m) {
			continue
		}
		if e.where != document {
			return matches
		}
		found.instead = e.instead
	}
	known := len(matches)
	for _, v := range m.Values {
		e := l.entries[v]
		if e.where == "" && !slices.ContainsFunc(matches[known:], func(o Match) bool { return o.ID == e.name.ID }) {
			found.Name = e.name
			matches = append(matches, found)
		}
	}
	if len(matches) == known && len(found.instead) > 0 {
		matches = append(matches, found)
	}
	return matches
}

// sentenceMarks are marks that a capital follows without a name.
const sentenceMarks = ".!?…:;«»\"“”„—–•*"

// holds reports whether a homonym is one at a place.
func (w where) holds(text string, tokens []phrase.Token, m phrase.Match) bool {
	switch w {
	case start:
		return m.First == 0 || strings.Contains(sentenceMarks, text[tokens[m.First-1].Start:tokens[m.First-1].End])
	case capitals:
		return shouted(tokens, m)
	}
	return true
}

// shouted reports whether the words around a match are in capitals too.
func shouted(tokens []phrase.Token, m phrase.Match) bool {
	const reach = 4 // words on either side: more than an abbreviation has beside it
	upper, lower := 0, 0
	for _, t := range tokens[max(0, m.First-reach):min(len(tokens), m.End+reach)] {
		if t.Kind != phrase.Word || t.End-t.Start < 2 {
			continue
		}
		if t.Case == phrase.Upper {
			upper++
		} else {
			lower++
		}
	}
	return upper > 2 && lower == 0
}

// Settle decides, from all paragraphs of a document, the names that one
// paragraph cannot: a short form is kept where its body is named in full
// somewhere, an abbreviation is dropped where the document spells out that it
// means something else. At most one name is kept a place.
func Settle(paragraphs [][]Match) [][]Match {
	full, instead := map[string]bool{}, map[string]bool{}
	for _, matches := range paragraphs {
		for _, m := range matches {
			full[m.ID] = full[m.ID] || m.Form == Noun
			for _, id := range m.instead {
				instead[id] = true
			}
		}
	}
	settled := make([][]Match, len(paragraphs))
	for i, matches := range paragraphs {
		for _, m := range matches {
			if m.ID == "" || m.Form == Short && !full[m.ID] || m.Abbreviation && instead[m.ID] {
				continue
			}
			if kept := settled[i]; len(kept) == 0 || kept[len(kept)-1].First != m.First {
				settled[i] = append(settled[i], m)
			}
		}
	}
	return settled
}

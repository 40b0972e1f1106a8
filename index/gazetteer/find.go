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

// compare puts names of a later folder first and shared ones behind those whose
// word they share.
func (e entry) compare(o entry) int {
	return cmp.Or(cmp.Compare(o.rank, e.rank), cmp.Compare(e.last(), o.last()))
}

// last is 1 for a shared name, 0 for all others.
func (e entry) last() int {
	if e.name.Form == Shared {
		return 1
	}
	return 0
}

// takes reports whether a name of a later folder has taken a shared word for itself.
func (e entry) takes(shared entry) bool {
	return shared.name.Form == Shared && e.rank > shared.rank
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
		slices.SortStableFunc(m.Values, func(a, b int) int { return l.entries[a].compare(l.entries[b]) })
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
		if e.where == "" && !l.entries[m.Values[0]].takes(e) && !slices.ContainsFunc(matches[known:], func(o Match) bool { return o.ID == e.name.ID }) {
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
// means something else, a shared word is that state's which alone is named by a
// name of its own. One name at most is kept a place.
func Settle(paragraphs [][]Match) [][]Match {
	d := told(paragraphs)
	settled := make([][]Match, len(paragraphs))
	for i, matches := range paragraphs {
		for _, m := range matches {
			if m.ID == "" || m.Form == Short && !d.full[m.ID] || m.Abbreviation && d.instead[m.ID] {
				continue
			}
			last := len(settled[i]) - 1
			switch alone := last < 0 || settled[i][last].First != m.First; {
			case alone && m.Form != Shared:
				settled[i] = append(settled[i], m)
			case !alone && m.Form == Shared && d.means(m.ID, settled[i][last].ID):
				m.Form = settled[i][last].Form
				settled[i][last] = m
			}
		}
	}
	return settled
}

// telling is what all paragraphs of a document tell of its names, by ID: which are
// named in full, which by a name that no other has and which by such an
// adjective; which are not meant by their abbreviation.
type telling struct{ full, own, adjective, instead map[string]bool }

func told(paragraphs [][]Match) telling {
	d := telling{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, matches := range paragraphs {
		for i, m := range matches {
			d.full[m.ID] = d.full[m.ID] || m.Form == Noun
			for _, id := range m.instead {
				d.instead[id] = true
			}
			if i > 0 && matches[i-1].First == m.First || i+1 < len(matches) && matches[i+1].First == m.First {
				continue
			}
			d.own[m.ID] = d.own[m.ID] || m.Form == Noun || m.Form == Place
			d.adjective[m.ID] = d.adjective[m.ID] || m.Form == Adjective
		}
	}
	return d
}

// means reports whether a word that two states share is the first one's, which has
// it from the other: it alone is named, and by no adjective of its own, which the
// document would use here too.
func (d telling) means(id, other string) bool {
	return d.own[id] && !d.own[other] && !d.adjective[id]
}

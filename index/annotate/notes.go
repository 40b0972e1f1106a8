package annotate

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/index/dates"
	"demarche/index/phrase"
	"demarche/index/segment"
	"demarche/index/source"
	"demarche/search"
)

// notes reads what a version says of itself. What is declared beats what is
// stated.
func (a *Annotator) notes(d segment.Document, v segment.Version, speakers []search.Actor) Notes {
	n := Notes{Title: v.Title, TitleProvenance: search.Stated, Actors: speakers, DateProvenance: search.Unknown}
	if n.Title == "" {
		n.TitleProvenance = search.Unknown
	}
	if l := a.languages[v.Lang]; l != nil {
		n.Kind = l.kind(cmp.Or(declaredTitle(d, v.Lang), v.Title), v.Front)
	}
	if date, evidence, ok := dateOf(a.languages[v.Lang], v, d.Source.File); ok {
		n.Date, n.DateProvenance, n.DateEvidence = date, search.Stated, evidence
	}
	a.declare(&n, d.Declared, v.Lang)
	return n
}

// declare overrides notes by what was declared for the language of a version,
// or for all. What is declared earlier beats what is declared later.
func (a *Annotator) declare(n *Notes, declared []source.Declared, lang string) {
	for _, d := range slices.Backward(declared) {
		if d.Date != "" {
			n.Date, n.DateProvenance, n.DateEvidence = d.Date, search.Declared, search.Evidence{}
		}
		if len(d.Actors) > 0 {
			n.Actors = a.declaredActors(d.Actors)
		}
		n.Statement, n.Kind = cmp.Or(d.Statement, n.Statement), cmp.Or(d.Kind, n.Kind)
		if len(d.Lang) > 0 && !slices.Contains(d.Lang, lang) {
			continue
		}
		if d.Title != "" {
			n.Title, n.TitleProvenance = d.Title, search.Declared
		}
		n.URL = cmp.Or(d.URL, n.URL)
	}
}

// declaredTitle is the title declared for a language, or for all; "" for none.
func declaredTitle(d segment.Document, lang string) (title string) {
	for _, declared := range d.Declared {
		if len(declared.Lang) == 0 || slices.Contains(declared.Lang, lang) {
			title = cmp.Or(title, declared.Title)
		}
	}
	return title
}

// declaredActors finds the IDs of declared actors, which may be given by ID or
// by name. One that the gazetteer does not know keeps the name it was given.
func (a *Annotator) declaredActors(names []string) []search.Actor {
	var actors []search.Actor
	for _, name := range names {
		id, ok := a.gazetteer.Lookup(name)
		if !ok {
			id = name
		}
		actors = append(actors, search.Actor{ID: id, Name: a.gazetteer.Name("en", id), Provenance: search.Declared})
	}
	return actors
}

// dateLines are the kinds of lines that date a statement, the most telling
// first. A date in a paragraph is one that the statement speaks of.
var dateLines = []segment.LineKind{segment.DateLine, segment.Signature, segment.Heading, segment.Meta}

// dateOf reads the date of a version off its front lines: of the first kind of
// line that has one, the most precise, and of these the first.
func dateOf(l *language, v segment.Version, file string) (date search.Date, evidence search.Evidence, ok bool) {
	for _, kind := range dateLines {
		for _, line := range v.Front {
			if line.Kind != kind {
				continue
			}
			for _, f := range dates.Find(v.Lang, line.Text) {
				if len(f.Date) > len(date) && (kind != segment.Heading || l.dates(line.Text[:f.Span.Start])) {
					date, evidence = f.Date, within(line.Text, line.Origin, f.Span, file)
				}
			}
		}
		if date != "" {
			return date, evidence, true
		}
	}
	return "", search.Evidence{}, false
}

// dates reports whether a date in a heading, behind these words, is that of the
// statement: it stands apart ("Press briefing, 4 October 2022") or is what the statement
// is called by ("Statement of 4 October 2022"), and not what it is about.
func (l *language) dates(before string) bool {
	before = strings.TrimRightFunc(before, unicode.IsSpace)
	last, _ := utf8.DecodeLastRuneInString(before)
	if before == "" || unicode.IsDigit(last) || strings.ContainsRune(",;:–—-|/([•·*_", last) {
		return true
	}
	if l == nil {
		return false
	}
	tokens := phrase.Tokens(before)
	for i := range tokens {
		n, mask := l.grammar.At(before, tokens, i)
		behind := len(tokens) - i - max(1, n)
		if mask.Has(l.class.dated) && behind == 0 || mask.Has(l.class.statement) && behind <= 1 {
			return true // a preposition may stand between
		}
	}
	return false
}

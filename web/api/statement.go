package api

import (
	"unicode/utf8"

	"demarche/search"
)

// NewStatement is the JSON form of s, with names in the language lang. A nil
// names leaves the names that the statement carries.
func NewStatement(s *search.Statement, names search.Names, lang string) Statement {
	out := Statement{
		ID: s.ID, Title: s.Title, Kind: s.Kind, URL: s.URL,
		Date: s.Date, DateProvenance: provenance(s.DateProvenance), DateEvidence: sourceEvidence(s.DateEvidence),
		Actors:     newActors(s.Actors, names, lang),
		Files:      make([]string, 0, len(s.Sources)),
		Sources:    make([]Source, 0, len(s.Sources)),
		Duplicates: each(s.Duplicates, func(d search.Duplicate) Duplicate { return Duplicate{d.File, d.Of, d.Lang} }),
		Versions:   each(s.Versions, newVersion),
		Repairs:    each(s.Repairs, func(r search.Repair) Repair { return Repair(r) }),
	}
	for _, source := range s.Sources {
		out.Files = append(out.Files, source.File)
		out.Sources = append(out.Sources, Source{
			File: source.File, Encoding: source.Encoding,
			Date: source.Date, DateProvenance: provenance(source.DateProvenance), URL: source.URL,
		})
	}
	return out
}

func newVersion(v search.Version) Version {
	return Version{
		Lang: v.Lang, Title: v.Title, Date: v.Date, DateProvenance: provenance(v.DateProvenance), URL: v.URL,
		Files: list(v.Files), Paragraphs: each(v.Paragraphs, newParagraph),
	}
}

func newParagraph(p search.Paragraph) Paragraph {
	return Paragraph{
		ID: p.ID, Position: p.Position, Number: p.Number, Text: p.Text, Passage: p.Passage,
		Attributions: newAttributions(p), Mentions: list(p.Mentions),
	}
}

func newAttributions(p search.Paragraph) []Attribution {
	return each(p.Attributions, func(a search.Attribution) Attribution {
		return Attribution{
			State: a.State, By: list(a.By), Groups: list(a.Groups), Stance: a.Stance, Strength: a.Strength,
			Evidence: newEvidence(p.Text, a.Evidence),
			Assertions: each(a.Assertions, func(b search.Assertion) Assertion {
				return Assertion{list(b.By), list(b.Groups), b.Stance, b.Strength, newEvidence(p.Text, b.Evidence)}
			}),
		}
	})
}

func newEvidence(text string, e search.Evidence) Evidence {
	return Evidence{Range: codePoints(text, e.Span), Text: e.Text}
}

// codePoints turns a span of bytes of text into one of code points.
func codePoints(text string, s search.Span) Range {
	start := utf8.RuneCountInString(text[:s.Start])
	return Range{Start: start, End: start + utf8.RuneCountInString(text[s.Start:s.End])}
}

func sourceEvidence(e search.Evidence) *SourceEvidence {
	if e.Text == "" {
		return nil
	}
	return &SourceEvidence{File: e.File, Text: e.Text}
}

func newActors(actors []search.Actor, names search.Names, lang string) []Actor {
	return each(actors, func(a search.Actor) Actor {
		if names == nil {
			return Actor{a.ID, a.Name}
		}
		return Actor{a.ID, ActorName(a, names.Name(lang, a.ID))}
	})
}

// ActorName is the name of an actor: the one in the reader's language, or the
// statement's own where there is none and its ID stands for it.
func ActorName(a search.Actor, name string) string {
	if name == a.ID && a.Name != "" {
		return a.Name
	}
	return name
}

// provenance spells out that nothing is known of a value without one.
func provenance(p search.Provenance) search.Provenance {
	if p == "" {
		return search.Unknown
	}
	return p
}

// each maps a list; the result is never nil, so that JSON has [] and not null.
func each[A, B any](in []A, f func(A) B) []B {
	out := make([]B, 0, len(in))
	for _, a := range in {
		out = append(out, f(a))
	}
	return out
}

func list(in []string) []string {
	return each(in, func(s string) string { return s })
}

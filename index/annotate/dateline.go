package annotate

import (
	"slices"

	"demarche/index/dates"
	"demarche/index/gazetteer"
	"demarche/index/segment"
	"demarche/search"
)

// dated finds the state from whose capital a version is dated ("PARIS, 12 November
// 2018", « Fait à Paris, le … »). Bodies and guests date from there too: a capital
// where bodies have their seat tells nothing, nor one with its country beside it, nor
// the place where somebody says "I", unless the line names the very house («Москва,
// Кремль»).
func (a *Annotator) dated(l *language, d segment.Document, v segment.Version, passages []passage) []search.Actor {
	for _, line := range v.Front {
		if line.Kind != segment.DateLine && line.Kind != segment.Signature || len(dates.Find(v.Lang, line.Text)) == 0 {
			continue
		}
		p := &a.read(nil, v.Lang, []string{line.Text})[0]
		if !isCapital(p.names) || l.hosts(p) || len(p.names) == 1 && slices.ContainsFunc(passages, l.personal) {
			continue
		}
		return a.actors([]string{p.names[0].ID}, search.Stated, within(line.Text, line.Origin, p.names[0].Span, d.Source.File))
	}
	return nil
}

// isCapital reports whether names are the capital of a state, and houses in it at
// most.
func isCapital(names []gazetteer.Match) bool {
	for _, n := range names {
		if n.Form != gazetteer.Place || n.Kind != gazetteer.State || n.ID != names[0].ID {
			return false
		}
	}
	return len(names) > 0
}

// hosts reports whether bodies have their seat at the first place that a line names.
func (l *language) hosts(p *passage) bool {
	_, mask := l.grammar.At(p.text, p.tokens, p.names[0].First)
	return mask.Has(l.class.host)
}

// personal reports whether somebody says "I" in a passage.
func (l *language) personal(p passage) bool {
	for i := range p.tokens {
		if _, mask := l.grammar.At(p.text, p.tokens, i); mask.Has(l.class.singular) {
			return true
		}
	}
	return false
}

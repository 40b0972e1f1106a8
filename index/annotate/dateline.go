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
// the place where somebody says "I".
func (a *Annotator) dated(l *language, d segment.Document, v segment.Version, passages []passage) []search.Actor {
	for _, line := range v.Front {
		if line.Kind != segment.DateLine && line.Kind != segment.Signature || len(dates.Find(v.Lang, line.Text)) == 0 {
			continue
		}
		p := &a.read(v.Lang, []string{line.Text})[0]
		if len(p.names) != 1 || p.names[0].Form != gazetteer.Place || p.names[0].Kind != gazetteer.State || slices.ContainsFunc(passages, l.personal) {
			continue
		}
		if _, mask := l.grammar.At(p.text, p.tokens, p.names[0].First); mask.Has(l.class.host) {
			continue
		}
		return a.actors([]string{p.names[0].ID}, search.Stated, within(line.Text, line.Origin, p.names[0].Span, d.Source.File))
	}
	return nil
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

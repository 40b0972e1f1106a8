package annotate

import (
	"slices"

	"demarche/index/annotate/pattern"
	"demarche/index/gazetteer"
	"demarche/index/phrase"
)

// passage is a paragraph, or another run of text, being read.
type passage struct {
	room   *room
	text   string
	tokens []phrase.Token
	names  []gazetteer.Match
	// sentences are read once, see sentencesOf; spans are their tokens, half-open.
	sentences []*sentence
	spans     [][2]int
	all       bool // no sentence was passed over
	// cyber are the bytes at which words about cyberspace begin, read once, see
	// cyberOf; faint are those of words that tell it of their own sentence alone.
	cyber     []int
	faint     []int
	cyberRead bool
	turns     []turn
	words     []word // of the tokens, each read once
}

// word is what the word list knows of the phrase that begins at a token: how many
// tokens it has, 0 for one that it does not know, and its classes.
type word struct {
	read    bool
	count   int
	classes pattern.List
}

// word looks up the phrase at a token.
func (l *language) word(p *passage, i int) (count int, mask pattern.Mask) {
	if p.words == nil {
		p.words = make([]word, len(p.tokens))
	}
	w := &p.words[i]
	if !w.read {
		w.read = true
		w.count, w.classes = l.grammar.Find(p.text, p.tokens, i)
	}
	return w.count, w.classes.Mask()
}

// isRead reports whether the phrase at a token has been looked up.
func (p *passage) isRead(i int) bool { return p.words != nil && p.words[i].read }

// read cuts texts of one document to tokens and finds their names, settled
// over all of them.
func (a *Annotator) read(in *room, lang string, texts []string) []passage {
	passages := make([]passage, len(texts))
	names := make([][]gazetteer.Match, len(texts))
	for i, text := range texts {
		tokens := phrase.Tokens(text)
		passages[i] = passage{room: in, text: text, tokens: tokens}
		names[i] = a.gazetteer.In(lang, text, tokens)
	}
	for i, settled := range gazetteer.Settle(names) {
		passages[i].names = a.languages[lang].owned(texts[i], settled)
	}
	return passages
}

// mentions are the states and bodies that a passage names, each once, in order.
// A capital, an office or an agency names no state.
func (p *passage) mentions() []string {
	var ids []string
	for _, n := range p.names {
		if n.Kind != gazetteer.Group && n.Form != gazetteer.Place && n.Form != gazetteer.Office && !slices.Contains(ids, n.ID) {
			ids = append(ids, n.ID)
		}
	}
	return ids
}

// sentencesOf reads the sentences of a passage, each once: all, or those that name somebody
// or stand behind one that does. The others are nil.
func (l *language) sentencesOf(p *passage, all bool) []*sentence {
	if p.sentences != nil && (p.all || !all) || len(p.names) == 0 && !all {
		return p.sentences
	}
	if p.sentences == nil {
		p.spans = l.sentences(p)
		p.sentences = make([]*sentence, len(p.spans))
	}
	p.all = all
	r := &reader{lang: l, passage: p, text: p.text, tokens: p.tokens, names: p.names}
	named := false
	for i, span := range p.spans {
		before := named
		named = slices.ContainsFunc(p.names, func(n gazetteer.Match) bool { return n.First >= span[0] && n.First < span[1] })
		if p.sentences[i] == nil && (named || before || all) {
			p.sentences[i] = r.sentence(span[0], span[1])
		}
	}
	return p.sentences
}

// preceding is the sentence before in the paragraph, read now if it was not; nil for the
// first.
func (r *reading) preceding() *sentence {
	if r.before != nil {
		return r.before
	}
	return r.lang.sentenceAt(r.passage, r.at-1)
}

// sentenceAt is a sentence of p by its number, read now if it was not: most of those that
// name nobody are not. It is nil for a number below 0.
func (l *language) sentenceAt(p *passage, i int) *sentence {
	if i < 0 {
		return nil
	}
	if p.sentences[i] == nil {
		r := &reader{lang: l, passage: p, text: p.text, tokens: p.tokens, names: p.names}
		p.sentences[i] = r.sentence(p.spans[i][0], p.spans[i][1])
	}
	return p.sentences[i]
}

package annotate

import (
	"strings"
	"unicode/utf8"

	"demarche/index/gazetteer"
	"demarche/index/phrase"
)

// sentences cuts the tokens of a paragraph where sentences end: half-open
// ranges of tokens. A full stop behind an abbreviation, an initial or the
// number of an item ends none, unless a word follows that nearly always begins
// a sentence ("… of the U.S. We …"), or a state behind the name of another ("… attacked
// the U.S. Iran did not …").
func (l *language) sentences(p *passage) [][2]int {
	text, tokens := p.text, p.tokens
	var ranges [][2]int
	start := 0
	for i := range tokens {
		if !l.ends(p, start, i) {
			continue
		}
		end := i + 1
		for end < len(tokens) && closing(text, tokens[end]) {
			end++
		}
		ranges = append(ranges, [2]int{start, end})
		start = end
	}
	if start < len(tokens) {
		ranges = append(ranges, [2]int{start, len(tokens)})
	}
	return ranges
}

func (l *language) ends(p *passage, start, i int) bool {
	text, tokens := p.text, p.tokens
	t := tokens[i]
	if t.Kind != phrase.Mark || i <= start {
		return false
	}
	next := i + 1
	for next < len(tokens) && closing(text, tokens[next]) {
		next++
	}
	if next >= len(tokens) || !tokens[next].Spaced {
		return false
	}
	switch text[t.Start:t.End] {
	case "!", "?", "…":
		return tokens[next].Case != phrase.Lower || tokens[next].Kind != phrase.Word
	case ".":
		return l.stops(p, start, i, next)
	}
	return false
}

// closing reports whether a mark belongs to the sentence that ends before it. A
// closing guillemet may stand apart.
func closing(text string, t phrase.Token) bool {
	mark := text[t.Start:t.End]
	return mark == "»" || !t.Spaced && strings.Contains("\"”’')]*", mark)
}

// stops reports whether a full stop ends a sentence, next being the token
// behind it.
func (l *language) stops(p *passage, start, i, next int) bool {
	text, tokens := p.text, p.tokens
	before, after := tokens[i-1], tokens[next]
	if after.Kind == phrase.Word && after.Case == phrase.Lower {
		return false
	}
	_, starter := l.word(p, next)
	if before.Kind == phrase.Number && i-1 == start {
		return false // "1. We"
	}
	first := shortened(p, i)
	_, known := l.word(p, first)
	if isInitial(text, before) || known.Has(l.class.abbreviation) {
		name := isInitial(text, after) && next+1 < len(tokens) && text[tokens[next+1].Start:tokens[next+1].End] == "."
		return starter.Has(l.class.starter) && !name || p.anotherState(first, next)
	}
	return true
}

// shortened is the first token of what a full stop at i shortens: of letters with a
// full stop each, "p.m." or "U.S.", the first.
func shortened(p *passage, i int) int {
	first := i - 1
	for first >= 2 && !p.tokens[first].Spaced && p.isLetter(first) && p.isLetter(first-2) && p.text[p.tokens[first-1].Start:p.tokens[first-1].End] == "." {
		first -= 2
	}
	return first
}

// isLetter reports whether a token is a single letter.
func (p *passage) isLetter(i int) bool {
	t := p.tokens[i]
	return t.Kind == phrase.Word && utf8.RuneCountInString(p.text[t.Start:t.End]) == 1
}

// anotherState reports whether the name of a state begins at each of two tokens,
// the second as a word of its own: neither an adjective nor part of a longer name.
func (p *passage) anotherState(first, next int) bool {
	one, ok := p.stateAt(first)
	if !ok {
		return false
	}
	two, ok := p.stateAt(next)
	if !ok || two.ID == one.ID || two.Form != gazetteer.Noun {
		return false
	}
	return two.End >= len(p.tokens) || p.tokens[two.End].Kind == phrase.Mark && p.tokens[two.End].Spaced || p.tokens[two.End].Kind == phrase.Word && p.tokens[two.End].Case == phrase.Lower
}

// stateAt is the name of a state that begins at a token.
func (p *passage) stateAt(i int) (gazetteer.Match, bool) {
	for _, n := range p.names {
		if n.First == i {
			return n, n.Kind == gazetteer.State
		}
	}
	return gazetteer.Match{}, false
}

// isInitial reports whether a token is a single capital letter.
func isInitial(text string, t phrase.Token) bool {
	return t.Kind == phrase.Word && t.Case == phrase.Upper && utf8.RuneCountInString(text[t.Start:t.End]) == 1
}

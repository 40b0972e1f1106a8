package annotate

import (
	"strings"
	"unicode/utf8"

	"demarche/index/phrase"
)

// sentences cuts the tokens of a paragraph where sentences end: half-open
// ranges of tokens. A full stop behind an abbreviation, an initial or the
// number of an item ends none, unless a word follows that nearly always begins
// a sentence ("… of the U.S. We …").
func (l *language) sentences(text string, tokens []phrase.Token) [][2]int {
	var ranges [][2]int
	start := 0
	for i := range tokens {
		if !l.ends(text, tokens, start, i) {
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

func (l *language) ends(text string, tokens []phrase.Token, start, i int) bool {
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
		return l.stops(text, tokens, start, i, next)
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
func (l *language) stops(text string, tokens []phrase.Token, start, i, next int) bool {
	before, after := tokens[i-1], tokens[next]
	if after.Kind == phrase.Word && after.Case == phrase.Lower {
		return false
	}
	_, starter := l.grammar.At(text, tokens, next)
	if before.Kind == phrase.Number && i-1 == start {
		return false // "1. We"
	}
	_, known := l.grammar.At(text, tokens, i-1)
	if isInitial(text, before) || known.Has(l.class.abbreviation) {
		name := isInitial(text, after) && next+1 < len(tokens) && text[tokens[next+1].Start:tokens[next+1].End] == "."
		return starter.Has(l.class.starter) && !name
	}
	return true
}

// isInitial reports whether a token is a single capital letter.
func isInitial(text string, t phrase.Token) bool {
	return t.Kind == phrase.Word && t.Case == phrase.Upper && utf8.RuneCountInString(text[t.Start:t.End]) == 1
}

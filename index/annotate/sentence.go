package annotate

import (
	"strings"

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
		ranges = append(ranges, [2]int{start, i + 1})
		start = i + 1
	}
	if start < len(tokens) {
		ranges = append(ranges, [2]int{start, len(tokens)})
	}
	return ranges
}

func (l *language) ends(text string, tokens []phrase.Token, start, i int) bool {
	t := tokens[i]
	if t.Kind != phrase.Mark || i == start {
		return false
	}
	next := i + 1
	for next < len(tokens) && tokens[next].Kind == phrase.Mark && !tokens[next].Spaced {
		next++ // closing quotes and brackets
	}
	if next >= len(tokens) || !tokens[next].Spaced || next > i+1 && !closing(text, tokens[i+1:next]) {
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

func closing(text string, marks []phrase.Token) bool {
	return strings.Trim(text[marks[0].Start:marks[len(marks)-1].End], `"”’»')]*`) == ""
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
	initial := before.Kind == phrase.Word && before.Case == phrase.Upper && len([]rune(text[before.Start:before.End])) == 1
	if initial || known.Has(l.class.abbreviation) {
		return starter.Has(l.class.starter)
	}
	return true
}

// Package highlight cuts what a hit shows out of a text: the parts around its
// highlights, in pieces that are marked or not. Markup is the business of
// templates; what is here is plain text and has to be escaped by them.
//
// # How a text is cut
//
// A text that is short enough is shown whole. Of a longer one, the sentences with
// highlights are shown, in their order, as long as there is room; a sentence with
// too little room left is cut to the words around its first highlight. Neighbours
// are joined. Room that is left over goes to what follows the last part, and then
// to what precedes the first.
package highlight

import (
	"slices"
	"unicode/utf8"

	"demarche/search"
)

// Piece is a part of a text, marked or not. It is never empty.
type Piece struct {
	Text string
	Mark bool
}

// Fragment is a part of a text. Its pieces, one behind the other, are the text
// between two edges of words.
type Fragment struct {
	Pieces []Piece
	// CutBefore and CutAfter report whether text was left out before and after.
	CutBefore, CutAfter bool
}

// Fragments are the parts of text to show, at most size characters in all;
// spans are its highlights. Spans that are not sorted or overlap are put right,
// and those that do not lie on characters of the text are passed over. A size of 0
// or less is no limit.
func Fragments(text string, spans []search.Span, size int) []Fragment {
	if text == "" {
		return nil
	}
	spans = clean(text, spans)
	if size <= 0 || utf8.RuneCountInString(text) <= size {
		return []Fragment{fragment(text, search.Span{End: len(text)}, spans)}
	}
	var fragments []Fragment
	for _, part := range choose(text, spans, size) {
		fragments = append(fragments, fragment(text, part, spans))
	}
	return fragments
}

// clean sorts and joins spans, leaving out those that cannot be shown.
func clean(text string, spans []search.Span) []search.Span {
	spans = slices.DeleteFunc(slices.Clone(spans), func(s search.Span) bool {
		return s.Start < 0 || s.End <= s.Start || s.End > len(text) || !isEdge(text, s.Start) || !isEdge(text, s.End)
	})
	slices.SortFunc(spans, func(a, b search.Span) int { return a.Start - b.Start })
	joined := spans[:0]
	for _, s := range spans {
		if last := len(joined) - 1; last >= 0 && s.Start < joined[last].End {
			joined[last].End = max(joined[last].End, s.End)
		} else {
			joined = append(joined, s)
		}
	}
	return joined
}

func isEdge(text string, i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }

// fragment cuts part out of text.
func fragment(text string, part search.Span, spans []search.Span) Fragment {
	f := Fragment{CutBefore: part.Start > 0, CutAfter: part.End < len(text)}
	at := part.Start
	put := func(end int, mark bool) {
		if end > at {
			f.Pieces = append(f.Pieces, Piece{text[at:end], mark})
			at = end
		}
	}
	for _, s := range spans {
		put(min(max(s.Start, part.Start), part.End), false)
		put(min(max(s.End, part.Start), part.End), true)
	}
	put(part.End, false)
	return f
}

// Package edit replaces parts of a text and keeps the way back to the text as
// it was. It does not say what to replace: that is for the packages markup and
// clean.
package edit

import (
	"cmp"
	"slices"
	"strings"

	"demarche/search"
)

// Edit replaces the bytes Start to End of a text.
type Edit struct {
	Start, End int
	With       string
}

// At is the edit that writes with in the place of the bytes start to end.
func At(start, end int, with string) Edit { return Edit{Start: start, End: end, With: with} }

// Offsets is the way back over edits made at once: the places that were
// changed, in order. Between them the text is the same, shifted.
type Offsets []place

// place is one change: new is where it stands after the edits, old before them.
type place struct{ new, old search.Span }

// Apply makes edits, which are sorted and do not overlap.
func Apply(text string, edits []Edit) (string, Offsets) {
	if len(edits) == 0 {
		return text, nil
	}
	var b strings.Builder
	b.Grow(len(text))
	back := make(Offsets, len(edits))
	done := 0
	for i, e := range edits {
		b.WriteString(text[done:e.Start])
		at := b.Len()
		b.WriteString(e.With)
		back[i] = place{search.Span{Start: at, End: b.Len()}, search.Span{Start: e.Start, End: e.End}}
		done = e.End
	}
	b.WriteString(text[done:])
	return b.String(), back
}

// Span gives the span before the edits of which s is what became of it. An end
// inside a place takes in the whole place. What was deleted at an end of s is
// left outside.
func (o Offsets) Span(s search.Span) search.Span {
	start := o.start(s.Start)
	if s.Len() == 0 {
		return search.Span{Start: start, End: start}
	}
	return search.Span{Start: start, End: o.end(s.End)}
}

// start maps the offset at which a span begins.
func (o Offsets) start(at int) int {
	// The first place that begins behind at; the one before it decides.
	i, _ := slices.BinarySearchFunc(o, at, func(p place, at int) int { return cmp.Or(cmp.Compare(p.new.Start, at), -1) })
	if i == 0 {
		return at
	}
	p := o[i-1]
	if at < p.new.End {
		return p.old.Start
	}
	return p.old.End + at - p.new.End
}

// end maps the offset at which a span that is not empty ends.
func (o Offsets) end(at int) int {
	// The first place that does not begin before at; the one before it decides.
	i, _ := slices.BinarySearchFunc(o, at, func(p place, at int) int { return cmp.Compare(p.new.Start, at) })
	if i == 0 {
		return at
	}
	p := o[i-1]
	if at <= p.new.End {
		return p.old.End
	}
	return p.old.End + at - p.new.End
}

// Trail is the way back over several rounds of edits, the first one first.
type Trail []Offsets

// Span is [Offsets.Span] over all rounds.
func (t Trail) Span(s search.Span) search.Span {
	for _, o := range slices.Backward(t) {
		s = o.Span(s)
	}
	return s
}

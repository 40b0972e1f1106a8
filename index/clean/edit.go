package clean

import (
	"cmp"
	"slices"
	"strings"

	"demarche/search"
)

// edit replaces the bytes start to end of a text.
type edit struct {
	start, end int
	with       string
}

// offsets is the way back over one step: the places that it changed, in order.
// Between them the text is the same, shifted.
type offsets []place

// place is one change: new is where it stands after the step, old before it.
type place struct{ new, old search.Span }

// apply makes edits, which are sorted and do not overlap.
func apply(text string, edits []edit) (string, offsets) {
	if len(edits) == 0 {
		return text, nil
	}
	var b strings.Builder
	b.Grow(len(text))
	back := make(offsets, len(edits))
	done := 0
	for i, e := range edits {
		b.WriteString(text[done:e.start])
		at := b.Len()
		b.WriteString(e.with)
		back[i] = place{search.Span{Start: at, End: b.Len()}, search.Span{Start: e.start, End: e.end}}
		done = e.end
	}
	b.WriteString(text[done:])
	return b.String(), back
}

// span gives the span before the step of which s is what became of it. An end
// inside a place takes in the whole place. What was deleted at an end of s is
// left outside.
func (o offsets) span(s search.Span) search.Span {
	start := o.start(s.Start)
	if s.Len() == 0 {
		return search.Span{Start: start, End: start}
	}
	return search.Span{Start: start, End: o.end(s.End)}
}

// start maps the offset at which a span begins.
func (o offsets) start(at int) int {
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
func (o offsets) end(at int) int {
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

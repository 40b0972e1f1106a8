package web

import (
	"slices"

	"demarche/search"
	"demarche/search/highlight"
)

// run is a part of a text that is marked as a whole or not at all. Its pieces
// tell the words that an attribution rests on from the others.
type run struct {
	Mark   bool
	Pieces []piece
}

type piece struct {
	Text     string
	Evidence bool
}

// runs cuts a whole text at the marks and, within and between them, at the
// evidence.
func runs(text string, marks, evidence []search.Span) []run {
	evidence = merged(evidence)
	var out []run
	at := 0
	for _, f := range highlight.Fragments(text, marks, 0) {
		for _, p := range f.Pieces {
			part := search.Span{Start: at, End: at + len(p.Text)}
			out = append(out, run{p.Mark, pieces(text, part, evidence)})
			at = part.End
		}
	}
	return out
}

// pieces cuts a part of text at the evidence, which is sorted and does not
// overlap.
func pieces(text string, part search.Span, evidence []search.Span) []piece {
	var out []piece
	add := func(start, end int, isEvidence bool) {
		if start < end {
			out = append(out, piece{text[start:end], isEvidence})
		}
	}
	at := part.Start
	for _, e := range evidence {
		start, end := max(e.Start, part.Start), min(e.End, part.End)
		if start >= end {
			continue
		}
		add(at, start, false)
		add(start, end, true)
		at = end
	}
	add(at, part.End, false)
	return out
}

// merged is spans sorted, with those that overlap or touch joined.
func merged(spans []search.Span) []search.Span {
	sorted := slices.Clone(spans)
	slices.SortFunc(sorted, func(a, b search.Span) int { return a.Start - b.Start })
	var out []search.Span
	for _, s := range sorted {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// evidenceOf are the spans that the attributions of a paragraph rest on.
func evidenceOf(attributions []search.Attribution) []search.Span {
	var out []search.Span
	for _, a := range attributions {
		out = append(out, a.Evidence.Span)
		for _, b := range a.Assertions {
			out = append(out, b.Evidence.Span)
		}
	}
	return out
}

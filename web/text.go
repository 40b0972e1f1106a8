package web

import (
	"slices"

	"demarche/search"
)

// fragment is a run of a text that is marked as a whole or not at all. Its
// pieces tell the words that an attribution rests on from the others.
type fragment struct {
	Match  bool
	Pieces []piece
}

type piece struct {
	Text     string
	Evidence bool
}

// fragments cuts text at the matches and, within and between them, at the
// evidence. Matches are sorted and do not overlap; evidence may be anyhow.
func fragments(text string, matches, evidence []search.Span) []fragment {
	evidence = merged(evidence)
	var out []fragment
	add := func(s search.Span, match bool) {
		if s.Len() > 0 {
			out = append(out, fragment{match, pieces(text, s, evidence)})
		}
	}
	end := 0
	for _, m := range matches {
		add(search.Span{Start: end, End: m.Start}, false)
		add(m, true)
		end = m.End
	}
	add(search.Span{Start: end, End: len(text)}, false)
	return out
}

// pieces cuts the part s of text at the evidence, which is sorted and does not
// overlap.
func pieces(text string, s search.Span, evidence []search.Span) []piece {
	var out []piece
	add := func(start, end int, isEvidence bool) {
		if start < end {
			out = append(out, piece{text[start:end], isEvidence})
		}
	}
	at := s.Start
	for _, e := range evidence {
		start, end := max(e.Start, s.Start), min(e.End, s.End)
		if start >= end {
			continue
		}
		add(at, start, false)
		add(start, end, true)
		at = end
	}
	add(at, s.End, false)
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

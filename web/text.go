package web

import (
	"fmt"
	"slices"
	"strings"

	"demarche/search"
	"demarche/search/highlight"
)

// run is a part of a text that is marked as a whole or not at all. Its pieces
// tell the words that an attribution rests on from the others.
type run struct {
	Mark   bool
	Pieces []piece
}

// A piece is words that all rest, or do not rest, on the same attributions.
type piece struct {
	Text string
	// Notes are the ids of the notes that explain the words, separated by spaces.
	Notes string
	// Of are the classes that tie the words to their notes, see [maxNotes].
	Of string
}

// words are what one note of a paragraph explains, by its number from 1. It is
// tied to the first note whose words begin where its own do: one place in a text
// can be only one anchor.
type words struct {
	note, tied int
	id         string
	spans      []search.Span
}

// maxNotes is how many notes of a paragraph the style sheet can place beside their
// words; those behind follow the last.
const maxNotes = 6

// wordsOf numbers the notes of a paragraph in the order of their words.
func wordsOf(anchor string, notes []attributionView) []words {
	slices.SortStableFunc(notes, func(a, b attributionView) int { return firstWord(a) - firstWord(b) })
	var out []words
	for i := range notes {
		notes[i].At, notes[i].Tied, notes[i].Anchor = i+1, i+1, fmt.Sprintf("%s-note%d", anchor, i+1)
		if i > 0 && firstWord(notes[i-1]) == firstWord(notes[i]) {
			notes[i].Tied = notes[i-1].Tied
		}
		out = append(out, words{i + 1, notes[i].Tied, notes[i].Anchor, evidenceOf(notes[i : i+1])})
	}
	return out
}

func firstWord(a attributionView) int {
	spans := evidenceOf([]attributionView{a})
	return slices.MinFunc(spans, func(a, b search.Span) int { return a.Start - b.Start }).Start
}

// runs cuts a whole text at the marks and, within and between them, at the words
// that notes explain.
func runs(text string, marks []search.Span, evidence []words) []run {
	var out []run
	at, begun := 0, map[int]bool{}
	for _, f := range highlight.Fragments(text, marks, 0) {
		for _, p := range f.Pieces {
			part := search.Span{Start: at, End: at + len(p.Text)}
			out = append(out, run{p.Mark, pieces(text, part, evidence, begun)})
			at = part.End
		}
	}
	return out
}

// pieces cuts a part of text wherever the words of a note begin or end. begun has the
// notes whose words began before.
func pieces(text string, part search.Span, evidence []words, begun map[int]bool) []piece {
	cuts := []int{part.Start, part.End}
	for _, w := range evidence {
		for _, s := range w.spans {
			for _, at := range []int{s.Start, s.End} {
				if at > part.Start && at < part.End {
					cuts = append(cuts, at)
				}
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []piece
	for i := range len(cuts) - 1 {
		out = append(out, newPiece(text, search.Span{Start: cuts[i], End: cuts[i+1]}, evidence, begun))
	}
	return out
}

func newPiece(text string, span search.Span, evidence []words, begun map[int]bool) piece {
	var ids, classes []string
	for _, w := range evidence {
		if !slices.ContainsFunc(w.spans, func(s search.Span) bool { return s.Start <= span.Start && span.End <= s.End }) {
			continue
		}
		ids = append(ids, w.id)
		if w.note > maxNotes {
			continue
		}
		classes = append(classes, fmt.Sprintf("of-%d", w.note))
		if w.note == w.tied && !begun[w.note] {
			begun[w.note] = true
			classes = append(classes, fmt.Sprintf("at-%d", w.note))
		}
	}
	return piece{text[span.Start:span.End], strings.Join(ids, " "), strings.Join(classes, " ")}
}

// evidenceOf are the spans that attributions rest on.
func evidenceOf(attributions []attributionView) []search.Span {
	var out []search.Span
	for _, a := range attributions {
		out = append(out, a.Evidence.Span)
		for _, b := range a.Assertions {
			out = append(out, b.Evidence.Span)
		}
	}
	return out
}

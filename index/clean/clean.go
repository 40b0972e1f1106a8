package clean

import (
	"demarche/index/edit"
	"demarche/search"
)

// Text is a repaired text.
type Text struct {
	// Text is valid UTF-8 in NFC with lines ended by "\n".
	Text string
	// Repairs are the kinds of repairs that were made, in the order of the steps,
	// with the number of places.
	Repairs []search.Repair

	back edit.Trail // of the steps in their order
}

// step is one repair. It returns the places in order, not overlapping.
type step struct {
	kind string // of [search.Repair]; "" is not counted
	find func(text string) []edit.Edit
	// whole says that the step runs until it finds nothing, before any other:
	// what it leaves half done would mislead them.
	whole bool
}

// steps in the order in which they run: letters before what looks at words,
// words before what looks at lines.
func steps() []step {
	return []step{
		{find: lineEnds},
		{kind: "mojibake", find: misread1252, whole: true},
		{kind: "mojibake", find: misread1251, whole: true},
		{kind: "mojibake", find: misreadCyrillic},
		{kind: "mojibake", find: strayControls},
		{kind: "mojibake", find: lostBytes},
		{kind: "ligature", find: ligatures},
		{kind: "soft_hyphen", find: softHyphens},
		{kind: "nbsp", find: noBreakSpaces},
		{find: quoteMarks},
		{find: lateMarks},
		{kind: "line_hyphen", find: lineHyphens},
		{kind: "nfc", find: decomposed},
		{kind: "scrap", find: pageBreaks},
		{kind: "hard_wrap", find: hardWraps},
		{kind: "scrap", find: scraps},
	}
}

// Repair makes all repairs. Repairing its result again changes nothing: the
// steps run until none of them finds anything.
func Repair(text string) Text {
	t := Text{Text: text}
	for t.pass() {
	}
	return t
}

// pass runs every step once and reports whether any found something. None can
// undo what another did, so the passes come to an end.
func (t *Text) pass() bool {
	found := false
	for _, s := range steps() {
		for t.run(s) {
			found = true
			if !s.whole {
				break
			}
		}
	}
	return found
}

// run makes the edits of one step and reports whether there were any.
func (t *Text) run(s step) bool {
	edits := s.find(t.Text)
	if len(edits) == 0 {
		return false
	}
	var back edit.Offsets
	t.Text, back = edit.Apply(t.Text, edits)
	t.back = append(t.back, back)
	t.count(s.kind, len(edits))
	return true
}

func (t *Text) count(kind string, n int) {
	if kind == "" {
		return
	}
	for i := range t.Repairs {
		if t.Repairs[i].Kind == kind {
			t.Repairs[i].Count += n
			return
		}
	}
	t.Repairs = append(t.Repairs, search.Repair{Kind: kind, Count: n})
}

// Origin gives the span of the text before all repairs from which the span s of
// the repaired text comes.
func (t *Text) Origin(s search.Span) search.Span { return t.back.Span(s) }

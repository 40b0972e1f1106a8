package edit_test

import (
	"strings"
	"testing"

	"demarche/index/edit"
	"demarche/search"
)

func TestTrail(t *testing.T) {
	const before = "<p>One &amp; two</p>"
	middle, first := edit.Apply(before, []edit.Edit{edit.At(0, 3, ""), edit.At(7, 12, "&"), edit.At(16, 20, "")})
	after, second := edit.Apply(middle, []edit.Edit{edit.At(0, 0, "- "), edit.At(4, 5, "and")})
	if middle != "One & two" || after != "- One and two" {
		t.Fatalf("%q became %q and %q", before, middle, after)
	}
	trail := edit.Trail{first, second}
	for _, tt := range []struct{ part, from string }{
		{"One", "One"},
		{"and", "&amp;"},
		{"two", "two"},
		{"One and two", "One &amp; two"},
		{"nd t", "&amp; t"}, // an end inside a place takes in all of it
	} {
		start := strings.Index(after, tt.part)
		s := trail.Span(search.Span{Start: start, End: start + len(tt.part)})
		if got := before[s.Start:s.End]; got != tt.from {
			t.Errorf("%q comes from %q, want %q", tt.part, got, tt.from)
		}
	}
}

func TestNoEdits(t *testing.T) {
	text, back := edit.Apply("as it was", nil)
	if s := back.Span(search.Span{Start: 3, End: 5}); text != "as it was" || s != (search.Span{Start: 3, End: 5}) {
		t.Errorf("%q, %v", text, s)
	}
}

package highlight_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"demarche/search"
	"demarche/search/highlight"
)

// show writes fragments with their marks in brackets and cuts as dots.
func show(fragments []highlight.Fragment) string {
	var b strings.Builder
	for i, f := range fragments {
		if i > 0 {
			b.WriteString(" / ")
		}
		if f.CutBefore {
			b.WriteString("…")
		}
		for _, p := range f.Pieces {
			if p.Mark {
				b.WriteString("[" + p.Text + "]")
			} else {
				b.WriteString(p.Text)
			}
		}
		if f.CutAfter {
			b.WriteString("…")
		}
	}
	return b.String()
}

// marked finds the spans of words in text, one behind the other.
func marked(t *testing.T, text string, words ...string) []search.Span {
	t.Helper()
	var spans []search.Span
	at := 0
	for _, w := range words {
		i := strings.Index(text[at:], w)
		if i < 0 {
			t.Fatalf("%q is not in %q", w, text[at:])
		}
		spans = append(spans, search.Span{Start: at + i, End: at + i + len(w)})
		at += i + len(w)
	}
	return spans
}

const (
	english = "We follow the threats with concern. Ports, ferries and rail have been hit. We promote the norms of responsible state behaviour in cyberspace. The U.S. agrees. Every State has a part in it."
	russian = "Мы с озабоченностью следим за угрозами. Порты и паромы пострадали. Мы поддерживаем нормы ответственного поведения государств в киберпространстве."
	markup  = `Treat <b>every</b> input & "quote" as hostile.`
)

func TestFragments(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		words      []string
		size       int
		want       string
	}{
		{"whole when short", markup, []string{"every"}, 100, `Treat <b>[every]</b> input & "quote" as hostile.`},
		{"no limit", "one two", []string{"two"}, 0, "one [two]"},
		{"no highlight", english, nil, 30, "We follow the threats with…"},
		{"a phrase is one", english, []string{"responsible state behaviour"}, 80, "…We promote the norms of [responsible state behaviour] in cyberspace.…"},
		{"a sentence", english, []string{"ferries"}, 40, "…Ports, [ferries] and rail have been hit.…"},
		{"two apart", english, []string{"threats", "State has"}, 75, "We follow the [threats] with concern.… / …Every [State has] a part in it."},
		{"neighbours are joined", english, []string{"concern", "rail"}, 80, "We follow the threats with [concern]. Ports, ferries and [rail] have been hit.…"},
		{"words around", english, []string{"responsible state behaviour"}, 50, "…of [responsible state behaviour] in cyberspace.…"},
		{"a highlight without room", english, []string{"responsible state behaviour"}, 20, "…of [responsible state]…"},
		{"another without room is left out", english, []string{"threats", "State has"}, 42, "We follow the [threats] with concern.…"},
		{"another without words around it is left out", english, []string{"threats", "rail"}, 50, "We follow the [threats] with concern.…"},
		{"an abbreviation ends nothing", english, []string{"agrees"}, 22, "…The U.S. [agrees].…"},
		{"Russian", russian, []string{"ответственного поведения"}, 60, "…Мы поддерживаем нормы [ответственного поведения] государств в…"},
		{"a stub is left out", "One two three four five. Six seven.", []string{"seven"}, 21, "…Six [seven]."},
		{"room before the last", "One two three four five six seven eight. Nine ten.", []string{"ten"}, 45, "…three four five six seven eight. Nine [ten]."},
		{"no spaces", strings.Repeat("я", 50), nil, 10, strings.Repeat("я", 10) + "…"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := show(highlight.Fragments(tt.text, marked(t, tt.text, tt.words...), tt.size))
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestEmpty(t *testing.T) {
	if got := highlight.Fragments("", []search.Span{{Start: 0, End: 1}}, 10); got != nil {
		t.Errorf("got %v for no text", got)
	}
}

func TestBadSpans(t *testing.T) {
	spans := []search.Span{{Start: 5, End: 9}, {Start: -1, End: 2}, {Start: 0, End: 3}, {Start: 7, End: 10}, {Start: 4, End: 4}, {Start: 8, End: 99}, {Start: 1, End: 2}}
	// é is two bytes, of which 1 is the second.
	if got, want := show(highlight.Fragments("é, abcdefg", spans, 100)), "[é,] a[bcdef]g"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// FuzzFragments holds for any text and spans: fragments are parts of the text in
// its order, no longer than asked for, cut at characters, and what is marked was
// highlighted.
func FuzzFragments(f *testing.F) {
	f.Add(english, 20, 30, 100, 110, 60)
	f.Add(russian, 0, 10, 60, 90, 25)
	f.Add(markup, 3, 3, 90, 1, 5)
	f.Add(strings.Repeat("word ", 200), 0, 900, 500, 504, 40)
	f.Add(" \x00 word", 0, 0, 0, 0, 1)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d, size int) {
		spans := []search.Span{{Start: a, End: b}, {Start: c, End: d}}
		rest, total := text, 0
		for _, fragment := range highlight.Fragments(text, spans, size) {
			var whole string
			for _, p := range fragment.Pieces {
				if p.Text == "" {
					t.Fatal("a piece is empty")
				}
				if utf8.ValidString(text) && !utf8.ValidString(p.Text) {
					t.Errorf("%q is cut inside a character", p.Text)
				}
				whole += p.Text
			}
			i := strings.Index(rest, whole)
			if i < 0 || whole == "" {
				t.Fatalf("the fragment %q is not in the rest of the text %q", whole, rest)
			}
			rest = rest[i+len(whole):]
			total += utf8.RuneCountInString(whole)
		}
		if size > 0 && total > size {
			t.Errorf("%d characters, asked for %d", total, size)
		}
		if text != "" && total == 0 {
			t.Error("nothing is shown")
		}
	})
}

package eval

import (
	"html"
	"regexp"
	"sort"
	"strings"
	"unicode"

	"demarche/search"
)

// view is a text reduced to its letters and digits in lower case, so that texts
// are compared without regard to white space, marks, tags and quotes.
type view struct {
	letters string
	// at has, for each byte of letters, the byte of the text that it comes from.
	at []int
}

// stretch is a half-open range of the letters of a view.
type stretch struct{ from, to int }

func (s stretch) overlap(t stretch) int { return min(s.to, t.to) - max(s.from, t.from) }

// unseen is what a page does not show; an entity is shown as its character. A tag
// that is not closed ends a label that was cut.
var unseen = regexp.MustCompile(`(?s)<!--.*?-->|<!\[CDATA\[|</?[a-zA-Z][^<>]*(?:>|\z)|&[#0-9A-Za-z]+;`)

func look(text string) view {
	var (
		b strings.Builder
		v view
	)
	add := func(s string, at, step int) {
		for i, r := range s {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				continue
			}
			n := b.Len()
			b.WriteRune(unicode.ToLower(r))
			for range b.Len() - n {
				v.at = append(v.at, at+i*step)
			}
		}
	}
	at := 0
	for _, m := range unseen.FindAllStringIndex(text, -1) {
		add(text[at:m[0]], at, 1)
		if text[m[0]] == '&' {
			add(html.UnescapeString(text[m[0]:m[1]]), m[0], 0)
		}
		at = m[1]
	}
	add(text[at:], at, 1)
	v.letters = b.String()
	return v
}

// stretch is the part of a view that comes from a span of the text.
func (v view) stretch(s search.Span) stretch {
	return stretch{sort.SearchInts(v.at, s.Start), sort.SearchInts(v.at, s.End)}
}

func (v view) text(s stretch) string { return v.letters[s.from:s.to] }

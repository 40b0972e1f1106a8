package segment

import (
	"regexp"
	"slices"
	"strings"

	"demarche/index/source"
	"demarche/search"
)

// pageHead is the head of a page of a record of the United Nations, its symbol and its
// date. It goes with the other heads, so that sentences go on behind it.
var pageHead = regexp.MustCompile(`(?m)^[ \t]*((?:[ASE](?:/[A-Z\d][A-Z\d.()-]*)+ +\d\d/\d\d/\d{4})|(?:\d\d/\d\d/\d{4} +[ASE](?:/[A-Z\d][A-Z\d.()-]*)+))[ \t]*\r?$`)

// withPageHead adds to the lines before paragraphs the first head of a page that has a
// date, where none of them has one.
func withPageHead(front []Line, f source.File) []Line {
	if slices.ContainsFunc(front, func(l Line) bool { return l.Kind == DateLine }) || !strings.Contains(f.Text, "/") {
		return front
	}
	m := pageHead.FindStringSubmatchIndex(f.Text)
	if m == nil {
		return front
	}
	return append(front, Line{Kind: DateLine, Text: f.Text[m[2]:m[3]], Origin: f.Origin(search.Span{Start: m[2], End: m[3]})})
}

package eval

import (
	"regexp"
	"slices"
	"strings"

	"demarche/search"
)

// Labels count blocks without saying where they are, and how a text is cut into
// blocks depends on the text. The labels tell which cut is meant: the one with as
// many blocks as they say, each labelled block beginning as they say.
//
// Texts are cut at blank lines; at the tags that end a paragraph; at every line;
// at lines that are set in, the others being joined; at lines that begin with a
// number, likewise.
var cuts = []func(text string) []search.Span{
	atBlankLines, atTags, atLines, atIndents, atNumbers,
}

var (
	blankLines    = regexp.MustCompile(`\n[\s\x{00A0}>]*\n`)
	paragraphTags = regexp.MustCompile(`(?i)</(?:p|li|h\d|blockquote|td)>|<br ?/?>\s*<br ?/?>`)
	content       = regexp.MustCompile(`(?s)<content><!\[CDATA\[(.*?)\]\]>`)
	lineEnds      = regexp.MustCompile(`\n`)
	indented      = regexp.MustCompile(`\A\pL|(?m)^[ \t\x{00A0}]+.*\pL`)
	numbered      = regexp.MustCompile(`(?m)^\d+[.)][ \t\x{00A0}]`)
	lastLetters   = regexp.MustCompile(`(?s).*\pL[^\n]*`)
)

func atBlankLines(text string) []search.Span { return between(text, blankLines) }

func atLines(text string) []search.Span { return between(text, lineEnds) }

func atIndents(text string) []search.Span { return from(text, indented) }

func atNumbers(text string) []search.Span { return from(text, numbered) }

func atTags(text string) []search.Span {
	start, end := 0, len(text)
	if m := content.FindStringSubmatchIndex(text); m != nil {
		start, end = m[2], m[3]
	}
	spans := between(text[start:end], paragraphTags)
	for i := range spans {
		spans[i].Start, spans[i].End = spans[i].Start+start, spans[i].End+start
	}
	return slices.DeleteFunc(spans, func(s search.Span) bool { return look(text[s.Start:s.End]).letters == "" })
}

// from are the parts that begin where start matches, each to its last line with a
// letter: page numbers and codes of documents stand between paragraphs.
func from(text string, start *regexp.Regexp) []search.Span {
	var spans []search.Span
	starts := start.FindAllStringIndex(text, -1)
	for i, m := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		spans = append(spans, search.Span{Start: m[0], End: m[0] + len(lastLetters.FindString(text[m[0]:end]))})
	}
	return spans
}

// between are the parts between separators that hold more than white space.
func between(text string, separator *regexp.Regexp) []search.Span {
	var spans []search.Span
	at := 0
	add := func(end int) {
		if strings.TrimSpace(text[at:end]) != "" {
			spans = append(spans, search.Span{Start: at, End: end})
		}
	}
	for _, m := range separator.FindAllStringIndex(text, -1) {
		add(m[0])
		at = m[1]
	}
	add(len(text))
	return spans
}

// blocks are those of the first cut that the labels agree with, as spans of the
// text; nil when they agree with none.
func blocks(r Record, text string) []search.Span {
	for _, cut := range cuts {
		if spans := cut(text); len(spans) == r.Blocks && agree(r, text, spans) {
			return spans
		}
	}
	return nil
}

func agree(r Record, text string, spans []search.Span) bool {
	for _, l := range slices.Concat(r.Attributions, r.Negatives, r.Ambiguous) {
		if l.Block < 0 || l.Block >= len(spans) {
			return false
		}
		s := spans[l.Block]
		if !strings.HasPrefix(look(text[s.Start:s.End]).letters, look(l.Start).letters) {
			return false
		}
	}
	return true
}

// several reports whether a block holds more than one paragraph: items, or lines
// whose end Markdown keeps.
func several(block string) bool { return items.MatchString(block) }

var items = regexp.MustCompile(`(?m)^[\s>]*(?:[-–•*]|\d+[.)])\s|\S[ \x{00A0}]{2,}\r?\n`)

package query

import (
	_ "embed"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// faultsText has a line for each fault: its code, a tab, and what is said of it,
// with arguments in braces.
//
//go:embed faults.txt
var faultsText string

var details = readFaults(faultsText)

func readFaults(text string) map[string]string {
	details := map[string]string{}
	for line := range strings.Lines(text) {
		if code, detail, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			details[code] = strings.TrimSpace(detail)
		}
	}
	return details
}

// Codes are the codes that an [Error] can have, sorted.
func Codes() []string { return slices.Sorted(maps.Keys(details)) }

type args = map[string]string

func number(n int) string { return strconv.Itoa(n) }

// fault is what is wrong with the runes from start to end of an input, and an
// edit that takes it away.
type fault struct {
	code       string
	start, end int
	args       args
	edit       edit
}

// edit replaces the runes from start to end.
type edit struct {
	start, end int
	text       string
	// atEnd appends text instead.
	atEnd bool
}

func newFault(code string, start, end int, a args) *fault {
	return &fault{code: code, start: start, end: end, args: a}
}

func (f *fault) remove(start, end int) *fault { return f.replace(start, end, " ") }

func (f *fault) replace(start, end int, text string) *fault {
	f.edit = edit{start: start, end: end, text: text}
	return f
}

func (f *fault) insertAtEnd(text string) *fault {
	f.edit = edit{text: text, atEnd: true}
	return f
}

func (e edit) apply(runes []rune) []rune {
	if e.atEnd {
		return append(slices.Clone(runes), []rune(e.text)...)
	}
	return slices.Concat(runes[:e.start], []rune(e.text), runes[e.end:])
}

// error is f for readers of the query as it was typed.
func (in input) error(f *fault, suggestion string) *Error {
	start := in.offsets[f.start]
	return &Error{
		Code:       f.code,
		Detail:     detail(f.code, f.args),
		Offset:     start,
		Length:     max(in.offsets[f.end]-start, 1),
		Suggestion: suggestion,
		Args:       f.args,
	}
}

func detail(code string, a args) string {
	var pairs []string
	for name, value := range a {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(details[code])
}

// maxEdits bounds the search for a suggestion: what has more faults is not worth
// one.
const maxEdits = 16

// suggestion mends runes, whose first fault is f, until they parse; "" when
// nothing is left of them.
func suggestion(runes []rune, f *fault, limits Limits) string {
	for range maxEdits {
		runes = f.edit.apply(runes)
		text := strings.Join(strings.Fields(string(runes)), " ")
		if len(text) > limits.Bytes {
			return ""
		}
		var n Node
		if n, f = parse(newInput(text), limits); f == nil {
			return mended(n, text, limits)
		}
		runes = newInput(text).runes
	}
	return ""
}

// mended is n in its canonical form, or as it was mended where the canonical
// form is longer than allowed.
func mended(n Node, text string, limits Limits) string {
	if n == nil {
		return ""
	}
	if canonical := n.String(); len(canonical) <= limits.Bytes {
		return canonical
	}
	return text
}

// tooLong is the error for a query over the limit of bytes. Its suggestion is
// the query up to its last whole word within the limit.
func tooLong(s string, limits Limits) *Error {
	cut := limits.Bytes
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	fits := s[:cut]
	if i := strings.LastIndexAny(fits, " \t\n\u00a0"); i > 0 {
		fits = fits[:i]
	}
	a := args{"limit": number(limits.Bytes), "length": number(len(s))}
	return &Error{
		Code:       "too_long",
		Detail:     detail("too_long", a),
		Offset:     utf8.RuneCountInString(s[:cut]),
		Length:     utf8.RuneCountInString(s[cut:]),
		Suggestion: suggestion([]rune(fits), &fault{}, limits),
		Args:       a,
	}
}

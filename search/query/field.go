package query

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
)

// fieldHints are names that readers use for a field, a line each: the name and
// the field.
//
//go:embed fieldhints.txt
var fieldHints string

// unknownValue asks a field for what has no value in it.
const unknownValue = "unknown"

// fieldAt finds the name of a field and its colon at the start of the run from
// at to stop. A colon with nothing behind it is punctuation, unless a field
// stands before it.
func (l *lexer) fieldAt(at, stop int) (name string, value int, ok bool) {
	start, _ := l.trim(at, stop)
	colon := start
	for colon < stop && (unicode.IsLetter(l.runes[colon]) || strings.ContainsRune("_-", l.runes[colon])) {
		colon++
	}
	if colon == start || colon == stop || l.runes[colon] != ':' {
		return "", 0, false
	}
	name = strings.ToLower(l.text(start, colon))
	value = colon + 1
	follows := value < stop || stop < len(l.runes) && (isQuote(l.runes[stop]) || l.runes[stop] == '(')
	return name, value, follows || slices.Contains(Fields, name)
}

// field reads the field whose name stands at a rune and whose value begins at
// another; the run ends at stop.
func (l *lexer) field(name string, at, value, stop int) (next int, f *fault) {
	if !slices.Contains(Fields, name) {
		return 0, l.unknownField(name, at, value, stop)
	}
	isQuoted := value == stop && stop < len(l.runes) && isQuote(l.runes[stop])
	switch {
	case isQuoted && name == "title":
		n, stop, words, f := l.phrase(value)
		if f != nil {
			return 0, f
		}
		return l.addTerm(Field{Name: name, Text: n}, at, stop, words)
	case isQuoted:
		last, f := l.quotedText(value)
		if f != nil {
			return 0, f
		}
		stop = last + 1
		return l.fieldValue(name, unquote(l.runes[value+1:last]), at, value, stop)
	case value == stop && stop < len(l.runes) && l.runes[stop] == '(':
		return 0, l.fieldGroup(name, at, stop)
	case value == stop:
		return 0, l.emptyValue(name, at, stop)
	case l.runes[value] == '-':
		text := l.text(value+1, stop)
		return 0, newFault("negated_value", at, stop, args{"field": name, "value": text}).
			replace(at, stop, "-"+name+":"+text)
	case name == "title":
		return l.title(at, value, stop)
	}
	if end := l.listEnd(stop); end > stop {
		return 0, l.values(name, at, end, value, end)
	}
	if i := slices.Index(l.runes[value:stop], '*'); i >= 0 {
		return 0, newFault("field_wildcard", at, stop, args{"field": name}).remove(value+i, value+i+1)
	}
	return l.fieldValue(name, l.text(value, stop), at, value, stop)
}

// unquote is a quoted value with single spaces and without quotes in it.
func unquote(runes []rune) string {
	return strings.Join(strings.FieldsFunc(string(runes), func(r rune) bool { return r == ' ' || isQuote(r) }), " ")
}

// title reads a word or a prefix of the title.
func (l *lexer) title(at, value, stop int) (next int, f *fault) {
	if f := l.foreign(value, stop); f != nil {
		return 0, f
	}
	if start, last := l.trim(value, stop); start == last {
		return 0, l.emptyValue("title", at, stop)
	}
	n, f := l.word(value, stop)
	if f != nil {
		return 0, f
	}
	return l.addTerm(Field{Name: "title", Text: n}, at, stop, countWords(l.text(value, stop)))
}

// fieldValue adds a field with a value, which stands from value to stop.
func (l *lexer) fieldValue(name, text string, at, value, stop int) (next int, f *fault) {
	n := Field{Name: name}
	switch {
	case text == "":
		return 0, l.emptyValue(name, at, stop)
	case name == "year" || name == "date":
		n, f = readRange(name, text, value, stop)
		if f != nil {
			return 0, f
		}
	case l.runes[stop-1] == '"' || isQuote(l.runes[stop-1]):
		n.Value = text
	default:
		start, last := l.trim(value, stop)
		if start == last {
			return 0, l.emptyValue(name, at, stop)
		}
		n.Value = l.text(start, last)
	}
	return l.addTerm(n, at, stop, 1)
}

// emptyValue is the fault of a field without a value. Where a word follows, it
// may have been meant.
func (l *lexer) emptyValue(name string, at, stop int) *fault {
	f := newFault("empty_value", at, stop, args{"field": name})
	next := stop
	for next < len(l.runes) && l.runes[next] == ' ' {
		next++
	}
	if next > stop && next < len(l.runes) && isWord(l.runes[next]) {
		return f.replace(stop, next, "")
	}
	return f.remove(at, stop)
}

// fieldGroup is the fault of values in parentheses behind a field.
func (l *lexer) fieldGroup(name string, at, open int) *fault {
	length := slices.Index(l.runes[open:], ')')
	if length < 0 {
		return newFault("field_group", at, open+1, args{"field": name}).remove(open, open+1)
	}
	f := l.values(name, at, open+length+1, open+1, open+length)
	f.end = open + 1
	return f
}

// listEnd is the end of the values that follow behind one that ends at a rune, each
// behind a comma without a space; the rune itself where there are none.
func (l *lexer) listEnd(at int) int {
	for at+1 < len(l.runes) && l.runes[at] == ',' && isWord(l.runes[at+1]) {
		at++
		for at < len(l.runes) && !endsRun(l.runes[at]) {
			at++
		}
	}
	return at
}

// values is the fault of several values, which stand from first to last, behind the
// field that stands from at to stop.
func (l *lexer) values(name string, at, stop, first, last int) *fault {
	var values []string
	for _, v := range strings.FieldsFunc(l.text(first, last), endsRun) {
		if v != "OR" && v != "AND" {
			values = append(values, name+":"+v)
		}
	}
	return newFault("field_group", at, stop, args{"field": name}).
		replace(at, stop, "("+strings.Join(values, " OR ")+")")
}

// unknownField is the fault of a name that is no field. The suggestion is the
// nearest field, or quotes that make words of it all.
func (l *lexer) unknownField(name string, at, value, stop int) *fault {
	start, _ := l.trim(at, stop)
	f := newFault("unknown_field", start, value, args{"field": name, "fields": strings.Join(Fields, ", ")})
	if near := nearestField(name); near != "" {
		return f.replace(start, value, near+":")
	}
	if value == stop {
		return f.replace(start, value, " ")
	}
	return f.replace(start, stop, quoted(l.text(start, stop)))
}

// nearestField is the field that a name probably means; "" when it is not near
// any.
func nearestField(name string) string {
	name = strings.ReplaceAll(name, "-", "_")
	for line := range strings.Lines(fieldHints) {
		if words := strings.Fields(line); len(words) == 2 && words[0] == name {
			return words[1]
		}
	}
	best, least := "", 3 // more edits than two make another word
	for _, f := range Fields {
		if d := distance(name, f); d < least {
			best, least = f, d
		}
	}
	return best
}

// distance is the Levenshtein distance of a and b in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

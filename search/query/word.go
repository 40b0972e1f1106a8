package query

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// minPrefix is the number of letters that a prefix must have: fewer begin too
// many words to be looked up.
const minPrefix = 3

// run reads the run of characters from at on: an operator, a field, a prefix
// or a word.
func (l *lexer) run(at int) (next int, f *fault) {
	stop, field := at, false // a sign ends a run, but not the value of a field
	for stop < len(l.runes) && !endsRun(l.runes[stop]) && (field || !isSign(l.runes[stop])) {
		field = field || l.runes[stop] == ':'
		stop++
	}
	if name, value, ok := l.fieldAt(at, stop); ok {
		return l.field(name, at, value, stop)
	}
	if f := l.foreign(at, stop); f != nil {
		return 0, f
	}
	if i := slices.IndexFunc(l.runes[at:stop], isSign); i >= 0 {
		stop = at + i
	}
	start, last := l.trim(at, stop)
	if start == last && slices.Contains(l.runes[at:stop], '*') {
		return 0, newFault("leading_wildcard", at, stop, nil).remove(at, stop)
	}
	if start == last {
		return stop, nil
	}
	if t, f := l.operator(start, last, stop); f != nil || t.kind != end {
		if f != nil {
			return 0, f
		}
		l.add(t)
		return stop, nil
	}
	n, f := l.wordOrLimited(at, stop)
	if f != nil {
		return 0, f
	}
	if _, f := l.addTerm(n, start, last, countWords(l.text(start, last))); f != nil {
		return 0, f
	}
	return stop, nil
}

// operator is the operator that stands from start to stop, or a token of kind
// end when there is none. The run goes on to runEnd.
func (l *lexer) operator(start, stop, runEnd int) (token, *fault) {
	t := token{start: start, end: stop, text: l.text(start, stop)}
	switch t.text {
	case "AND":
		t.kind = andOperator
	case "OR":
		t.kind = orOperator
	case "NOT":
		t.kind = notOperator
	}
	distance, isNear := strings.CutPrefix(t.text, "NEAR")
	if !isNear || distance != "" && distance[0] != '/' {
		return t, nil
	}
	n, err := strconv.Atoi(strings.TrimPrefix(distance, "/"))
	switch {
	case err != nil:
		return t, newFault("near_distance", start, runEnd, nil).replace(start, runEnd, "NEAR/5")
	case n < 1 || n > MaxDistance:
		return t, badDistance(start, stop, distance[1:], "NEAR/"+number(min(max(n, 1), MaxDistance)))
	}
	t.kind, t.distance = nearOperator, n
	return t, nil
}

func badDistance(start, stop int, value, better string) *fault {
	return newFault("bad_distance", start, stop, args{"value": value, "limit": number(MaxDistance)}).
		replace(start, stop, better)
}

// wordOrLimited reads a run as a word or a prefix, which may say of how many words.
func (l *lexer) wordOrLimited(at, stop int) (Node, *fault) {
	_, last := l.trim(at, stop)
	digits := last
	for digits > at && unicode.IsDigit(l.runes[digits-1]) {
		digits--
	}
	words, err := strconv.Atoi(l.text(digits, last))
	if err != nil || words == 0 || digits == at || l.runes[digits-1] != '*' {
		return l.word(at, stop)
	}
	n, f := l.word(at, digits) // a sign before the * makes it no prefix
	if p, ok := n.(Prefix); ok {
		p.Words = words
		return p, f
	}
	return l.word(at, stop)
}

// word reads a run as a word or a prefix.
func (l *lexer) word(at, stop int) (Node, *fault) {
	start, last := l.trim(at, stop)
	text := l.text(start, last)
	if f := l.wildcards(at, start, last, stop); f != nil {
		return nil, f
	}
	if last == stop || l.runes[last] != '*' {
		return Word{l.text(l.trimWord(at, stop))}, nil
	}
	if letters := lastWord(text); len([]rune(letters)) < minPrefix {
		return nil, newFault("short_prefix", start, last+1, args{"word": text, "limit": number(minPrefix)}).
			replace(last, stop, " ")
	}
	return Prefix{Text: text}, nil
}

// wildcards is a fault where * or ? stands before or inside a word, which is
// from start to last of the run from at to stop.
func (l *lexer) wildcards(at, start, last, stop int) *fault {
	if slices.Contains(l.runes[at:start], '*') {
		return newFault("leading_wildcard", at, stop, nil).remove(at, start)
	}
	if i := slices.IndexFunc(l.runes[start:last], isWildcard); i >= 0 {
		i += start
		return newFault("inner_wildcard", start, last, nil).replace(i, stop, "*")
	}
	return nil
}

func isWildcard(r rune) bool { return r == '*' || r == '?' }

// lastWord is the word at the end of a text that ends with one.
func lastWord(text string) string {
	return text[strings.LastIndexFunc(text, func(r rune) bool { return !isWord(r) })+1:]
}

// foreign is a fault where a run is written in another query language: regular
// expressions, fuzzy words, weights.
func (l *lexer) foreign(at, stop int) *fault {
	if f := l.looseTilde(at); f != nil {
		return f
	}
	run := l.runes[at:stop]
	if len(run) > 2 && run[0] == '/' && run[len(run)-1] == '/' {
		plain := strings.ReplaceAll(string(run[1:len(run)-1]), ".*", "*")
		return newFault("regexp", at, stop, nil).replace(at, stop, plain)
	}
	for i := at + 1; i < stop; i++ {
		if !isWord(l.runes[i-1]) && l.runes[i-1] != '*' {
			continue
		}
		switch {
		case l.runes[i] == '~':
			return newFault("fuzzy", i, stop, nil).remove(i, l.digitsEnd(i+1))
		case l.runes[i] == '^' && l.digitsEnd(i+1) > i+1:
			return newFault("boost", i, stop, nil).remove(i, l.digitsEnd(i+1))
		}
	}
	return nil
}

// looseTilde is a fault where a run begins with the ~ of a phrase that stands before it,
// or with that of none.
func (l *lexer) looseTilde(at int) *fault {
	if l.runes[at] != '~' {
		return nil
	}
	behind := at
	for behind > 0 && l.runes[behind-1] == ' ' {
		behind--
	}
	digits := l.digitsEnd(at + 1)
	switch {
	case behind > 0 && behind < at && isQuote(l.runes[behind-1]):
		return newFault("fuzzy", at, digits, nil).replace(behind, at, "")
	case digits > at+1:
		return newFault("fuzzy", at, digits, nil).remove(at, digits)
	}
	return nil
}

// digitsEnd is the end of the digits that begin at a rune.
func (l *lexer) digitsEnd(at int) int {
	for at < len(l.runes) && unicode.IsDigit(l.runes[at]) {
		at++
	}
	return at
}

package query

import (
	"slices"
	"strings"
)

type kind uint8

const (
	end kind = iota
	term
	andOperator
	orOperator
	notOperator
	minus // the - that excludes
	nearOperator
	opening
	closing
)

// token is what stands from start to end of the runes of an input.
type token struct {
	kind       kind
	start, end int
	// text is the token as it stands there, for operators.
	text string
	// node is what a term asks for.
	node Node
	// distance is that of a nearOperator.
	distance int
}

// lexer cuts an input into tokens.
type lexer struct {
	runes  []rune
	limits Limits
	tokens []token
	terms  int
}

func lex(in input, limits Limits) ([]token, *fault) {
	l := &lexer{runes: in.runes, limits: limits}
	for at := 0; at < len(l.runes); {
		next, f := l.token(at)
		if f != nil {
			return nil, f
		}
		at = next
	}
	if len(l.tokens) == 0 && strings.TrimSpace(string(l.runes)) != "" {
		return nil, newFault("no_words", 0, len(l.runes), nil).remove(0, len(l.runes))
	}
	return append(l.tokens, token{kind: end, start: len(l.runes), end: len(l.runes)}), nil
}

// token reads what begins at a rune and returns where the next one begins.
func (l *lexer) token(at int) (next int, f *fault) {
	switch r := l.runes[at]; {
	case separates(r) && r != '!' || isSign(r):
		return at + 1, nil
	case r == '(':
		return l.add(token{kind: opening, start: at, end: at + 1}), nil
	case r == ')':
		return l.add(token{kind: closing, start: at, end: at + 1}), nil
	case r == '|':
		stop := at
		for stop < len(l.runes) && l.runes[stop] == '|' {
			stop++
		}
		return l.add(token{kind: orOperator, start: at, end: stop, text: "|"}), nil
	case isQuote(r):
		return l.quotedPhrase(at)
	case r == '-' && l.prefixes(at):
		return l.add(token{kind: minus, start: at, end: at + 1, text: "-"}), nil
	case r == '!' && l.prefixes(at):
		return 0, newFault("negation_sign", at, at+1, nil).replace(at, at+1, "-")
	case r == '!':
		return at + 1, nil
	}
	return l.run(at)
}

func (l *lexer) add(t token) (next int) {
	l.tokens = append(l.tokens, t)
	return t.end
}

// prefixes reports whether the sign at a rune stands at the start of a token
// that has something to apply it to.
func (l *lexer) prefixes(at int) bool {
	if at > 0 && l.runes[at-1] != '(' && l.runes[at-1] != '|' && !separates(l.runes[at-1]) {
		return false
	}
	for i := at + 1; i < len(l.runes); i++ {
		switch r := l.runes[i]; {
		case isWord(r) || r == '*':
			return l.runes[at+1] != '-'
		case i == at+1 && (r == '(' || isQuote(r)):
			return true
		case endsRun(r):
			return false
		}
	}
	return false
}

// addTerm appends a term of so many words.
func (l *lexer) addTerm(n Node, start, stop, words int) (next int, f *fault) {
	room := l.limits.Terms - l.terms
	l.terms += max(words, 1)
	if l.terms > l.limits.Terms {
		return 0, l.tooManyTerms(n, start, stop, room)
	}
	return l.add(token{kind: term, start: start, end: stop, node: n}), nil
}

// tooManyTerms is the fault of the term n from start to stop where there is room for
// fewer words than it has. As many as there is room for are kept, within the quotes
// that they stand in.
func (l *lexer) tooManyTerms(n Node, start, stop, room int) *fault {
	a := args{"limit": number(l.limits.Terms)}
	first := start
	if _, ok := n.(Field); ok {
		first += slices.Index(l.runes[start:stop], ':') + 1
	}
	kept := l.wordsEnd(first, stop, room)
	if room == 0 || kept == stop {
		return newFault("too_many_terms", start, stop, a).remove(start, len(l.runes))
	}
	rest := stop
	for i := stop - 1; i > kept && rest == stop; i-- {
		if isQuote(l.runes[i]) {
			rest = i
		}
	}
	return newFault("too_many_terms", kept, rest, a).replace(kept, rest, "")
}

// wordsEnd is the end of the n-th of the words from start to stop; stop where there are
// fewer.
func (l *lexer) wordsEnd(start, stop, n int) int {
	for i := start; i < stop; i++ {
		if ends := i+1 == stop || !isWord(l.runes[i+1]); isWord(l.runes[i]) && ends {
			if n--; n <= 0 {
				return i + 1
			}
		}
	}
	return stop
}

// quotedText finds the text of the quote that opens at a rune: it is closed by
// its own partner, or by any quote where there is none.
func (l *lexer) quotedText(open int) (stop int, f *fault) {
	for _, closes := range []func(rune) bool{
		func(r rune) bool { return strings.ContainsRune(closers[l.runes[open]], r) },
		isQuote,
	} {
		if i := slices.IndexFunc(l.runes[open+1:], closes); i >= 0 {
			return open + 1 + i, nil
		}
	}
	return 0, newFault("unbalanced_quote", open, open+1, nil).insertAtEnd(`"`)
}

// words counts the words in a text as the analysis will.
func countWords(text string) int {
	return len(strings.FieldsFunc(text, func(r rune) bool { return !isWord(r) }))
}

// trim takes away what is not a word at both ends of the runes from start to
// stop.
func (l *lexer) trim(start, stop int) (int, int) {
	for start < stop && !isWord(l.runes[start]) {
		start++
	}
	for stop > start && !isWord(l.runes[stop-1]) {
		stop--
	}
	return start, stop
}

// trimWord trims to a word, which keeps the last dot of an abbreviation such
// as "U.S.".
func (l *lexer) trimWord(start, stop int) (int, int) {
	start, last := l.trim(start, stop)
	if last < stop && l.runes[last] == '.' && last-start >= 3 && l.runes[last-2] == '.' {
		last++
	}
	return start, last
}

func (l *lexer) text(start, stop int) string { return string(l.runes[start:stop]) }

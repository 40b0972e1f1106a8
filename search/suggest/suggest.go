// Package suggest finds what a reader may have meant who asked for a word that no
// text has: the same keys on another keyboard, or a word of the texts that is
// spelled like it. It is not for queries that cannot be read: their errors carry
// a suggestion of their own (search/query).
package suggest

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"demarche/search"
	"demarche/search/query"
)

// maxWords bounds the words of a query that are looked up.
const maxWords = 8

// longestAcronym is the length, in letters, up to which a word without vowels may be
// an acronym rather than a word typed on another keyboard.
const longestAcronym = 4

// Suggestion is a query that finds something, or tells at least what the keys that
// were typed write on another keyboard.
type Suggestion struct {
	// Query is canonical.
	Query string
	// Lang is the language of the words that were put in; "" where they were found
	// on another keyboard.
	Lang string
	// Total counts what it finds, filters aside. It is zero only for words of
	// another keyboard that occur nowhere either.
	Total search.Total
}

// For returns suggestions for a query, the one that finds most first; none where
// all of its words occur, or where it cannot be read. Each differs from the query
// in the words alone that occur nowhere.
func For(ctx context.Context, e search.Engine, text string, limits query.Limits) ([]Suggestion, error) {
	text = query.Plain(text)
	s := suggester{ctx: ctx, engine: e, limits: limits}
	words, err := s.missing(text)
	if err != nil || len(words) == 0 {
		return nil, err
	}
	var all []Suggestion
	for _, lang := range languagesOf(words) {
		found, err := s.replaced(text, words, lang)
		if err != nil {
			return nil, err
		}
		isSame := func(o Suggestion) bool { return found == nil || o.Query == found.Query }
		if found != nil && !slices.ContainsFunc(all, isSame) {
			all = append(all, *found)
		}
	}
	slices.SortStableFunc(all, func(a, b Suggestion) int { return b.Total.Paragraphs - a.Total.Paragraphs })
	return all, nil
}

type suggester struct {
	ctx    context.Context
	engine search.Engine
	limits query.Limits
}

// word is a word of a query that occurs nowhere, and what may stand for it.
type word struct {
	// start and end are bytes of the query.
	start, end int
	// keys is the word on another keyboard, where that occurs or certain is set; ""
	// elsewhere.
	keys string
	// certain says that the word can be typed by mistake only.
	certain bool
	// similar are the best of each language.
	similar map[string]string
}

// missing are the words of a query that occur nowhere.
func (s suggester) missing(text string) ([]word, error) {
	var words []word
	for i, w := range wordsIn(text) {
		if i == maxWords {
			break
		}
		typed := text[w.start:w.end]
		if n, err := s.total(typed); err != nil || n.Paragraphs > 0 {
			if err != nil {
				return nil, err
			}
			continue
		}
		if err := s.fill(&w, typed); err != nil {
			return nil, err
		}
		words = append(words, w)
	}
	return words, nil
}

// fill looks for what may stand for a word.
func (s suggester) fill(w *word, typed string) error {
	keys := OtherKeyboard(typed)
	if keys != "" {
		n, err := s.total(keys)
		if err != nil {
			return err
		}
		if n.Paragraphs > 0 {
			w.keys = keys
			return nil
		}
	}
	found, err := s.engine.Similar(s.ctx, typed)
	w.similar = map[string]string{}
	for _, f := range found {
		if w.similar[f.Lang] == "" {
			w.similar[f.Lang] = f.Text
		}
	}
	if len(found) == 0 && len([]rune(typed)) > longestAcronym && !pronounceable(typed) && pronounceable(keys) {
		w.keys, w.certain = keys, true
	}
	return err
}

// total counts what a query finds; nothing where it cannot be read.
func (s suggester) total(text string) (search.Total, error) {
	n, err := query.Parse(text, s.limits)
	if err != nil || n == nil {
		return search.Total{}, nil
	}
	r, err := s.engine.Search(s.ctx, search.Request{Query: n})
	if err != nil {
		return search.Total{}, err
	}
	return r.Total, nil
}

// languagesOf are the languages that words have something similar in; "" where all
// that can be replaced was typed on another keyboard.
func languagesOf(words []word) []string {
	var langs []string
	for _, w := range words {
		for lang := range w.similar {
			langs = append(langs, lang)
		}
	}
	if len(langs) == 0 {
		return []string{""}
	}
	slices.SortFunc(langs, search.CompareLanguages)
	return slices.Compact(langs)
}

// replaced is the query with all words replaced that can be in a language; nil
// where that finds nothing, unless a word was typed by mistake for certain.
func (s suggester) replaced(text string, words []word, lang string) (*Suggestion, error) {
	var b strings.Builder
	at, certain := 0, false
	for _, w := range words {
		instead := w.keys
		if instead == "" {
			instead = w.similar[lang]
		}
		if instead == "" {
			continue
		}
		b.WriteString(text[at:w.start] + instead)
		at, certain = w.end, certain || w.certain
	}
	if at == 0 {
		return nil, nil
	}
	better := b.String() + text[at:]
	total, err := s.total(better)
	if err != nil || total.Paragraphs == 0 && !certain {
		return nil, err
	}
	n, err := query.Parse(better, s.limits)
	if err != nil {
		// Signs that are letters on the other keyboard may have become none.
		return nil, nil
	}
	return &Suggestion{Query: n.String(), Lang: lang, Total: total}, nil
}

// wordsIn finds the words of a query where a reader has set them: between spaces,
// quotes and parentheses. Operators, fields and what begins with a sign are none.
// Signs stay part of a word, as they are letters on another keyboard.
func wordsIn(text string) []word {
	var words []word
	at := 0
	for at < len(text) {
		start := at + strings.IndexFunc(text[at:], inWord)
		if start < at {
			break
		}
		end := len(text)
		if i := strings.IndexFunc(text[start:], func(r rune) bool { return !inWord(r) }); i >= 0 {
			end = start + i
		}
		if typed := text[start:end]; isPlainWord(typed) {
			words = append(words, word{start: start, end: end})
		}
		at = end
	}
	return words
}

func inWord(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.IsControl(r) && !strings.ContainsRune(`"“”„«»‹›()|~*`, r)
}

func isPlainWord(s string) bool {
	switch {
	case s == "AND", s == "OR", s == "NOT", strings.HasPrefix(s, "NEAR"), strings.HasPrefix(s, "-"):
		return false
	}
	return !strings.ContainsAny(s, ":/") && strings.ContainsFunc(s, unicode.IsLetter)
}

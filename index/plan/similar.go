package plan

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"demarche/index/analysis"
	"demarche/search"
)

// MaxDistance is the number of letters by which a similar word differs at most.
const MaxDistance = 2

// longWord is the number of letters from which on a similar word may differ by more
// than one, and minSimilar that from which on there are similar words at all.
const (
	longWord   = 8
	minSimilar = 4
)

// Entry is an exact word of an index with the number of paragraphs that have it.
type Entry struct {
	Text       string
	Paragraphs int
}

// Similar chooses for each language the words of entries that are most like word.
// entries hold at least all words that are like it; has reports whether a language
// has a stem.
func Similar(word string, entries []Entry, langs []string, has func(lang, stem string) bool) []search.SimilarWord {
	word = analysis.Fold(word)
	distances := map[string]int{}
	entries = slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool {
		d, ok := distance(word, e.Text)
		distances[e.Text] = d
		return !ok
	})
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(
			cmp.Compare(distances[a.Text], distances[b.Text]),
			cmp.Compare(b.Paragraphs, a.Paragraphs),
			cmp.Compare(a.Text, b.Text))
	})
	var found []search.SimilarWord
	for _, lang := range slices.SortedFunc(slices.Values(langs), search.CompareLanguages) {
		n := 0
		for _, e := range entries {
			if n < search.MaxSimilar && isIn(lang, e.Text, has) {
				found = append(found, search.SimilarWord{Lang: lang, Text: e.Text, Paragraphs: e.Paragraphs})
				n++
			}
		}
	}
	return found
}

// IsSimilar reports whether a folded word is like another one.
func IsSimilar(word, other string) bool {
	_, ok := distance(word, other)
	return ok
}

// isIn reports whether a folded word is one of a language, stop words aside.
func isIn(lang, word string, has func(lang, stem string) bool) bool {
	for _, t := range analysis.Tokens(lang, word) {
		return slices.ContainsFunc(t.Stems, func(s string) bool { return has(lang, s) })
	}
	return false
}

// distance is by how many letters b differs from a, where two neighbours that have
// changed places are one; not ok where it is more than a similar word may.
func distance(a, b string) (n int, ok bool) {
	letters, others := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	limit := 1
	if letters >= longWord {
		limit = MaxDistance
	}
	if letters < minSimilar || a == b || letters-others > limit || others-letters > limit {
		return 0, false
	}
	x, y := []rune(a), []rune(b)
	if swapped(x, y) {
		return 1, true
	}
	n = levenshtein(x, y, limit)
	return n, n <= limit
}

// swapped reports whether b is a with two neighbours in each other's place.
func swapped(a, b []rune) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
		}
	}
	return false
}

// levenshtein is the number of letters to put in, take out or change; limit + 1
// where it is more than limit.
func levenshtein(a, b []rune, limit int) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
		if slices.Min(row) > limit {
			return limit + 1
		}
	}
	return row[len(b)]
}

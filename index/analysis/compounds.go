package analysis

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// minRest is the number of letters that a word behind a beginning such as
	// "cyber" has at least.
	minRest = 3
	// maxName, maxNumber and maxUnit bound the letters and digits of names such as
	// APT28 and G7, and of numbers such as 5G and 14b, that are written apart too.
	maxName, maxNumber, maxUnit = 4, 4, 2
)

// readCompounds reads, by beginnings of compounds, the beginnings of what may
// follow; none for a beginning that anything may follow.
func readCompounds(code string) map[string][]string {
	compounds := map[string][]string{}
	for line := range lines(code, "compounds.txt") {
		rests := []string{}
		for _, rest := range line[1:] {
			rests = append(rests, Fold(rest))
		}
		compounds[Fold(line[0])] = rests
	}
	return compounds
}

// Joined is the folded word that two folded words are also written as: "cyber"
// and "space", "apt" and "28"; not ok where they are not.
func Joined(lang, head, rest string) (word string, ok bool) {
	if isNameAndNumber(head, rest) {
		return head + rest, true
	}
	l := languageOf(lang)
	rests, known := l.compounds[head]
	if !known || utf8.RuneCountInString(rest) < minRest || l.stop[rest] || !isLetters(rest) {
		return "", false
	}
	fits := func(beginning string) bool { return strings.HasPrefix(rest, beginning) }
	if len(rests) > 0 && !slices.ContainsFunc(rests, fits) {
		return "", false
	}
	return head + rest, true
}

// Parts are the two folded words that a folded word is also written as, with a
// hyphen or apart; not ok where there are none.
func Parts(lang, word string) (head, rest string, ok bool) {
	if i := strings.IndexFunc(word, otherKind(word)); i > 0 {
		return word[:i], word[i:], isNameAndNumber(word[:i], word[i:])
	}
	for i := range word {
		if i == 0 {
			continue
		}
		if _, ok := Joined(lang, word[:i], word[i:]); ok {
			return word[:i], word[i:], true
		}
	}
	return "", "", false
}

// otherKind finds the letters in a word that begins with a digit, and the other way
// round.
func otherKind(word string) func(rune) bool {
	if first, _ := utf8.DecodeRuneInString(word); unicode.IsDigit(first) {
		return unicode.IsLetter
	}
	return unicode.IsDigit
}

func isNameAndNumber(a, b string) bool {
	m, n := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	return isLetters(a) && isDigits(b) && m <= maxName && n <= maxNumber ||
		isDigits(a) && isLetters(b) && m <= maxNumber && n <= maxUnit
}

func isLetters(s string) bool { return s != "" && strings.IndexFunc(s, notLetter) < 0 }

func isDigits(s string) bool { return s != "" && strings.IndexFunc(s, notDigit) < 0 }

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func notDigit(r rune) bool { return !unicode.IsDigit(r) }

package suggest

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
)

//go:embed keyboard.txt
var keyboardFile string

// keyboards lead from each key to the one in the same place on the other keyboard,
// in both directions.
var keyboards = readKeyboards()

func readKeyboards() []map[rune]rune {
	var rows [][]rune
	for line := range strings.Lines(keyboardFile) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			rows = append(rows, []rune(line))
		}
	}
	forth, back := map[rune]rune{}, map[rune]rune{}
	for i, key := range rows[0] {
		forth[key], back[rows[1][i]] = rows[1][i], key
	}
	return []map[rune]rune{forth, back}
}

// OtherKeyboard is what the keys that s was typed with write on the other keyboard,
// in lower case; "" where s was not typed on one alone, or one of the two has no letter.
func OtherKeyboard(s string) string {
	typed := []rune(strings.ToLower(s))
	if !slices.ContainsFunc(typed, unicode.IsLetter) {
		return ""
	}
	for _, keys := range keyboards {
		other := make([]rune, 0, len(typed))
		for _, r := range typed {
			if to, ok := keys[r]; ok {
				other = append(other, to)
			} else if !unicode.IsLetter(r) {
				other = append(other, r)
			}
		}
		if len(other) == len(typed) && slices.ContainsFunc(other, unicode.IsLetter) && !slices.Equal(other, typed) {
			return string(other)
		}
	}
	return ""
}

// vowels of both keyboards.
const vowels = "aeiouyаеёиоуыэюя"

// pronounceable reports whether a text can be a word at all: one letter in four is a
// vowel, and not more than three are; none stands three times running.
func pronounceable(s string) bool {
	var open, letters, same int
	var last rune
	for _, r := range strings.ToLower(s) {
		if same++; r != last {
			last, same = r, 1
		}
		if same > 2 {
			return false
		}
		if strings.ContainsRune(vowels, r) {
			open++
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters <= 4*open && 4*open <= 3*letters
}

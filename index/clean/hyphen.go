package clean

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

// compoundWords are the parts of words that keep their hyphen.
//
//go:embed data/compounds.txt
var compoundWords string

// lineHyphens joins words that were divided at the end of a line. The hyphen
// goes, unless it is that of a compound: the text itself has the word with a
// hyphen elsewhere, or one of its parts is known to take one, or what follows is a
// capital or a number.
func lineHyphens(text string) []edit {
	if !strings.Contains(text, "\n") || !strings.ContainsAny(text, "-\u2010¬") {
		return nil
	}
	lower := strings.ToLower(text)
	compounds := wordSet(compoundWords)
	lines := linesOf(text)
	var edits []edit
	for i := 1; i < len(lines); i++ {
		prev, next := lines[i-1], lines[i]
		bare := strings.TrimRight(prev.text, " \t")
		hyphen, n := utf8.DecodeLastRuneInString(bare)
		if hyphen != '-' && hyphen != '\u2010' && hyphen != '¬' {
			continue
		}
		first := lettersBefore(bare[:len(bare)-n], nil)
		second := lettersAfter(strings.TrimLeft(next.text, " \t"), nil)
		if !divided(bare[:len(bare)-n], next.text[next.indent():]) {
			continue
		}
		with := ""
		if hyphen != '¬' && keepsHyphen(lower, strings.ToLower(first), second, compounds) {
			with = "-"
		}
		edits = append(edits, edit{prev.start + len(bare) - n, next.start + next.indent(), with})
	}
	return edits
}

// divided reports whether a hyphen between the two ends of lines divides a word
// or a number: no space before it, and a letter or digit on both sides.
func divided(before, after string) bool {
	l, _ := utf8.DecodeLastRuneInString(before)
	r, _ := utf8.DecodeRuneInString(after)
	return unicode.IsLetter(l) && unicode.IsLetter(r) || unicode.IsDigit(l) && (unicode.IsDigit(r) || unicode.IsLetter(r))
}

// keepsHyphen reports whether the hyphen between first and second is part of the
// word. text is the whole text in small letters.
func keepsHyphen(text, first, second string, compounds []string) bool {
	if first == "" || !startsLower(second) {
		return true
	}
	second = strings.ToLower(second)
	whole, parts := strings.Count(text, first+second), strings.Count(text, first+"-"+second)
	if whole != parts {
		return parts > whole
	}
	return has(compounds, first+"-") || has(compounds, "-"+second)
}

package clean

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"demarche/index/edit"
)

//go:embed data/compounds.txt
var compoundsData string

// compoundWords are the parts of words that keep their hyphen.
var compoundWords = sync.OnceValue(func() map[string]bool { return wordSet(compoundsData) })

//go:embed data/conjunctions.txt
var conjunctionsData string

// conjunctions follow a hyphen that stands for the rest of a later word.
var conjunctions = sync.OnceValue(func() map[string]bool { return wordSet(conjunctionsData) })

// hyphens are the signs that divide a word at the end of a line. The last is
// what some programs print for a soft hyphen, and never part of a word.
const hyphens = "-\u2010¬"

// division is a word divided between two lines.
type division struct {
	edit.Edit
	first, second string // the parts, in small letters
	kept          bool   // the hyphen is part of the word, whatever the text says
}

// lineHyphens joins words that were divided at the end of a line. The hyphen
// goes, unless it is that of a compound: the text itself has the word with a
// hyphen elsewhere, or one of its parts is known to take one, or what follows is a
// capital or a number.
func lineHyphens(text string) []edit.Edit {
	divisions := divisionsOf(text)
	if len(divisions) == 0 {
		return nil
	}
	words := compoundsOf(text, divisions)
	compounds := compoundWords()
	var edits []edit.Edit
	for _, d := range divisions {
		whole, apart := words[d.first+d.second], words[d.first+"-"+d.second]
		known := compounds[d.first+"-"] || compounds["-"+d.second]
		if d.kept || apart > whole || apart == whole && known {
			d.With = "-"
		}
		if strings.HasPrefix(text[d.Start:], "¬") {
			d.With = ""
		}
		edits = append(edits, d.Edit)
	}
	return edits
}

// divisionsOf finds the words divided between lines: there is no space before the
// hyphen, and a letter or digit on both sides.
func divisionsOf(text string) []division {
	if !strings.Contains(text, "\n") || !strings.ContainsAny(text, hyphens) {
		return nil
	}
	var found []division
	lines := linesOf(text)
	for i := 1; i < len(lines); i++ {
		prev, next := lines[i-1], lines[i]
		bare := strings.TrimRight(prev.text, " \t")
		hyphen, n := utf8.DecodeLastRuneInString(bare)
		if bare == "" || !strings.ContainsRune(hyphens, hyphen) {
			continue
		}
		before, after := bare[:len(bare)-n], next.text[next.indent():]
		if suspended(after) {
			continue
		}
		l, _ := utf8.DecodeLastRuneInString(before)
		r, _ := utf8.DecodeRuneInString(after)
		word := unicode.IsLetter(l) && unicode.IsLetter(r)
		if !word && !(unicode.IsDigit(l) && (unicode.IsDigit(r) || unicode.IsLetter(r))) {
			continue
		}
		found = append(found, division{
			Edit:   edit.Edit{Start: prev.start + len(before), End: next.start + next.indent()},
			first:  strings.ToLower(lettersBefore(before, nil)),
			second: strings.ToLower(lettersAfter(after, nil)),
			kept:   !word || !unicode.IsLower(r) || conjunctions()[strings.ToLower(lettersAfter(after, nil))],
		})
	}
	return found
}

// suspended reports whether a line begins with a conjunction, and not with the
// middle of "day-to-day".
func suspended(line string) bool {
	word := lettersAfter(line, nil)
	return conjunctions()[strings.ToLower(word)] && strings.HasPrefix(line[len(word):], " ")
}

// compoundsOf counts the words of the text that begin as the words of the divisions
// do, with a hyphen and without: other forms of a word are written as it is.
func compoundsOf(text string, divisions []division) map[string]int {
	counts := map[string]int{}
	lengths := map[int]bool{}
	for _, d := range divisions {
		for _, w := range []string{d.first + d.second, d.first + "-" + d.second} {
			counts[w] = 0
			lengths[len(w)] = true
		}
	}
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		w = strings.ToLower(w)
		for n := range lengths {
			if n > len(w) {
				continue
			}
			if _, wanted := counts[w[:n]]; wanted {
				counts[w[:n]]++
			}
		}
	}
	return counts
}

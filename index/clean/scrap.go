package clean

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"demarche/index/edit"
)

// rules are lines that carry no words: what is left of tables and empty items,
// rules between sections, the marks of the end of a release.
var rules = regexp.MustCompile(`^(?:` +
	`[-–—•·*_=+|:~ \t\\#]*[|•·*_=~#\\][-–—•·*_=+|:~ \t\\#]*|` + // table rows without cells, empty bullets, rules, ###
	`<!--.*-->|` + // remarks that no reader sees
	`[-–—=]{1,}` + // rules of dashes, empty dash items
	`)$`)

// scrap reports whether a line, without the spaces around it, carries no words.
func scrap(line string) bool {
	return line != "" && strings.ContainsRune("|-–—•·*_=+:~#\\<", firstRune(line)) && rules.MatchString(line)
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// scraps empties the lines that carry no words. Their line ends stay: what stood
// on both sides of a scrap are two things.
func scraps(text string) []edit.Edit {
	var edits []edit.Edit
	for _, l := range linesOf(text) {
		if scrap(strings.TrimSpace(l.text)) {
			edits = append(edits, edit.At(l.start, l.end, ""))
		}
	}
	return edits
}

// pages are what stands at the head or foot of a printed page: its number, the
// number of the print job of the United Nations.
var pages = regexp.MustCompile(`^(?i:` +
	`[-–—] ?\d{1,4} ?[-–—]|` +
	`(?:page|p\.|стр\.|страница) ?\d{1,4}(?: ?(?:of|/|sur|из|de) ?\d{1,4})?|` +
	`(?:\d{1,4} +)?\d\d-\d{5}(?: +\d{1,4})?(?: \([EFR]\))?` +
	`)$`)

// pageBreaks takes out the heads and feet of pages, with the blank lines around
// them where a sentence goes on behind the page.
func pageBreaks(text string) []edit.Edit {
	lines := linesOf(text)
	set := indents(lines)
	var edits []edit.Edit
	for i, l := range lines {
		if len(l.text) > 60 || !pages.MatchString(strings.TrimSpace(l.text)) {
			continue
		}
		e := edit.At(l.start, l.end, "")
		before, after := i-1, i+1
		for before >= 0 && lines[before].blank() {
			before--
		}
		for after < len(lines) && lines[after].blank() {
			after++
		}
		if before >= 0 && after < len(lines) && !lines[after].opens() && goesOver(lines, before, after, set) {
			e = edit.At(lines[before].end, lines[after].start, "\n")
		}
		if n := len(edits); n > 0 && edits[n-1].End > e.Start {
			continue
		}
		edits = append(edits, e)
	}
	return edits
}

// goesOver reports whether a paragraph goes on behind a page: where first lines of
// paragraphs are set in (set), the next line is not; elsewhere the sentence is
// open.
func goesOver(lines []line, before, after int, set bool) bool {
	if set && lines[after].indent() == 0 && lines[before].hasColumns(minWrap) {
		return true
	}
	return !lines[before].ended() && (after == before+2 || startsLower(strings.TrimSpace(lines[after].text)))
}

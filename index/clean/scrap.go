package clean

import (
	"regexp"
	"slices"
	"strconv"
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
// number of the print job of the United Nations, the symbol and the date of their
// record.
var pages = regexp.MustCompile(`^(?i:` +
	`[-–—] ?\d{1,4} ?[-–—]|` +
	`(?:page|p\.|стр\.|страница) ?\d{1,4}(?: ?(?:of|/|sur|из|de) ?\d{1,4})?|` +
	`(?:\d{1,4}(?:/\d{1,4})? +)?\d\d-\d{5}(?: +\d{1,4}(?:/\d{1,4})?)?(?: \([EFRSAC]\))?(?: \*\d{7}\*)?|` +
	unSymbol + ` +` + pageDate + `|` + pageDate + ` +` + unSymbol +
	`)$`)

// besidePages are what belongs to the head or foot of a page where one of pages stands
// beside it, and may be something else elsewhere.
var besidePages = regexp.MustCompile(`^(?i:\d{1,4}(?:/\d{1,4})?|_{3,}|` + unSymbol + `)$`)

const (
	unSymbol = `[ASE](?:/[A-Z\d][A-Z\d.()-]*)+`
	pageDate = `\d\d/\d\d/\d{4}`
)

// pageLine is the greatest size in bytes of a line that may be the head or foot of a page.
const pageLine = 60

// furniture reports which lines are heads and feet of pages.
func furniture(lines []line) []bool {
	sure, is := make([]bool, len(lines)), make([]bool, len(lines))
	for i, l := range lines {
		sure[i] = len(l.text) <= pageLine && pages.MatchString(strings.TrimSpace(l.text))
	}
	for _, i := range counted(lines) {
		sure[i] = true
	}
	for i := range lines {
		if !sure[i] || is[i] {
			continue // of no page, or of one that is known from a line before
		}
		for _, by := range []int{-1, 1} {
			for j := i; j >= 0 && j < len(lines) && (sure[j] || lines[j].blank() || lines[j].besidePage()); j += by {
				is[j] = !lines[j].blank()
			}
		}
	}
	markRunning(lines, is)
	return is
}

// markRunning marks the running heads: short lines that stand beside the numbers of
// several pages with the same words.
func markRunning(lines []line, is []bool) {
	beside := map[string][]int{}
	for i := range lines {
		for _, by := range []int{-1, 1} {
			j := i + by
			for is[i] && j >= 0 && j < len(lines) && lines[j].blank() {
				j += by
			}
			if !is[i] || j < 0 || j >= len(lines) || is[j] || len(lines[j].text) > pageLine {
				continue
			}
			if text := strings.TrimSpace(lines[j].text); !slices.Contains(beside[text], j) {
				beside[text] = append(beside[text], j)
			}
		}
	}
	for _, at := range beside {
		for _, i := range at {
			is[i] = len(at) > 1
		}
	}
}

// counted are the lines that are nothing but numbers which count the pages: each is
// little more than the one before it. Those that count from 1 may be of sections, unless
// they stand inside a sentence.
func counted(lines []line) []int {
	const fewest, most, skipped = 2, 1500, 3 // greater ones are years
	var found []int
	first, last := 0, 0
	for i, l := range lines {
		n, err := strconv.Atoi(strings.TrimSpace(l.text))
		if len(l.text) > pageLine || err != nil || n < 1 || n > most || strings.HasPrefix(strings.TrimSpace(l.text), "+") {
			continue
		}
		if last > 0 && (n <= last || n > last+skipped) {
			return nil
		}
		if last == 0 {
			first = n
		}
		if last = n; first > 1 || i > 0 && !lines[i-1].ended() {
			found = append(found, i)
		}
	}
	if len(found) < fewest {
		return nil
	}
	return found
}

// besidePage reports whether a line may be a part of the head or foot of a page.
func (l line) besidePage() bool {
	return len(l.text) <= pageLine && besidePages.MatchString(strings.TrimSpace(l.text))
}

// pageBreaks takes out the heads and feet of pages, with the blank lines around
// them where a sentence goes on behind the page.
func pageBreaks(text string) []edit.Edit {
	lines := linesOf(text)
	set, is := indents(lines), furniture(lines)
	var edits []edit.Edit
	for i := 0; i < len(lines); i++ {
		if !is[i] {
			continue
		}
		before, after := i-1, i+1
		for before >= 0 && lines[before].blank() {
			before--
		}
		for after < len(lines) && (lines[after].blank() || is[after]) {
			after++
		}
		if before >= 0 && after < len(lines) && !lines[after].opens() && goesOver(lines, before, after, set) {
			edits = append(edits, edit.At(lines[before].end, lines[after].start, "\n"))
			i = after - 1
			continue
		}
		edits = append(edits, edit.At(lines[i].start, lines[i].end, ""))
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
	blank := slices.ContainsFunc(lines[before:after], line.blank)
	return !lines[before].ended() && (!blank || startsLower(strings.TrimSpace(lines[after].text)))
}

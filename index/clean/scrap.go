package clean

import (
	"regexp"
	"strings"
)

// rules are lines that carry no words: what is left of tables and empty items,
// rules between sections, the marks of the end of a release, numbered pages.
var rules = regexp.MustCompile(`^(?:` +
	`[-–—•·*_=+|:~ \t\\#]*[|•·*_=~#\\][-–—•·*_=+|:~ \t\\#]*|` + // table rows without cells, empty bullets, rules, ###
	`[-–—=]{1,}|` + // rules of dashes, empty dash items
	`[-–—] ?\d{1,3} ?[-–—]` + // page numbers: - 3 -
	`)$`)

// scrap reports whether a line, without the spaces around it, carries no words.
func scrap(line string) bool { return line != "" && rules.MatchString(line) }

// scraps empties the lines that carry no words. Their line ends stay: what stood
// on both sides of a scrap are two things.
func scraps(text string) []edit {
	var edits []edit
	for _, l := range linesOf(text) {
		if scrap(strings.TrimSpace(l.text)) {
			edits = append(edits, edit{l.start, l.end, ""})
		}
	}
	return edits
}

package segment

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTitle is the greatest size of a title in bytes, dozens of times that of long
// ones. It is shown with every paragraph of the document.
const maxTitle = 4 << 10

// title gives the title of a version as printed, from the lines that it stands
// on: of the headings before its paragraphs the first that is marked as one of the
// first level, else the first that is not a letterhead.
func title(units []unit) string {
	for i := range units {
		if units[i].kind == paragraph {
			break
		}
		if units[i].kind == Heading && units[i].level == 1 {
			units = units[i:]
			break
		}
	}
	first := ""
	for len(units) > 0 && units[0].kind != paragraph {
		if units[0].kind != Heading {
			units = units[1:]
			continue
		}
		n := titleLines(units)
		lines := make([]string, n)
		for i := range n {
			lines[i] = units[i].text
		}
		text := strings.Join(lines, " ")
		units = units[n:]
		switch {
		case len(text) > maxTitle, isOverline(text) && !titleWords.in(text):
		case !isLetterhead(text):
			return text
		case first == "":
			first = text
		}
	}
	return first
}

// titleLines is the number of units, of which the first is a heading, that are
// one title.
func titleLines(units []unit) int {
	n := 1
	for n < len(units) && units[n].kind == Heading && continues(&units[n-1], &units[n]) {
		n++
	}
	return n
}

// continues reports whether a heading is the next line of the title that prev is
// of: the line begins with a small letter, or prev is no title by itself, or nothing
// stands between them.
func continues(prev, u *unit) bool {
	if u.level != prev.level {
		return false
	}
	first, _ := utf8.DecodeRuneInString(u.text)
	return unicode.IsLower(first) || isTitleWord(prev.text) || !u.apart && u.number == "" && !isLetterhead(prev.text)
}

// isTitleWord reports whether a line is nothing but a word such as "Statement".
func isTitleWord(line string) bool {
	return titleWords.in(line) && len(wordsOf(line)) <= 2
}

// path is the end of the path of a page in its site, "Home / News /", whose last
// part is the title below it.
var path = regexp.MustCompile(`[/>›|]$`)

// isOverline reports whether a line stands above titles and is none.
func isOverline(line string) bool { return overlines.are(line) || path.MatchString(line) }

// isLetterhead reports whether a line is the name of an institution, "MINISTRY OF
// FOREIGN AFFAIRS", or another line that stands above titles.
func isLetterhead(line string) bool {
	if isOverline(line) {
		return true
	}
	words := wordsOf(line)
	if len(words) > 1 && articles.are(words[0]) {
		words = words[1:]
	}
	return len(words) > 0 && letterheadWords.in(strings.Join(words[:min(2, len(words))], " ")) && !titleWords.in(line)
}

package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// title joins the first heading of a version, as printed, from the lines that it
// stands in.
func title(units []unit) string {
	var lines []string
	for i := range units {
		u := &units[i]
		if u.kind != Heading {
			if len(lines) > 0 || u.kind == paragraph {
				break
			}
			continue
		}
		if len(lines) > 0 && !continues(lines[len(lines)-1], u, units[i-1].level) {
			break
		}
		lines = append(lines, u.text)
	}
	return strings.Join(lines, " ")
}

// continues reports whether a heading is the next line of the title that ends
// with prev: nothing stands between them, or prev is no title by itself, or the
// line begins with a small letter.
func continues(prev string, u *unit, level int) bool {
	if u.level != level {
		return false
	}
	first, _ := utf8.DecodeRuneInString(u.text)
	return !u.apart || unicode.IsLower(first) || isTitleWord(prev)
}

// isTitleWord reports whether a line is nothing but a word such as "Statement".
func isTitleWord(line string) bool {
	return hasWord(line, titleWords) && len(wordsOf(line)) <= 2
}

package segment

import (
	"regexp"
	"strings"
)

// The marks of Markdown that can stand in a line. What only looks like one, such
// as a single asterisk behind a word, stays.
var (
	mdImage    = regexp.MustCompile(`!\[([^\]]*)\]\([^)\s]*\)`)
	mdLink     = regexp.MustCompile(`\[([^\]]+)\]\((?:https?://|/|#|mailto:)[^)\s]*(?: "[^"]*")?\)`)
	mdStrong   = regexp.MustCompile(`\*{2,}|__+`)
	mdEmphasis = regexp.MustCompile(`(^|[\s(«“"])[*_]([^\s*_](?:[^*_]*[^\s*_])?)[*_]($|[\s.,;:!?)»”"])`)
	mdEscape   = regexp.MustCompile("\\\\([\\\\`*_{}\\[\\]()#+.!|>~-])")
	footnote   = regexp.MustCompile(`<sup>[^<\p{L}]*</sup>|\[\^[^\]\s]+\]`)
	htmlTag    = regexp.MustCompile(`</?(?:u|b|i|em|strong|sup|sub|span|br|p)(?:\s[^<>]*)?/?>`)
	bold       = regexp.MustCompile(`^(?:\*\*|__)+(?:<u>)?\s*([^*_]+?)\s*(?:</u>)?(?:\*\*|__)+\s*([:.!?]?)\s*$`)
)

// plainText takes the marks of Markdown off a line and writes its spaces single.
func plainText(line string) string {
	if strings.ContainsAny(line, "*_[<\\") {
		line = mdImage.ReplaceAllString(line, "")
		line = mdLink.ReplaceAllString(line, "$1")
		line = footnote.ReplaceAllString(line, "")
		line = htmlTag.ReplaceAllString(line, "")
		line = mdStrong.ReplaceAllString(line, "")
		line = mdEmphasis.ReplaceAllString(line, "$1$2$3")
		line = mdEscape.ReplaceAllString(line, "$1")
	}
	return strings.Join(strings.Fields(line), " ")
}

// allBold gives the text of a line that is all in bold.
func allBold(line string) (string, bool) {
	m := bold.FindStringSubmatch(line)
	if m == nil {
		return "", false
	}
	return strings.TrimSpace(m[1]) + m[2], true
}

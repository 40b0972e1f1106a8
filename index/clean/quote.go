package clean

import (
	"regexp"
	"strings"

	"demarche/index/edit"
)

// quoteMark is what a quoted line of mail or Markdown begins with.
var quoteMark = regexp.MustCompile(`^ {0,3}>(?: ?>)*(?: |$)`)

// quoteMarks finds the marks of quoted lines. They go, so that quoted lines are
// joined to paragraphs as others are; a quotation and what is not quoted, or is
// quoted in it, stay two things.
func quoteMarks(text string) []edit.Edit {
	if !strings.Contains(text, ">") {
		return nil
	}
	var edits []edit.Edit
	last := 0 // depth of the line before, which is not blank; -1 where it is
	lines := linesOf(text)
	for i, l := range lines {
		mark := quoteMark.FindString(l.text)
		depth := strings.Count(mark, ">")
		if mark == "" && last > 0 && !lines[i-1].ended() && !l.opens() {
			depth = last // Markdown needs the mark on the first line alone
		}
		blank := strings.TrimSpace(l.text[len(mark):]) == ""
		apart := ""
		if i > 0 && !blank && last >= 0 && depth != last && depth+last > 0 {
			apart = "\n"
		}
		if mark != "" || apart != "" {
			edits = append(edits, edit.At(l.start, l.start+len(mark), apart))
		}
		if last = depth; blank {
			last = -1
		}
	}
	return edits
}

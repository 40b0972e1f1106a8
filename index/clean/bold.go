package clean

import (
	"regexp"
	"strings"

	"demarche/index/edit"
)

// lateMark is a line in bold whose closing mark stands on the next line, as
// converters to Markdown write a heading that ended with a line break.
var lateMark = regexp.MustCompile(`(?m)^(?:\*\*[^*\n]*\S)([\s\x{00A0}]*\n[\s\x{00A0}]*)\*\*[ \t\x{00A0}]*$`)

// lateMarks finds such marks and moves them to the line that they close.
func lateMarks(text string) []edit.Edit {
	if !strings.Contains(text, "**") {
		return nil
	}
	var edits []edit.Edit
	for _, m := range lateMark.FindAllStringSubmatchIndex(text, -1) {
		edits = append(edits, edit.At(m[2], m[1], "**"))
	}
	return edits
}

package annotate

import (
	"fmt"
	"regexp"
	"strings"

	"demarche/search"
)

// In the record of a parliament who speaks is named with the parliamentary group: "01.02
// Anne Petit (MR):". The group tells whose parliament it is.

// member is how the words of a member of a parliament begin.
var member = regexp.MustCompile(`^[^:()]{3,60} \(([^()]{1,24})\) ?:`)

// readChambers reads rows of a state and the groups of its parliament.
func readChambers() (map[string]string, error) {
	const name = "data/chambers.csv"
	rows, err := readTable(data, name)
	if err != nil {
		return nil, err
	}
	chambers := map[string]string{}
	for i, row := range rows {
		for group := range strings.SplitSeq(row[1], ";") {
			if chambers[group] != "" {
				return nil, fmt.Errorf("%s, row %d: %q is there twice: leave out groups of two parliaments", name, i+2, group)
			}
			chambers[group] = row[0]
		}
	}
	return chambers, nil
}

// sits is the state in whose parliament a paragraph is spoken, and where it says so; ""
// where it is not known.
func (a *Annotator) sits(text string) (state string, span search.Span) {
	m := member.FindStringSubmatchIndex(text)
	if m == nil {
		return "", search.Span{}
	}
	return a.chambers[text[m[2]:m[3]]], search.Span{Start: m[0], End: m[3] + 1}
}

package segment

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/index/marker"
	"demarche/search"
)

// Transcripts have who speaks before what is said, many of them on a line of its
// own: "JOURNALIST:", « Question : ». Such a label is how the paragraph below it
// begins: by itself it says nothing, and without it nobody knows whose words the
// paragraph has.

// speakerWords is the greatest number of words of an office and a name.
const speakerWords = 8

// remark is what a label says in brackets: in what language somebody asks.
var remark = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]`)

// withLabels joins the labels of a transcript to the units behind them.
func withLabels(units []unit) []unit {
	if !isTranscript(units) {
		return units
	}
	joined := units[:0]
	for i, u := range units {
		if i > 0 && joined[len(joined)-1].speaker() != "" && u.isSpoken() {
			joined[len(joined)-1] = underLabel(joined[len(joined)-1], u)
			continue
		}
		joined = append(joined, u)
	}
	return joined
}

// isTranscript reports whether the lines that look like labels are: one of them is
// a word for somebody who asks or answers, or one is there twice.
func isTranscript(units []unit) bool {
	seen := map[string]bool{}
	for i := range units {
		name := units[i].speaker()
		if name != "" && (seen[name] || turnWords.are(name)) {
			return true
		}
		seen[name] = true
	}
	return false
}

// speaker gives the name of a unit that can be a label: words with capitals before
// a colon. It is "" for others.
func (u *unit) speaker() string {
	if u.words > 2*speakerWords || !strings.HasSuffix(u.text, ":") {
		return ""
	}
	name := strings.TrimRight(remark.ReplaceAllString(u.text, ""), " :")
	words := strings.Fields(name)
	for _, w := range words {
		if first, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(first) || strings.ContainsFunc(w, unicode.IsDigit) {
			return ""
		}
	}
	if len(words) > speakerWords {
		return ""
	}
	return name
}

// isSpoken reports whether the unit can be what a label begins.
func (u *unit) isSpoken() bool {
	return u.speaker() == "" && u.number != marker.Bullet && (u.level == 0 || u.level == boldLine)
}

// underLabel is a unit with the label that stands before it.
func underLabel(label, u unit) unit {
	u.span = search.Span{Start: label.span.Start, End: u.span.End}
	u.text = label.text + " " + u.text
	u.words += label.words
	u.apart, u.level = label.apart, 0
	return u
}

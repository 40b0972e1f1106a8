package segment

import (
	"regexp"
	"slices"
	"strings"

	"demarche/index/source"
)

// labelled is a line that gives an address behind a label, with or without its scheme.
var labelled = regexp.MustCompile(`^(\p{L}[\p{L} ]*?) ?: ?((?:https?://)?[\p{L}\d-]+(?:\.[\p{L}\d-]+)+(?:/\S*)?)`)

// withPermalinks adds to the fields of a file the address at which its text says that it
// stands ("Permalink: office.example/d/1"), which says whose page it is.
func withPermalinks(fields []source.Field, units []unit) []source.Field {
	for i := range units {
		if address := permalink(&units[i]); address != "" {
			fields = append(slices.Clip(fields), source.Field{Name: "permalink", Value: address})
		}
	}
	return fields
}

// permalink is the address of the page that a unit gives; "" when it gives none.
func permalink(u *unit) string {
	m := labelled.FindStringSubmatch(u.text)
	if m == nil || !permalinkWords.are(m[1]) {
		return ""
	}
	if !strings.Contains(m[2], "://") {
		return "https://" + m[2]
	}
	return m[2]
}

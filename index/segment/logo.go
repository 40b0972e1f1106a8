package segment

import (
	"slices"

	"demarche/index/source"
)

// withLogos adds to the fields of a file what its text has in place of pictures of
// logos and arms ("![Logo of the Alliance](logo.png)"), which say whose page it is
// and are no text of it.
func withLogos(fields []source.Field, text string) []source.Field {
	for _, m := range mdImage.FindAllStringSubmatch(text, -1) {
		if logoWords.in(m[1]) {
			fields = append(slices.Clip(fields), source.Field{Name: "logo", Value: m[1]})
		}
	}
	return fields
}

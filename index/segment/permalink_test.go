package segment_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"demarche/index/source"
)

// TestPermalinks holds that the address that a text gives as its own is a field, and that
// no other address is.
func TestPermalinks(t *testing.T) {
	for last, want := range map[string][]source.Field{
		"Permalink: https://office.example/d/1":      {{Name: "permalink", Value: "https://office.example/d/1"}},
		"Lien permanent : office.example/d/1":        {{Name: "permalink", Value: "https://office.example/d/1"}},
		"Ссылка на материал: office.example/d/1 PDF": {{Name: "permalink", Value: "https://office.example/d/1"}},
		"Contact: office.example/d/1":                nil,
		"Permalink: none":                            nil,
	} {
		d := split(t, fstest.MapFS{"a.md": {Data: []byte("# Ports\n\n" + prose + "\n\n" + last + "\n")}})[0]
		if diff := cmp.Diff(want, d.Fields); diff != "" {
			t.Errorf("%s: fields differ (-want +got):\n%s", last, diff)
		}
	}
}

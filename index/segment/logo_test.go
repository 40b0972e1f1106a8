package segment_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"demarche/index/source"
)

// TestLogos holds that a picture of a logo says whose a text is, in a field, and
// that no other picture does.
func TestLogos(t *testing.T) {
	text := "![Emblem of the League of Ports](/emblem.png)\n\n# Ports\n\n![The harbour at noon](/harbour.jpg)\n\n" + prose + "\n"
	d := split(t, fstest.MapFS{"a.md": {Data: []byte(text)}})[0]
	if diff := cmp.Diff([]source.Field{{Name: "logo", Value: "Emblem of the League of Ports"}}, d.Fields); diff != "" {
		t.Errorf("fields differ (-want +got):\n%s", diff)
	}
	if got := len(d.Versions[0].Paragraphs); got != 1 {
		t.Errorf("%d paragraphs, want 1: a picture is none", got)
	}
}

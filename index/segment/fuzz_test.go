package segment_test

import (
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"demarche/index/clean"
	"demarche/index/segment"
	"demarche/index/source"
)

// FuzzFile holds that whatever a file is, its paragraphs have text, stand in the
// file and are together not much longer than it.
func FuzzFile(f *testing.F) {
	for _, text := range []string{
		"# Title\n\n1. " + prose + "\n\n> " + proseFR + "\n",
		"<html><body><h1>Title</h1><p>" + prose + "</p><ul><li>one;</li><li>two.</li></ul></body></html>",
		"<?xml version='1.0'?><r><date>2020-01-02</date><text><![CDATA[<p>" + prose + "</p>]]></text></r>",
		"Paris, le 3 mai 2024 - " + proseFR + "\n\n**Climat**  \n" + proseFR,
		"---\ntitle: Talks\n---\n" + proseRU,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, _ := source.FindFS(fstest.MapFS{"a.txt": {Data: data}})
		file, err := source.Read(entries[0], source.Limits{})
		if err != nil {
			return
		}
		total := 0
		for _, v := range segment.Split(file, clean.Repair(file.Text)).Versions {
			for _, p := range v.Paragraphs {
				s := p.Origin.Span
				if p.Text == "" || !utf8.ValidString(p.Text) || s.Start < 0 || s.End > len(file.Decoded) || s.Start > s.End {
					t.Errorf("paragraph %q at %v of %d bytes", p.Text, s, len(file.Decoded))
				}
				total += len(p.Text)
			}
		}
		if total > 8*len(file.Decoded)+64 {
			t.Errorf("%d bytes of paragraphs of %d", total, len(file.Decoded))
		}
	})
}

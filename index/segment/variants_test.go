package segment_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"demarche/index/corpus"
)

// The same statement in another encoding, with other line ends, wrapped or misread is
// the same statement.
func TestVariants(t *testing.T) {
	coded := func(e encoding.Encoding) func(t *testing.T, text string) string {
		return func(t *testing.T, text string) string {
			s, err := encoding.ReplaceUnsupported(e.NewEncoder()).String(text)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
	}
	western := []string{"001", "003"}
	russian := []string{"000", "004"}
	all := append(append([]string{"002"}, western...), russian...)
	tests := []struct {
		name  string
		files []string
		make  func(t *testing.T, text string) string
	}{
		{"UTF-16", all, coded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))},
		{"UTF-16 without a mark", all, coded(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM))},
		{"Windows-1252", western, coded(charmap.Windows1252)},
		{"Windows-1251", russian, coded(charmap.Windows1251)},
		{"lines ended with CR and LF", all, func(_ *testing.T, text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }},
		{"wrapped at 60", all, func(_ *testing.T, text string) string { return wrap(text, 60) }},
		{"wrapped at 72", all, func(_ *testing.T, text string) string { return wrap(text, 72) }},
		{"wrapped at 100", all, func(_ *testing.T, text string) string { return wrap(text, 100) }},
		{"misread as Windows-1252", append(western, russian...), func(_ *testing.T, text string) string { return misread(text, charmap.Windows1252) }},
		{"misread as Windows-1251", russian, func(_ *testing.T, text string) string { return misread(text, charmap.Windows1251) }},
		{"misread as Latin-1 and control characters dropped", western, func(_ *testing.T, text string) string {
			return strings.Map(func(r rune) rune {
				if r >= 0x80 && r < 0xA0 {
					return -1
				}
				return r
			}, misread(text, charmap.ISO8859_1))
		}},
		{"misread as Latin-1", all[1:], func(_ *testing.T, text string) string { return misread(text, charmap.ISO8859_1) }},
	}
	for _, tt := range tests {
		for _, id := range tt.files {
			t.Run(tt.name+" "+id, func(t *testing.T) {
				text := statement(t, id)
				want := show(split(t, fstest.MapFS{"a.txt": {Data: []byte(text)}}))
				got := show(split(t, fstest.MapFS{"a.txt": {Data: []byte(tt.make(t, text))}}))
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("-as it ships +%s\n%s", tt.name, diff)
				}
			})
		}
	}
}

func statement(t *testing.T, id string) string {
	t.Helper()
	files, err := corpus.Files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasPrefix(f.Name(), id) {
			data, err := corpus.Files.ReadFile(f.Name())
			if err != nil {
				t.Fatal(err)
			}
			return string(data)
		}
	}
	t.Fatalf("no statement %s", id)
	return ""
}

// wrap ends lines where the next word would not fit into a width.
func wrap(text string, width int) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		column := 0
		for word := range strings.FieldsSeq(line) {
			n := utf8.RuneCountInString(word)
			switch {
			case column == 0:
			case column+1+n > width:
				b.WriteByte('\n')
				column = 0
			default:
				b.WriteByte(' ')
				column++
			}
			b.WriteString(word)
			column += n
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// misread takes the bytes of a text for another encoding.
func misread(text string, as *charmap.Charmap) string {
	var b strings.Builder
	for i := range len(text) {
		if r := as.DecodeByte(text[i]); r != utf8.RuneError {
			b.WriteRune(r)
		} else {
			b.WriteRune(rune(text[i]))
		}
	}
	return b.String()
}

package marker_test

import (
	"testing"

	"demarche/index/marker"
)

func TestRead(t *testing.T) {
	tests := []struct{ line, number, text string }{
		{"1. We observe", "1", "We observe"},
		{"  1.         Nous", "1", "Nous"},
		{"2) We condemn", "2", "We condemn"},
		{"3.) Text", "3", "Text"},
		{"(4) Text", "4", "Text"},
		{"14(b) the parties", "14(b)", "the parties"},
		{"14 (b). the parties", "14(b)", "the parties"},
		{"(a) to promote", "a", "to promote"},
		{"iv) to promote", "iv", "to promote"},
		{"б) содействовать", "б", "содействовать"},
		{"§ 3 Text", "3", "Text"},
		{"§12. text", "12", "text"},
		{"4.1 Text", "4.1", "Text"},
		{"4.1.2. text", "4.1.2", "text"},
		{"II. GENERAL", "II", "GENERAL"},
		{"1.We observe", "1", "We observe"},
		{`3\. Markdown`, "3", "Markdown"},
		{"- promote", "-", "promote"},
		{"• promote", "-", "promote"},
		{"* promote", "-", "promote"},
		{"— содействовать", "-", "содействовать"},
		{"•", "-", ""},
		{"7.", "7", ""},
		{"¹ See the report", "¹", "See the report"},
		{"¹²See the report", "¹²", "See the report"},
		{"[^1]: See the report", "[^1]", "See the report"},
		{"[^note]: See the report", "[^note]", "See the report"},
		// What only looks like a number.
		{"2021. A year", "", "2021. A year"},
		{"242 (1967) of the Council", "", "242 (1967) of the Council"},
		{"3.5 per cent of", "", "3.5 per cent of"},
		{"§ 3 of the law", "", "§ 3 of the law"},
		{"V. Orlov said", "", "V. Orlov said"},
		{"12 November 2018", "", "12 November 2018"},
		{"19.07.2021", "", "19.07.2021"},
		{"-5 degrees", "", "-5 degrees"},
		{"**bold**", "", "**bold**"},
		{"We observe", "", "We observe"},
		{"i.e. the state", "", "i.e. the state"},
		{"", "", ""},
	}
	for _, tt := range tests {
		number, at, ok := marker.Read(tt.line)
		if number != tt.number || tt.line[at:] != tt.text || ok != (tt.number != "") {
			t.Errorf("Read(%q) = %q, %q, %v: want %q, %q", tt.line, number, tt.line[at:], ok, tt.number, tt.text)
		}
	}
}

package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"demarche/index/edit"
)

// replaceRunes finds every character for which with knows a replacement.
func replaceRunes(text string, with func(r rune) (string, bool)) []edit.Edit {
	var edits []edit.Edit
	for i, r := range text {
		if r < utf8.RuneSelf {
			continue
		}
		if s, ok := with(r); ok {
			edits = append(edits, edit.At(i, i+utf8.RuneLen(r), s))
		}
	}
	return edits
}

// lineEnds writes every kind of line end as "\n", and drops the control
// characters that mark nothing.
func lineEnds(text string) []edit.Edit {
	var edits []edit.Edit
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\r' && strings.HasPrefix(text[i+1:], "\n"):
			edits = append(edits, edit.At(i, i+1, ""))
		case c == '\r', c == '\f', c == '\v':
			edits = append(edits, edit.At(i, i+1, "\n"))
		case c < 0x20 && c != '\n' && c != '\t', c == 0x7F:
			edits = append(edits, edit.At(i, i+1, ""))
		case strings.HasPrefix(text[i:], "\u2028"), strings.HasPrefix(text[i:], "\u2029"):
			edits = append(edits, edit.At(i, i+3, "\n"))
		}
	}
	return edits
}

// ligatures writes the glyphs of typesetters as letters. Letters that belong to
// a language, such as œ, stay.
func ligatures(text string) []edit.Edit {
	return replaceRunes(text, func(r rune) (string, bool) {
		if r < 0xFB00 || r > 0xFB06 {
			return "", false
		}
		return norm.NFKC.String(string(r)), true
	})
}

// softHyphens drops soft hyphens, with the line end behind them, and other
// characters that show nothing: zero-width spaces, joiners and marks of the
// byte order.
func softHyphens(text string) []edit.Edit {
	var edits []edit.Edit
	for i, r := range text {
		switch r {
		case 0x00AD:
			end := i + utf8.RuneLen(r)
			if rest := strings.TrimLeft(text[end:], " \t"); strings.HasPrefix(rest, "\n") && startsLower(strings.TrimLeft(rest, " \t\n")) {
				end = len(text) - len(strings.TrimLeft(rest[1:], " \t"))
			}
			edits = append(edits, edit.At(i, end, ""))
		case 0x200B, 0x2060, 0xFEFF:
			edits = append(edits, edit.At(i, i+utf8.RuneLen(r), ""))
		}
	}
	return edits
}

// noBreakSpaces writes every kind of space as a plain one.
func noBreakSpaces(text string) []edit.Edit {
	return replaceRunes(text, func(r rune) (string, bool) {
		return " ", unicode.Is(unicode.Zs, r)
	})
}

// decomposed writes in NFC what is not.
func decomposed(text string) []edit.Edit {
	var edits []edit.Edit
	for at := 0; at < len(text); {
		at += norm.NFC.QuickSpanString(text[at:])
		if at == len(text) {
			break
		}
		n := norm.NFC.NextBoundaryInString(text[at:], true)
		if s := norm.NFC.String(text[at : at+n]); s != text[at:at+n] {
			edits = append(edits, edit.At(at, at+n, s))
		}
		at += n
	}
	return edits
}

func startsLower(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r)
}

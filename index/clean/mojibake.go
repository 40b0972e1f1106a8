package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"demarche/index/edit"
)

// Text is misread when its bytes are taken for another encoding and written
// again. As long as no byte was lost, reading it back the same way gives the text as it
// was. The steps here do only that, and only where what comes out is a
// character that belongs in a statement and what went in is none.

// misread1252 finds UTF-8 that was read as Windows-1252 or Latin-1: "â€™", "Ã©".
func misread1252(text string) []edit.Edit {
	if !containsAny(text, "Â", "Ã", "Ä", "Å", "Ð", "Ñ", "â", "ï") {
		return nil
	}
	var edits []edit.Edit
	for i := 0; i < len(text); {
		if n, r, ok := unitOf(text[i:], charmap.Windows1252); ok && expected1252(r) {
			edits = append(edits, edit.At(i, i+n, string(r)))
			i += n
			continue
		}
		_, n := utf8.DecodeRuneInString(text[i:])
		i += n
	}
	return edits
}

// misread1251 finds UTF-8 that was read as Windows-1251: "РџСЂРёР·С‹РІ". Two letters
// of such a pair can meet in clean Russian, two pairs in a row cannot.
func misread1251(text string) []edit.Edit {
	if !strings.Contains(text, "Р") && !strings.Contains(text, "вЂ") {
		return nil
	}
	var edits []edit.Edit
	damaged := false
	for i := 0; i < len(text); {
		end, units := i, []edit.Edit(nil)
		for {
			n, r, ok := unitOf(text[end:], charmap.Windows1251)
			if !ok || !expected1251(r) {
				break
			}
			units = append(units, edit.At(end, end+n, string(r)))
			end += n
		}
		// A sign of three bytes is safe by itself; a single pair is only next to
		// others.
		sure := len(units) > 1 || len(units) == 1 && utf8.RuneCountInString(text[i:end]) == 3
		if damaged = damaged || sure; sure || damaged && len(units) == 1 {
			edits = append(edits, units...)
			i = end
			continue
		}
		_, n := utf8.DecodeRuneInString(text[i:])
		i += n
	}
	return edits
}

// unitOf reads the characters at the start of text back to bytes by an encoding, as
// long as they are one character of UTF-8 of two or three bytes: its length in text
// and the character.
func unitOf(text string, read *charmap.Charmap) (length int, r rune, ok bool) {
	raw := make([]byte, 0, utf8.UTFMax)
	for _, c := range text {
		b, ok := byteOf(c, read)
		if !ok || len(raw) == 0 && (b < 0xC2 || b > 0xEF) || len(raw) > 0 && b&0xC0 != 0x80 {
			return 0, 0, false
		}
		raw = append(raw, b)
		length += utf8.RuneLen(c)
		if utf8.FullRune(raw) {
			r, n := utf8.DecodeRune(raw)
			return length, r, n > 1
		}
	}
	return 0, 0, false
}

// byteOf is the byte that an encoding reads as r. The control characters stand for
// the bytes that Windows leaves undefined, and for all of them in Latin-1.
func byteOf(r rune, read *charmap.Charmap) (byte, bool) {
	if r >= 0x80 && r < 0xA0 {
		return byte(r), true
	}
	if r < utf8.RuneSelf {
		return 0, false
	}
	return read.EncodeRune(r)
}

// expected1252 tells the characters of statements from those that accented
// capitals before quotation marks and no-break spaces make by chance: "É»".
func expected1252(r rune) bool {
	return r >= 0xA0 && r <= 0x17F || unicode.Is(unicode.Cyrillic, r) && r < 0x460 || expectedSign(r)
}

// expected1251 does so for Russian.
func expected1251(r rune) bool {
	return r >= 0xA0 && r <= 0xFF || r >= 0x401 && r <= 0x457 || expectedSign(r)
}

func expectedSign(r rune) bool {
	return r >= 0x2010 && r <= 0x205E || r >= 0x20A0 && r <= 0x20BF || r >= 0x2100 && r <= 0x214F ||
		r >= 0x25A0 && r <= 0x25FF || r >= 0xFB00 && r <= 0xFB06 || r == 0xFEFF
}

// misreadCyrillic finds Windows-1251 that was read as Windows-1252: "Ïðèçûâ". No
// language of the Latin script has words of accented letters alone.
func misreadCyrillic(text string) []edit.Edit {
	if !threeAccented(text) {
		return nil
	}
	var edits, short []edit.Edit
	sure := 0
	for _, w := range accentedRuns(text) {
		var b strings.Builder
		for _, r := range text[w.Start:w.End] {
			x, _ := charmap.Windows1252.EncodeRune(r)
			b.WriteRune(charmap.Windows1251.DecodeByte(x))
		}
		w.With = b.String()
		if utf8.RuneCountInString(w.With) >= minAccented {
			sure++
		}
		short = append(short, w)
	}
	if sure > 1 {
		edits = short
	}
	return edits
}

// threeAccented reports whether three letters of the upper half of Windows-1252
// follow each other: a quick look that most texts do not pass.
func threeAccented(text string) bool {
	for at := 0; ; at++ {
		n := strings.IndexByte(text[at:], 0xC3)
		if n < 0 {
			return false
		}
		if at += n; at+4 < len(text) && text[at+2] == 0xC3 && text[at+4] == 0xC3 {
			return true
		}
	}
}

// minAccented is the length in letters from which a word of accented letters
// alone is misread Cyrillic.
const minAccented = 4

// accentedRuns finds the words that have only letters of the upper half of
// Windows-1252.
func accentedRuns(text string) []edit.Edit {
	var runs []edit.Edit
	for i := 0; i < len(text); {
		n := strings.IndexFunc(text[i:], unicode.IsLetter)
		if n < 0 {
			break
		}
		i += n
		end := len(text)
		if n := strings.IndexFunc(text[i:], func(r rune) bool { return !unicode.IsLetter(r) && r != '¸' && r != '¨' }); n >= 0 {
			end = i + n
		}
		if strings.IndexFunc(text[i:end], func(r rune) bool { return (r < 0xC0 || r > 0xFF) && r != '¸' && r != '¨' }) < 0 {
			runs = append(runs, edit.Edit{Start: i, End: end})
		}
		i = end
	}
	return runs
}

// strayControls finds the control characters U+0080 to U+009F: bytes of
// Windows-1252 that were read as Latin-1.
func strayControls(text string) []edit.Edit {
	if !strings.Contains(text, "\xc2") {
		return nil
	}
	return replaceRunes(text, func(r rune) (string, bool) {
		if r < 0x80 || r > 0x9F {
			return "", false
		}
		if c := charmap.Windows1252.DecodeByte(byte(r)); c != utf8.RuneError && c > 0x9F {
			return string(c), true
		}
		return "", true
	})
}

package source

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// decode recognises the encoding of data by its content and gives the text
// without a mark of the byte order. problem is not empty when data is no text in an
// encoding that is read, and says why.
//
// The order of the questions: a mark of the byte order settles it; then UTF-16,
// which is known by the high bytes of its letters; then control characters,
// which no text has; then UTF-8, which other encodings hardly ever are by
// chance; then the eight-bit encoding whose letters look most like words.
func decode(data []byte) (text, encoding, problem string) {
	if problem := notText(data); problem != "" {
		return "", "", problem
	}
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE, 0, 0}), bytes.HasPrefix(data, []byte{0, 0, 0xFE, 0xFF}):
		return "", "", "it is in UTF-32, which is not read: save it in UTF-8"
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return decode16(data[2:], binary.LittleEndian, "utf-16le")
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decode16(data[2:], binary.BigEndian, "utf-16be")
	}
	if order, name := guess16(data); order != nil {
		return decode16(data, order, name)
	}
	if at := controlAt(data); at >= 0 {
		return "", "", fmt.Sprintf("it is binary, not text (byte %d is a control character)", at)
	}
	return decode8(bytes.TrimPrefix(data, []byte(utf8BOM)))
}

// decode8 decodes data of an encoding whose unit is a byte.
func decode8(data []byte) (text, encoding, problem string) {
	if len(bytes.TrimSpace(data)) == 0 {
		return "", "", "it is empty"
	}
	valid, stray := countUTF8(data)
	cut := cutUTF8(data)
	switch {
	case stray == 0:
		return string(data), "utf-8", ""
	case stray == cut && (valid > 0 || cut > 1):
		// A single odd byte at the end of plain ASCII may as well be a letter of
		// an eight-bit encoding.
		return "", "", fmt.Sprintf("it is truncated: it ends inside a character at byte %d: fetch it again", len(data))
	case valid > 9*stray:
		return mixedUTF8(data), "utf-8", ""
	}
	text, encoding = bestCharmap(data)
	if encoding == "" {
		return "", "", "its encoding is not recognised: save it in UTF-8"
	}
	return text, encoding, ""
}

// controlShare is the share of control characters from which on data is not
// text. Old files hold a stray one here and there.
const controlShare = 0.002

// controlAt is the offset of the first control character of data that has too
// many of them, or any zero byte; -1 for text.
func controlAt(data []byte) int {
	first, count := -1, 0
	for i, b := range data {
		if b == 0 {
			return i
		}
		if b >= 0x20 && b != 0x7F || strings.IndexByte("\t\n\v\f\r\x1a", b) >= 0 {
			continue
		}
		if count++; first < 0 {
			first = i
		}
	}
	if float64(count) > controlShare*float64(len(data)) {
		return first
	}
	return -1
}

// countUTF8 counts the characters of several bytes, and the bytes that are part
// of no character.
func countUTF8(data []byte) (valid, stray int) {
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			stray++
		} else if n > 1 {
			valid++
		}
		data = data[n:]
	}
	return valid, stray
}

// cutUTF8 is the number of bytes of the character inside which data breaks off;
// 0 when it does not.
func cutUTF8(data []byte) int {
	for n := 1; n <= min(3, len(data)); n++ {
		if tail := data[len(data)-n:]; utf8.RuneStart(tail[0]) {
			if tail[0] >= 0xC2 && !utf8.FullRune(tail) {
				return n
			}
			return 0
		}
	}
	return 0
}

// mixedUTF8 decodes UTF-8 in which single bytes of Windows-1252 stand.
func mixedUTF8(data []byte) string {
	var b strings.Builder
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			r = charmaps[0].charmap.DecodeByte(data[0])
		}
		b.WriteRune(r)
		data = data[n:]
	}
	return b.String()
}

// guess16 recognises UTF-16 without a mark: of nearly all its units the high
// byte is that of Latin, Cyrillic or general punctuation.
func guess16(data []byte) (binary.ByteOrder, string) {
	sample := data[:min(len(data)&^1, 64<<10)]
	if len(sample) < 4 {
		return nil, ""
	}
	high := [2]int{}
	zero := [2]int{}
	for i, b := range sample {
		if b == 0x00 || b == 0x04 || b == 0x20 {
			high[i&1]++
		}
		if b == 0 {
			zero[i&1]++
		}
	}
	most := len(sample) / 2 * 9 / 10
	switch {
	case zero[1] > zero[0] && high[1] > most:
		return binary.LittleEndian, "utf-16le"
	case zero[0] > zero[1] && high[0] > most:
		return binary.BigEndian, "utf-16be"
	}
	return nil, ""
}

// decode16 decodes UTF-16 without its mark.
func decode16(data []byte, order binary.ByteOrder, name string) (text, encoding, problem string) {
	if len(data)%2 != 0 {
		return "", "", fmt.Sprintf("it is truncated: it is in UTF-16 and ends in half a character at byte %d: fetch it again", len(data))
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	if n := len(units); n > 0 && units[n-1] >= 0xD800 && units[n-1] < 0xDC00 {
		return "", "", "it is truncated: it is in UTF-16 and ends in half a character: fetch it again"
	}
	runes := utf16.Decode(units)
	odd := 0
	for _, r := range runes {
		if r == unicode.ReplacementChar || r == 0 || r < 0x20 && !unicode.IsSpace(r) && r != 0x1A {
			odd++
		}
	}
	text = string(runes)
	switch {
	case strings.TrimSpace(text) == "":
		return "", "", "it is empty"
	case float64(odd) > controlShare*float64(len(runes)):
		return "", "", "it is binary, not text"
	}
	return text, name, ""
}

package segment

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/index/lang"
	"demarche/index/marker"
	"demarche/search"
)

// paragraph is the kind of a unit that is not one of the lines of [LineKind].
const paragraph LineKind = ""

// unit is a line of the repaired text: a paragraph or a line that is none. Hard
// wraps are joined before, so that no paragraph has more than one.
type unit struct {
	kind LineKind
	// span is the line in the repaired text, with its number, without the spaces
	// around it.
	span   search.Span
	number string
	// text has no number, no marks of Markdown and single spaces.
	text  string
	words int // of text
	// level is the level of a heading of Markdown, 1 to 6; 7 for a line all in
	// bold; 0 for others.
	level int
	// apart says that a blank line, or nothing, stands before the unit.
	apart bool
	// lang is the language as detected; "" when the text is too short to tell.
	lang string
}

var mdHeading = regexp.MustCompile(`^\\?(#{1,6})\s+(.*?)\s*#*$`)

// boldLine is the level of a line that is all in bold.
const boldLine = 7

// telling is the number of words from which on text in none of the languages that
// are told is in another one: shorter ones may be names.
const telling = 20

// readUnits reads the lines of a repaired text that hold a word or a number; a
// rule of stars or dashes is as good as a blank line.
func readUnits(text string) []unit {
	var units []unit
	at, apart := 0, true
	for line := range strings.Lines(text) {
		for _, part := range parts(line, len(line) >= len(text)*9/10) {
			part.Start, part.End = part.Start+at, part.End+at
			u, ok := unitAt(text, part)
			if !ok {
				apart = true
				continue
			}
			u.apart = apart || part.Start > at
			apart = false
			units = append(units, u)
		}
		at += len(line)
	}
	return units
}

// unitAt reads a part of a text; ok is false where it holds no word.
func unitAt(text string, part search.Span) (u unit, ok bool) {
	line := text[part.Start:part.End]
	bare := strings.TrimSpace(line)
	u = readUnit(bare)
	if !strings.ContainsFunc(u.text, isWordRune) {
		return u, false
	}
	start := part.Start + strings.Index(line, bare)
	u.span = search.Span{Start: start, End: start + len(bare)}
	u.words = strings.Count(u.text, " ") + 1
	if u.lang = lang.Detect(u.text); u.lang == search.Undetermined && u.words < telling {
		u.lang = ""
	}
	return u, true
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// readUnit reads one line.
func readUnit(line string) unit {
	line = strings.TrimLeft(line, "> ")
	if m := mdHeading.FindStringSubmatch(line); m != nil {
		u := readUnit(m[2])
		u.level = len(m[1])
		return u
	}
	number, at, _ := marker.Read(line)
	rest := line[at:]
	if number == "" {
		if plain, ok := allBold(rest); ok {
			number, at, _ = marker.Read(plain)
			return unit{number: number, text: plainText(plain[at:]), level: boldLine}
		}
	}
	return unit{number: number, text: plainText(rest)}
}

// footnoteSigns refer to a footnote from behind the sentence.
const footnoteSigns = "⁰¹²³⁴⁵⁶⁷⁸⁹*†‡"

// ended reports whether the text ends as sentences and items of lists do.
func (u *unit) ended() bool {
	text := strings.TrimRightFunc(u.text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`"'”’»)]`+footnoteSigns, r)
	})
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?:;…,", r)
}

// prose reports whether the unit is long or complete enough to be a paragraph by
// itself.
func (u *unit) prose() bool {
	n := u.words
	return u.level == 0 && (n >= 30 || n >= 5 && u.ended() || u.number != "" && u.number != marker.Bullet && n >= 9)
}

// shouts reports whether the unit is words in capitals alone, as headings are: two
// of them at least, since one may be an abbreviation.
func (u *unit) shouts() bool {
	return u.words > 1 && strings.ToUpper(u.text) == u.text && strings.ToLower(u.text) != u.text
}

// capital reports whether the first letter is a capital.
func (u *unit) capital() bool {
	for _, r := range u.text {
		if unicode.IsLetter(r) {
			return unicode.IsUpper(r)
		}
	}
	return false
}

package segment

import (
	"regexp"
	"strings"

	"demarche/index/dates"
	"demarche/index/marker"
	"demarche/search"
)

// classify says of every unit what it is. Units before the first prose of a
// language and behind the last of all are read as the opening of a version and the
// end of the document: there, what is short and no sentence is a title, a date, a
// reference or a signature.
func classify(units []unit) {
	for i := range units {
		units[i].kind = lineKind(&units[i])
	}
	opening, last := prose(units)
	for i := range units {
		u := &units[i]
		switch {
		case u.kind == paragraph:
			u.kind = kindOf(units, i, opening[i], i > last)
		case u.kind == DateLine && i > last:
			u.kind = Signature
		}
	}
}

// prose finds the units that stand between the first prose of a language, or of
// the document, and the prose before it, and gives the last unit that is prose.
// Where none is, there is neither opening nor end.
func prose(units []unit) (opening []bool, last int) {
	opening, last = make([]bool, len(units)), -1
	seen := map[string]bool{}
	for i := range units {
		u := &units[i]
		if u.kind != paragraph || !u.prose() {
			continue
		}
		if last < 0 || u.lang != "" && u.lang != search.Undetermined && !seen[u.lang] {
			for j := last + 1; j < i; j++ {
				opening[j] = true
			}
		}
		seen[u.lang] = true
		last = i
	}
	if last < 0 {
		last = len(units)
	}
	return opening, last
}

// lineKind says what a unit is that shows it by itself, wherever it stands.
func lineKind(u *unit) LineKind {
	switch {
	case isDateLine(u):
		if isUpdate(u) {
			return Meta
		}
		return DateLine
	case isReference(u):
		return Reference
	case overlines.are(u.text):
		return Heading
	case u.level > 0 && (u.level < boldLine || !u.ended() || u.words < 5):
		return Heading
	case u.words == 1 && address.MatchString(u.text), permalink(u) != "":
		return Meta
	}
	return paragraph
}

// kindOf says what unit i is by its place and its neighbours.
func kindOf(units []unit, i int, opening, ending bool) LineKind {
	u := &units[i]
	switch {
	case u.number == marker.Bullet && opening && u.words <= 8 && !u.ended():
		return Meta
	case u.number != "":
		if isNumberedHeading(units, i) {
			return Heading
		}
		return paragraph
	case opening && (!u.ended() || u.shouts()):
		return Heading
	case ending && !u.ended() && (u.words <= 8 || contact.MatchString(u.text)):
		return Signature
	case isHeading(units, i):
		return Heading
	}
	return paragraph
}

// sentenceEnd is the end of a sentence inside a line; initials and numbers are none.
var sentenceEnd = regexp.MustCompile(`[?!] |[\p{L}\d»”"]{3}\. +\p{Lu}`)

// headingWords is the greatest number of words of a heading inside a document.
const headingWords = 15

// isHeading reports whether unit i, inside a document, stands as a heading
// before prose: short, no sentence, with a capital, apart from what comes before.
func isHeading(units []unit, i int) bool {
	u := &units[i]
	if u.words > headingWords || i+1 >= len(units) {
		return false
	}
	if u.shouts() {
		return true
	}
	if u.ended() || !u.capital() || sentenceEnd.MatchString(u.text) {
		return false
	}
	if i > 0 && !u.apart && !units[i-1].ended() && units[i-1].kind != Heading {
		return false
	}
	next := &units[i+1]
	return next.prose() || next.number != "" && next.words > u.words || next.level > 0
}

// isNumberedHeading tells "1. Introduction" from a short numbered paragraph: prose
// that is not numbered alike follows, or, behind the Roman number of a chapter,
// anything that has another kind of number.
func isNumberedHeading(units []unit, i int) bool {
	u := &units[i]
	if u.number == marker.Bullet || u.ended() || u.words > 8 || !u.capital() || i+1 >= len(units) {
		return false
	}
	next := &units[i+1]
	if isRoman(u.number) && next.number != "" {
		return !isRoman(next.number)
	}
	return next.prose() && (next.number == "" || strings.HasPrefix(next.number, u.number+"."))
}

func isRoman(number string) bool { return strings.Trim(number, "IVX") == "" }

// dateLineWords is the greatest number of words of a date line.
const dateLineWords = 16

// isDateLine reports whether a unit is a date and little else: a place, a day of the
// week, an hour, "issued on".
func isDateLine(u *unit) bool {
	if u.words > dateLineWords {
		return false
	}
	found := dates.Find(u.lang, u.text)
	if len(found) == 0 {
		return false
	}
	rest := u.text
	for i := len(found) - 1; i >= 0; i-- {
		rest = rest[:found[i].Span.Start] + " " + rest[found[i].Span.End:]
	}
	if titleWords.in(rest) {
		return false
	}
	left := 0
	for w := range strings.FieldsSeq(rest) {
		if len(wordsOf(w)) == 0 || dateWords.in(w) || updateWords.in(w) {
			continue
		}
		if left++; (u.ended() || u.level > 0) && strings.ToLower(w) == w {
			return false // a sentence, or the title of a section
		}
	}
	return left <= 3
}

// isUpdate reports whether the first date of a unit is that of a change: behind the
// date of issue such a date may stand as well.
func isUpdate(u *unit) bool {
	found := dates.Find(u.lang, u.text)
	return len(found) > 0 && updateWords.in(u.text[:found[0].Span.Start])
}

// contact is what shows that a line says how to reach an office.
var contact = regexp.MustCompile(`(?i)\S@\S+\.\w|https?://|www\.|\+\d|(?:^|[\s(])(?:tel|tél|тел|fax|факс)\b\.?\s*:`)

// address is a line that is nothing but an address of the web or of mail.
var address = regexp.MustCompile(`^(?:https?://|www\.)\S+$|^\S+@\S+\.\w+$`)

// symbol is the form of symbols of documents: A/RES/73/27, PR/CP(2021)0120, (2021) 120,
// 1476-19-07-2021.
var symbol = regexp.MustCompile(`\p{Lu}{1,6}(?:/[\p{Lu}\d().-]+)+|\(\d{4}\) ?\d+|№ ?\d+|\b\d{2,6}/\d{2,4}\b|^\d{1,5}-\d\d-\d\d-\d{4}$`)

// isReference reports whether a unit is the number of a press release or the
// symbol of a document.
func isReference(u *unit) bool {
	if u.words > 8 {
		return false
	}
	at := symbol.FindStringIndex(u.text)
	if at == nil {
		return false
	}
	rest := wordsOf(u.text[:at[0]] + " " + u.text[at[1]:])
	return len(rest) == 0 || referenceWords.in(strings.Join(rest, " "))
}

package highlight

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/search"
)

// choose picks the parts of text to show, sorted and apart, of at most size
// characters in all.
func choose(text string, spans []search.Span, size int) []search.Span {
	var parts []search.Span
	room := size
	for _, s := range spans {
		last := len(parts) - 1
		if last >= 0 && s.End <= parts[last].End {
			continue
		}
		part := sentence(text, s)
		if last >= 0 && strings.TrimSpace(text[parts[last].End:max(part.Start, parts[last].End)]) == "" {
			part.Start = parts[last].End // nothing lies between
		}
		if last >= 0 && characters(text, part) > room && characters(text, s)+minStub > room {
			break // another highlight, cut or without words around it, tells nothing
		}
		if part = fit(text, part, s, room); part.Len() == 0 {
			break
		}
		room -= characters(text, part)
		if last >= 0 && part.Start == parts[last].End {
			parts[last].End = part.End
		} else {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return []search.Span{{End: beginning(text, size)}}
	}
	return extend(text, parts, room)
}

// beginning is the length in bytes of the whole words that text begins with and
// that fit into size characters; of so many characters where there are none.
func beginning(text string, size int) int {
	if n := extendEnd(text, 0, size); n > 0 {
		return n
	}
	n := 0
	for i := range text {
		if n++; n > size {
			return i
		}
	}
	return len(text)
}

// fit cuts part to the words around s that room leaves; to nothing where they
// would not be worth showing.
func fit(text string, part, s search.Span, room int) search.Span {
	if characters(text, part) <= room {
		return part
	}
	s.Start, s.End = max(s.Start, part.Start), min(s.End, part.End)
	if need := characters(text, s); need > room {
		if s.Start > part.Start && room < need/2 {
			return search.Span{}
		}
		return search.Span{Start: s.Start, End: s.Start + back(text[s.Start:s.End], room)}
	}
	spare := room - characters(text, s)
	// What precedes a highlight explains less than what follows it.
	before := spare / 3
	start := s.Start - lastWords(text[part.Start:s.Start], before)
	spare -= utf8.RuneCountInString(text[start:s.Start])
	return search.Span{Start: start, End: s.End + back(text[s.End:part.End], spare)}
}

// extend gives what room is left to the text behind the last part, then to the
// text before the first.
func extend(text string, parts []search.Span, room int) []search.Span {
	last, first := &parts[len(parts)-1], &parts[0]
	end := extendEnd(text, last.End, room)
	room -= characters(text, search.Span{Start: last.End, End: end})
	last.End = end
	first.Start = extendStart(text, first.Start, room)
	return parts
}

// minStub is the number of characters below which a part of another sentence
// tells nothing.
const minStub = 20

// extendEnd moves the end of a part on by as many words as there is room for.
func extendEnd(text string, end, room int) int {
	longer := end + back(text[end:], room)
	if longer == end {
		return end
	}
	begun := sentence(text, search.Span{Start: longer - 1, End: longer})
	if begun.Start > end && begun.End > longer && characters(text, search.Span{Start: begun.Start, End: longer}) < minStub {
		return len(strings.TrimRightFunc(text[:begun.Start], unicode.IsSpace))
	}
	return longer
}

// extendStart moves the start of a part back by as many words as there is room
// for.
func extendStart(text string, start, room int) int {
	longer := start - lastWords(text[:start], room)
	if longer == start {
		return start
	}
	ended := sentence(text, search.Span{Start: longer, End: longer + 1})
	if ended.Start < longer && ended.End < start && characters(text, search.Span{Start: longer, End: ended.End}) < minStub {
		return ended.End + spaceAt(text[ended.End:])
	}
	return longer
}

func characters(text string, s search.Span) int { return utf8.RuneCountInString(text[s.Start:s.End]) }

// back is the length in bytes of the whole words that text begins with and that
// fit into so many characters; of as many characters where the first word is
// longer than that.
func back(text string, room int) int {
	n, words := 0, 0
	for i, r := range text {
		if unicode.IsSpace(r) && i > 0 {
			words = i
		}
		if n++; n > room {
			if words == 0 && startsWord(text) {
				return i
			}
			return words
		}
	}
	return len(text)
}

// startsWord reports whether text begins with more than the end of a word that
// was begun before it.
func startsWord(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return !unicode.IsSpace(r)
}

// lastWords is the length in bytes of the whole words that text ends with and
// that fit into so many characters.
func lastWords(text string, room int) int {
	words := 0
	for i := len(text); i > 0 && room > 0; room-- {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		i -= size
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		if !unicode.IsSpace(r) && (i == 0 || unicode.IsSpace(before)) {
			words = len(text) - i
		}
	}
	return words
}

// spaceAt is the length of the space that text begins with.
func spaceAt(text string) int {
	return len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
}

// sentence is the sentence around s, or the sentences where it crosses their
// edges, without spaces at the ends.
func sentence(text string, s search.Span) search.Span {
	around := search.Span{End: len(text)}
	for i := range text {
		if !beginsSentence(text, i) {
			continue
		}
		if i <= s.Start {
			around.Start = i
		} else if i >= s.End {
			around.End = len(strings.TrimRightFunc(text[:i], unicode.IsSpace))
			break
		}
	}
	return around
}

// beginsSentence reports whether a sentence begins at byte i: behind the end of
// another and a space, with a capital, a digit or a quote.
func beginsSentence(text string, i int) bool {
	before := strings.TrimRightFunc(text[:i], unicode.IsSpace)
	if i == 0 || len(before) == i {
		return i == 0
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	if !unicode.IsUpper(r) && !unicode.IsDigit(r) && !strings.ContainsRune(`"“«„—–-`, r) {
		return false
	}
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, `"”»’)`))
	return strings.ContainsRune(".!?…;:", end) && !endsInAbbreviation(before)
}

// endsInAbbreviation reports whether text ends with a capital and a dot, as in
// initials and "U.S.": such a dot ends no sentence that could be told.
func endsInAbbreviation(text string) bool {
	letters, ok := strings.CutSuffix(text, ".")
	if !ok {
		return false
	}
	r, size := utf8.DecodeLastRuneInString(letters)
	before, _ := utf8.DecodeLastRuneInString(letters[:len(letters)-size])
	return unicode.IsUpper(r) && !unicode.IsLetter(before)
}

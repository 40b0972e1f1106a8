package clean

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"demarche/index/edit"
	"demarche/index/lang"
)

// When UTF-8 is read as Latin-1 and the control characters are then dropped, bytes are lost:
// of every sign of the block of dashes and quotation marks (E2 80 xx) only "â" is
// left, of every accented capital (C3 8x, C3 9x) only "Ã", of œ (C5 93) only "Å". The
// same sign "�" stands for everything where a program gave up.
//
// What was there can be inferred from the letters around it. Most of the places
// have a context in which the letter left behind cannot stand in English or
// French: "lâAlliance", "Russiaâs", "Ãtats". These are the evidence that the text is
// damaged; without any, nothing is touched, and "grâce" or "São Paulo" never are.
// With it, places that are open to doubt by themselves are read too: a dash between
// spaces, quotation marks in pairs, the apostrophe of the plural. A place that
// nothing is known of stays as it is.

var (
	//go:embed data/elided.txt
	elidedData string
	//go:embed data/contractions.txt
	contractionsData string
	//go:embed data/circumflex.txt
	circumflexData string
	//go:embed data/accented.txt
	accentedData string

	elided       = sync.OnceValue(func() map[string]bool { return wordSet(elidedData) })
	contractions = sync.OnceValue(func() map[string]bool { return wordSet(contractionsData) })
	circumflex   = sync.OnceValue(func() map[string]bool { return wordSet(circumflexData) })
)

// hole is a place where bytes may have been lost.
type hole struct {
	start, end  int    // bytes of the text
	sign        rune   // what is left
	left, right string // the letters that touch it, in the word
	prev, next  rune   // the characters that touch it; 0 at an end of the line
	word        string // all letters around it, holes included
	at          int    // of the hole in word, in letters
	opens       bool   // a sentence begins with the hole
	lang        string // of the line
}

// guess is what stood in a hole.
type guess struct {
	with string // "" when it is not known
	// sure says that the context cannot occur in a text without damage.
	sure bool
}

// inferrer reads the holes of one text.
type inferrer struct {
	elided, contracted, circumflex map[string]bool
	// capitals maps what is left of words to the words, see [capitalsOf].
	capitals lexicon
}

// lostBytes finds the places where bytes were lost and what was there can be
// inferred.
func lostBytes(text string) []edit.Edit {
	if !containsAny(text, "â", "Ã", "Å", "\uFFFD") {
		return nil
	}
	in := inferrer{
		elided:     elided(),
		contracted: contractions(),
		circumflex: circumflex(),
	}
	if strings.Contains(text, "Ã") {
		in.capitals = capitalsOf(text)
	}
	var edits []edit.Edit
	damaged := false
	for _, line := range linesOf(text) {
		holes := holesOf(line)
		guesses := in.read(holes)
		for i, g := range guesses {
			damaged = damaged || g.sure
			if g.with != "" {
				edits = append(edits, edit.At(holes[i].start, holes[i].end, g.with))
			}
		}
	}
	if !damaged {
		return nil
	}
	return edits
}

// holesOf finds the holes of a line.
func holesOf(l line) []hole {
	if !containsAny(l.text, "â", "Ã", "Å", "\uFFFD") {
		return nil
	}
	var holes []hole
	language := lang.Detect(l.text)
	for at := 0; at < len(l.text); {
		n := strings.IndexFunc(l.text[at:], isHole)
		if n < 0 {
			break
		}
		h := holeAt(l, at+n)
		h.lang = language
		holes = append(holes, h)
		at = h.end - l.start
	}
	return holes
}

// holeAt describes the hole at an offset of a line.
func holeAt(l line, at int) hole {
	sign, n := utf8.DecodeRuneInString(l.text[at:])
	before, after := l.text[:at], l.text[at+n:]
	switch {
	case sign == unicode.ReplacementChar:
		// Every byte of one character may have become a sign of its own.
		after = strings.TrimLeft(after, string(unicode.ReplacementChar))
	case sign == 'â':
		if next, size := utf8.DecodeRuneInString(after); halfLost[next] != "" {
			sign, after = next, after[size:]
		}
	}
	rest := len(after)
	before, after = tail(before, wordContext), head(after, wordContext)
	h := hole{start: l.start + at, end: l.end - rest, sign: sign}
	h.left, h.right = lettersBefore(before, isHole), lettersAfter(after, isHole)
	whole := lettersBefore(before, nil)
	h.word = whole + string(sign) + lettersAfter(after, nil)
	h.at = utf8.RuneCountInString(whole)
	if before != "" {
		h.prev, _ = utf8.DecodeLastRuneInString(before)
	}
	if after != "" {
		h.next, _ = utf8.DecodeRuneInString(after)
	}
	lead := strings.TrimRight(before, " \"«“(")
	h.opens = lead == "" || strings.ContainsAny(lead[len(lead)-1:], ".!?")
	return h
}

// wordContext is how many bytes on each side of a hole are looked at: more than any
// word has.
const wordContext = 100

// tail gives the last bytes of s, whole characters.
func tail(s string, n int) string {
	for n = max(0, len(s)-n); n < len(s) && !utf8.RuneStart(s[n]); n++ {
	}
	return s[n:]
}

// head gives the first bytes of s, whole characters.
func head(s string, n int) string {
	for n = min(len(s), n); n < len(s) && !utf8.RuneStart(s[n]); n++ {
	}
	return s[:n]
}

// halfLost are the signs of which "â" and another character are left: "â€" of a
// closing quotation mark, whose last byte Windows-1252 leaves undefined, the others
// where only the middle byte was dropped.
var halfLost = map[rune]string{'€': "”", '¢': "•", '¦': "…", '¬': "€", '°': "‰", '²': "′", '¹': "‹", 'º': "›"}

func isHole(r rune) bool {
	return r == 'â' || r == 'Ã' || r == 'Å' || r == unicode.ReplacementChar
}

// lettersBefore gives the letters at the end of s, up to one that stop is true
// of.
func lettersBefore(s string, stop func(rune) bool) string {
	i := strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) || stop != nil && stop(r) })
	if i < 0 {
		return s
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return s[i+n:]
}

// lettersAfter gives the letters at the start of s, up to one that stop is true
// of.
func lettersAfter(s string, stop func(rune) bool) string {
	i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) || stop != nil && stop(r) })
	if i < 0 {
		return s
	}
	return s[:i]
}

// read guesses what stood in the holes of a line.
func (in *inferrer) read(holes []hole) []guess {
	guesses := make([]guess, len(holes))
	for i, h := range holes {
		switch h.sign {
		case 'Ã':
			guesses[i] = in.capital(h)
		case 'Å':
			guesses[i] = ligatureOE(h)
		case 'â', unicode.ReplacementChar:
			guesses[i] = in.sign(h)
		default:
			guesses[i] = guess{halfLost[h.sign], true}
			if h.sign == '¢' && h.left != "" {
				guesses[i].with = "™"
			}
		}
	}
	in.quotes(holes, guesses)
	return guesses
}

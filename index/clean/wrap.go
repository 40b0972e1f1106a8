package clean

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"demarche/index/edit"
	"demarche/index/marker"
)

// A line end is a hard wrap when the paragraph goes on behind it. Two things
// tell:
//
//   - The width: a program that wraps lines ends one where the next word would not
//     have fitted. In a text of which most line ends are so at one width, many are
//     inside sentences and few are the ends of some, all that are so are wraps.
//   - The sentence: a line of prose breaks off without a full stop, and the next
//     goes on with a small letter, or the line ends with a word that wants
//     another ("the", "dans les", "в").
//   - The block: too few lines to show a width are wrapped all the same where one of
//     them ends a sentence and no word that begins a line would have fitted on the one
//     before, by the widest line of the text.
//   - The indent: where the first line of each paragraph is set in and nothing
//     else is, a line that is not goes on, however short the one before it is.
//
// None holds before a line that begins something of its own.

// Widths in characters.
const (
	// minWrap and maxWrap bound the width of text wrapped by a program, from the
	// columns of a printed page to wide terminals. Wider lines are paragraphs.
	minWrap, maxWrap = 36, 130
	// wrapSlack is how much room a full line may leave besides that for the next
	// word: text that was wrapped in a font of varying width.
	wrapSlack = 10
	// minProse is the least width of a line that can break inside a sentence,
	// unless the whole text is wrapped: then it is two fifths of the width. Items of
	// lists that have lost their bullets are shorter.
	minProse = 60
)

// minWraps is the least number of line ends that show a width.
const minWraps = 3

//go:embed data/open_words.txt
var openWordsData string

// openWords are words that no sentence ends with.
var openWords = sync.OnceValue(func() map[string]bool { return wordSet(openWordsData) })

// hardWraps finds the line ends inside paragraphs.
func hardWraps(text string) []edit.Edit {
	if !strings.Contains(text, "\n") {
		return nil
	}
	lines := linesOf(text)
	page := layout{width: wrapWidth(lines), indents: indents(lines)}
	filled := filledBlocks(lines)
	var edits []edit.Edit
	var paragraph line // the lines joined so far
	for i, next := range lines {
		if i > 0 && (filled[i] || wraps(paragraph, lines[i-1], next, page)) {
			edits = append(edits, join(lines[i-1], next))
			paragraph.end, paragraph.text = next.end, text[paragraph.start:next.end]
			continue
		}
		paragraph = next
	}
	return edits
}

// layout is how a text is set.
type layout struct {
	width   int  // at which it is wrapped; 0 when it is not
	indents bool // the first line of each paragraph is set in, and nothing else
}

// wraps reports whether the paragraph to which prev belongs goes on in next.
func wraps(paragraph, prev, next line, page layout) bool {
	width := page.width
	switch {
	case goesOn(paragraph, prev, next):
		return full(prev, next, width) || breaksSentence(paragraph, next, width) ||
			page.indents && next.indent() == 0 && prev.hasColumns(width/2)
	case !full(prev, next, width):
		return false
	}
	return dashInside(paragraph, next) || itemInside(paragraph, prev, next) || numberInside(paragraph, prev, next)
}

// numberInside reports whether next begins with a number that stands in the sentence of
// the paragraph ("less than" / "5. It"), and not with the next one of an enumeration.
func numberInside(paragraph, prev, next line) bool {
	number, _, ok := marker.Read(next.text)
	if !ok || strings.Trim(number, "0123456789.") != "" || prev.blank() || prev.alone() || next.indent() > prev.indent() {
		return false
	}
	text := strings.TrimRight(paragraph.text, " \t")
	last, _, numbered := marker.Read(paragraph.text)
	return !paragraph.ended() && !strings.HasSuffix(text, ",") && !conjunctions()[lastWord(text)] &&
		!(numbered && (last == marker.Bullet || marker.Before(number) == last))
}

// itemInside reports whether next begins with a number of an enumeration within
// the paragraph: the number before it stands inside a line, too.
func itemInside(paragraph, prev, next line) bool {
	number, _, ok := marker.Read(next.text)
	if !ok || number == marker.Bullet || prev.blank() || prev.alone() || next.indent() > prev.indent() {
		return false
	}
	before := marker.Before(number)
	return before != "" && strings.Contains(paragraph.text, " "+before+")") ||
		before != "" && strings.Contains(paragraph.text, " ("+before+")")
}

// dashInside reports whether next begins with the dash of a parenthesis and not
// with that of an item: the sentence before it is open, and no item itself.
func dashInside(paragraph, next line) bool {
	return !paragraph.blank() && !paragraph.ended() && !paragraph.dash() && next.dash() && next.indent() == 0
}

// join replaces the line end between two lines, and the spaces around it, by a
// space.
func join(prev, next line) edit.Edit {
	return edit.Edit{
		Start: prev.start + len(strings.TrimRight(prev.text, " \t")),
		End:   next.start + next.indent(),
		With:  " ",
	}
}

// goesOn reports whether nothing about the lines themselves says that next is
// not of the paragraph to which prev belongs.
func goesOn(paragraph, prev, next line) bool {
	if prev.blank() || next.blank() || prev.alone() || next.opens() {
		return false
	}
	// A greater indent begins a paragraph, but hangs below the number of an item.
	return next.indent() <= prev.indent() || paragraph.opens()
}

// indents reports whether the first line of each paragraph is set in and no other
// line is: most lines are not, and nearly all that are come behind the end of a
// sentence.
func indents(lines []line) bool {
	text, in, behind := 0, 0, 0
	for i, l := range lines {
		if l.blank() {
			continue
		}
		text++
		if l.indent() == 0 || l.opens() {
			continue
		}
		in++
		if i == 0 || lines[i-1].ended() {
			behind++
		}
	}
	return in >= minWraps && in <= text*2/5 && behind >= in*4/5
}

// wrapWidth is the width at which a text is wrapped; 0 when it is not.
func wrapWidth(lines []line) int {
	var covers [maxWrap + 1]int // line ends that are full at a width
	ends, sentences, goingOn := 0, 0, 0
	for i := 1; i < len(lines); i++ {
		prev, next := lines[i-1], lines[i]
		if !goesOn(prev, prev, next) {
			continue
		}
		ends++
		if prev.ended() {
			sentences++
		} else if startsLower(strings.TrimSpace(next.text)) {
			goingOn++
		}
		full := prev.columns()
		widest := min(full+next.firstWord()+wrapSlack, maxWrap)
		for w := max(full, minWrap); w <= widest; w++ {
			covers[w]++
		}
	}
	most := slices.Max(covers[:])
	if most < minWraps || most < ends*3/5 || sentences > ends*2/5 || goingOn < ends*2/5 {
		return 0
	}
	// The narrowest width that nearly all line ends agree with: wider ones agree
	// only by the slack.
	return slices.IndexFunc(covers[:], func(n int) bool { return n >= most*19/20 })
}

// full reports whether the first word of next would not have fitted on prev, in
// a text wrapped at width.
func full(prev, next line, width int) bool {
	return width > 0 && prev.columns()+1+next.firstWord() > width-wrapSlack
}

// breaksSentence reports whether a paragraph breaks off inside a sentence that
// goes on in next.
func breaksSentence(paragraph, next line, width int) bool {
	if next.indent() > paragraph.indent() && paragraph.opens() {
		return true // it hangs below the number of an item
	}
	if paragraph.ended() {
		return false
	}
	least := minProse
	if width > 0 {
		least = min(least, width*2/5)
		if paragraph.indent() > next.indent() && !paragraph.opens() {
			return true // the first line of the paragraph is indented
		}
	}
	wanting := openWords()[lastWord(paragraph.text)]
	lower := startsLower(strings.TrimSpace(next.text)) && !next.address() && !next.dated()
	if !paragraph.hasColumns(least) {
		text := strings.TrimSpace(paragraph.text)
		return strings.Contains(text, " ") && (wanting || lower && !startsLower(text))
	}
	return wanting || lower
}

// filledBlocks tells of every line whether it goes on what the line before it
// began, by the block that it stands in. One block at least has to show that its
// sentence is broken, or to stand behind another: at the top of a text a title above
// a line of prose could be a block, too.
func filledBlocks(lines []line) []bool {
	filled, none := make([]bool, len(lines)), make([]bool, len(lines))
	width, shown := widest(lines), false
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && goesOn(lines[from], lines[to-1], lines[to]) {
			to++
		}
		if block := lines[from:to]; isFilled(block, width) {
			for i := range block[1:] {
				filled[from+1+i] = true
				shown = shown || breaksSentence(block[i], block[i+1], width) || from > 0 && !block[i].ended()
			}
		}
		from = to
	}
	if !shown {
		return none
	}
	return filled
}

// widest is the width of the widest line; 0 when it is wider than text is wrapped.
func widest(lines []line) int {
	width := 0
	for _, l := range lines {
		if l.hasColumns(maxWrap + 1) {
			return 0
		}
		width = max(width, l.columns())
	}
	return width
}

// isFilled reports whether lines that follow each other can be a paragraph wrapped
// at a width.
func isFilled(block []line, width int) bool {
	if width < minWrap || !block[len(block)-1].ended() {
		return false
	}
	for i, next := range block[1:] {
		if block[i].columns()+1+next.firstWord() <= width {
			return false
		}
	}
	return true
}

// wordSet gives the words of a data file. Lines that begin with # are remarks.
func wordSet(data string) map[string]bool {
	words := map[string]bool{}
	for l := range strings.Lines(data) {
		if strings.HasPrefix(l, "#") {
			continue
		}
		for w := range strings.FieldsSeq(l) {
			words[w] = true
		}
	}
	return words
}

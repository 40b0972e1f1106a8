package query

import (
	"slices"
	"strconv"
	"strings"
)

// quotedPhrase reads the phrase whose quote opens at a rune.
func (l *lexer) quotedPhrase(open int) (next int, f *fault) {
	n, stop, words, f := l.phrase(open)
	if f != nil {
		return 0, f
	}
	return l.addTerm(n, open, stop, words)
}

// phrase reads a phrase with what follows its quotes, to stop.
func (l *lexer) phrase(open int) (n Phrase, stop, words int, f *fault) {
	last, f := l.quotedText(open)
	if f != nil {
		return n, 0, 0, f
	}
	s := &slotReader{lexer: l, at: open + 1, stop: last}
	if f := s.read(); f != nil {
		return n, 0, 0, f
	}
	n.Slots = s.slots
	stop, f = l.slop(&n, last+1)
	if f == nil {
		f = checkGaps(n, open, stop, s.gaps)
	}
	return n, stop, s.words, f
}

// slop reads "~" and a number behind the quotes of n.
func (l *lexer) slop(n *Phrase, at int) (stop int, f *fault) {
	if at >= len(l.runes) {
		return at, nil
	}
	digits := l.digitsEnd(at + 1)
	switch {
	case l.runes[at] == '^' && digits > at+1:
		return at, newFault("boost", at, digits, nil).remove(at, digits)
	case l.runes[at] != '~':
		return at, nil
	}
	n.Inflected = true
	if digits == at+1 {
		return digits, nil
	}
	value := l.text(at+1, digits)
	distance, err := strconv.Atoi(value)
	switch {
	case err != nil || distance > MaxDistance:
		return at, badDistance(at+1, digits, value, number(MaxDistance))
	case distance < 1:
		return at, badDistance(at+1, digits, value, "1")
	}
	// One word is near itself.
	if len(n.Slots) > 1 {
		n.Slop = distance
	}
	return digits, nil
}

// checkGaps is a fault where a gap says nothing, or a phrase has no word. gaps
// are the runes at which the gaps stand.
func checkGaps(n Phrase, open, stop int, gaps []int) *fault {
	if len(n.Slots) == 0 {
		return newFault("empty_phrase", open, stop, nil).remove(open, stop)
	}
	first, last := n.Slots[0], n.Slots[len(n.Slots)-1]
	switch {
	case len(first.Alternatives) == 0:
		return newFault("gap_at_edge", gaps[0], gaps[0]+1, nil).remove(gaps[0], gaps[0]+1)
	case len(last.Alternatives) == 0:
		gap := gaps[len(gaps)-1]
		return newFault("gap_at_edge", gap, gap+1, nil).remove(gap, gap+1)
	case n.Slop > 0 && len(gaps) > 0:
		return newFault("gap_in_window", gaps[0], gaps[0]+1, nil).remove(gaps[0], gaps[0]+1)
	}
	return nil
}

// slotReader reads the slots of a phrase from at to stop.
type slotReader struct {
	*lexer
	at, stop int
	slots    []Slot
	// gaps are the runes at which slots without alternatives stand.
	gaps  []int
	words int
}

func (s *slotReader) read() *fault {
	for s.at < s.stop {
		var f *fault
		switch r := s.runes[s.at]; {
		case r == '(':
			f = s.group()
		case r == '|':
			f = s.bar()
		case endsRun(r) || isSign(r):
			s.at++
		default:
			f = s.slot()
		}
		if f != nil {
			return f
		}
	}
	return nil
}

// bar is the fault of a "|" outside parentheses. The words on both sides of it,
// and of others that follow without a space, were probably meant as alternatives.
func (s *slotReader) bar() *fault {
	isBreak := func(r rune) bool { return endsRun(r) && r != '|' }
	first, last := s.at, s.at
	for first > 0 && !isBreak(s.runes[first-1]) {
		first--
	}
	for last < s.stop && !isBreak(s.runes[last]) {
		last++
	}
	f := newFault("bar_in_phrase", s.at, s.at+1, nil)
	if strings.Trim(s.text(first, last), "|") != s.text(first, last) {
		return f.remove(s.at, s.at+1)
	}
	return f.replace(first, last, "("+s.text(first, last)+")")
}

// slot reads a word or a gap.
func (s *slotReader) slot() *fault {
	start := s.at
	for s.at < s.stop && !endsRun(s.runes[s.at]) && !isSign(s.runes[s.at]) {
		s.at++
	}
	if s.at == start+1 && s.runes[start] == '*' {
		s.slots = append(s.slots, Slot{})
		s.gaps = append(s.gaps, start)
		return nil
	}
	text, f := s.wordIn(start, s.at)
	if f == nil && text != "" {
		s.slots = append(s.slots, Slot{[]string{text}})
		s.words += countWords(text)
	}
	return f
}

// wordIn is the word from start to stop, "" when there is none.
func (s *slotReader) wordIn(start, stop int) (string, *fault) {
	if i := slices.Index(s.runes[start:stop], '*'); i >= 0 {
		i += start
		return "", newFault("wildcard_in_phrase", start, stop, nil).remove(i, i+1)
	}
	return s.text(s.trimWord(start, stop)), nil
}

// group reads alternatives in parentheses; parentheses without "|" are
// punctuation.
func (s *slotReader) group() *fault {
	start := s.at + 1
	length := slices.Index(s.runes[start:s.stop], ')')
	if length < 0 || !slices.Contains(s.runes[start:start+length], '|') {
		s.at++
		return nil
	}
	stop := start + length
	var slot Slot
	for at := start; at <= stop; {
		bar := at
		for bar < stop && s.runes[bar] != '|' {
			bar++
		}
		text, f := s.alternative(at, bar)
		if f != nil {
			return f
		}
		if text == "" {
			// Take away the bar on one side of the empty one.
			cut := min(bar, stop-1)
			return newFault("empty_alternative", start-1, stop+1, nil).remove(cut, cut+1)
		}
		slot.Alternatives = append(slot.Alternatives, text)
		s.words += countWords(text)
		at = bar + 1
	}
	s.slots = append(s.slots, slot)
	s.at = stop + 1
	return nil
}

// alternative is the words from start to stop.
func (s *slotReader) alternative(start, stop int) (string, *fault) {
	var words []string
	for at := start; at < stop; {
		end := at
		for end < stop && !endsRun(s.runes[end]) && !isSign(s.runes[end]) {
			end++
		}
		text, f := s.wordIn(at, end)
		if f != nil {
			return "", f
		}
		if text != "" {
			words = append(words, text)
		}
		at = end + 1
	}
	return strings.Join(words, " "), nil
}

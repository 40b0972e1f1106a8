package annotate

import (
	"iter"

	"demarche/index/annotate/pattern"
)

// ableIn are the rules that a sentence could match with some of the patterns, in order, and
// the numbers of those that it could.
func (l *language) ableIn(s *sentence, among pattern.Numbers) iter.Seq2[*rule, []int] {
	able := l.index.Possible(s.present, among)
	return func(yield func(*rule, []int) bool) {
		rest := able
		for i := range l.rules {
			n := 0
			for n < len(rest) && rest[n] < l.rules[i].end {
				n++
			}
			if n > 0 && !yield(&l.rules[i], rest[:n]) {
				return
			}
			rest = rest[n:]
		}
	}
}

// texts are what patterns are matched with: a sentence whole and bare.
type texts struct{ whole, bare *pattern.Text }

// matches are those of some patterns in the sentence as it is being read.
func (r *reading) matches(able []int) iter.Seq[pattern.Match] {
	return func(yield func(pattern.Match) bool) {
		text := r.text()
		for _, n := range able {
			for _, m := range r.lang.patterns[n].In(text) {
				if !yield(m) {
					return
				}
			}
		}
	}
}

func (r *reading) text() *pattern.Text {
	text := &r.texts.whole
	if r.sentence != r.whole {
		text = &r.texts.bare
	}
	if *text == nil {
		*text = r.lang.grammar.Read(r.sentence.masks, r.sentence.present)
	}
	return *text
}

// done gives back what the reading has taken.
func (r *reading) done() {
	if r.texts.whole != nil {
		r.texts.whole.Done()
	}
	if r.texts.bare != nil {
		r.texts.bare.Done()
	}
	r.texts = texts{}
}

package phrase

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// Set is a list of phrases, each with a value. Once filled it is safe for use
// by many goroutines.
//
// The phrases form a trie over words, the words one over bytes. A look-up walks
// the words of the text once, and goes back at most the length of the longest
// phrase, so time is linear in the text.
type Set struct {
	words spelling
	nodes []node
	// first has, by word, the nodes that lie behind the root; 0 for none.
	first []int32
}

// node is a place in the trie of phrases; node 0 is its root.
type node struct {
	next    map[int32]int32 // word: node; nil for the root
	initial [2]uint64       // the ASCII letters with which the words of next begin, see mayGoOn
	entries []entry
	values  []int // of the entries
	plain   bool  // there are entries, and each fits however it is written
}

// entry is a phrase that ends at a node. Bit i of the masks is its word i.
type entry struct {
	value            int
	capitals, uppers uint64 // words written Like This, or LIKE this
	dotted           uint64 // words that need a full stop behind them, as in U.S.
}

// Longest phrase in words; a mask has one bit for each.
const maxWords = 64

// NewSet makes an empty set.
func NewSet() *Set {
	return &Set{nodes: make([]node, 1)}
}

// Add adds a phrase. A word that ends in "*" stands for all words that begin
// so. A phrase of one word that has a capital must have one in the text; in a
// longer phrase one of such words must. A word all in capitals of two letters
// or more must be so in the text: "US" is not "us". Full stops inside an
// abbreviation ("U.S.") and commas must be in the text. The error is for the author of a
// list.
func (s *Set) Add(phrase string, value int) error {
	tokens := Tokens(phrase)
	e := entry{value: value}
	at, n := int32(0), 0
	for i, t := range tokens {
		if t.Kind == Mark {
			if err := checkMark(phrase, tokens, i); err != nil {
				return err
			}
			if !isComma(phrase, t) {
				continue
			}
		}
		if n == maxWords {
			return fmt.Errorf("%q has more than %d words", phrase, maxWords)
		}
		e.note(t, followedBy(phrase, tokens, i, "."), n)
		folded := Fold(phrase[t.Start:t.End])
		s.nodes[at].begin(folded)
		at = s.step(at, s.words.add(folded, followedBy(phrase, tokens, i, "*")))
		n++
	}
	if n == 0 {
		return errors.New("a phrase needs a word")
	}
	end := &s.nodes[at]
	end.plain = (end.plain || len(end.entries) == 0) && e == entry{value: value}
	end.entries = append(end.entries, e)
	end.values = append(end.values, value)
	return nil
}

func checkMark(phrase string, tokens []Token, i int) error {
	mark := phrase[tokens[i].Start:tokens[i].End]
	if mark == "*" && (i == 0 || tokens[i].Spaced || tokens[i-1].Kind == Mark || i+1 < len(tokens) && !tokens[i+1].Spaced && tokens[i+1].Kind != Mark) {
		return fmt.Errorf("%q: * must stand at the end of a word", phrase)
	}
	if mark != "*" && mark != "." && (mark != "," || i == 0) && !joins(mark) {
		return fmt.Errorf("%q: a phrase cannot contain %q", phrase, mark)
	}
	return nil
}

func (e *entry) note(t Token, dotted bool, word int) {
	bit := uint64(1) << word
	if dotted {
		e.dotted |= bit
	}
	switch {
	case t.Case == Upper && t.End-t.Start > 1 && !dotted:
		e.uppers |= bit
	case t.Case != Lower:
		e.capitals |= bit
	}
}

// followedBy reports whether mark stands directly behind token i.
func followedBy(text string, tokens []Token, i int, mark string) bool {
	return i+1 < len(tokens) && !tokens[i+1].Spaced && text[tokens[i+1].Start:tokens[i+1].End] == mark
}

// begins reports whether a phrase begins with one of the words found.
func (s *Set) begins(f *found) bool {
	for _, word := range f.slice() {
		if _, ok := s.after(0, word); ok {
			return true
		}
	}
	return false
}

// after is the node that a word leads to.
func (s *Set) after(from, word int32) (to int32, ok bool) {
	if from != 0 {
		to, ok = s.nodes[from].next[word]
		return to, ok
	}
	if int(word) < len(s.first) {
		to = s.first[word]
	}
	return to, to != 0
}

func (s *Set) step(from, word int32) int32 {
	if to, ok := s.after(from, word); ok {
		return to
	}
	to := int32(len(s.nodes))
	s.nodes = append(s.nodes, node{})
	if from == 0 {
		s.first = append(s.first, make([]int32, max(0, int(word)+1-len(s.first)))...)
		s.first[word] = to
		return to
	}
	if s.nodes[from].next == nil {
		s.nodes[from].next = map[int32]int32{}
	}
	s.nodes[from].next[word] = to
	return to
}

// begin notes that a folded word goes on from a node.
func (n *node) begin(word string) {
	if c := word[0]; c < utf8.RuneSelf {
		n.initial[c/64] |= 1 << (c % 64)
	}
}

// mayGoOn reports whether a word of a text can lead on from a node, by its first letter:
// most cannot. One that is not ASCII may be anything once it is folded.
func (n *node) mayGoOn(word string) bool {
	c := word[0]
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c >= utf8.RuneSelf || n.initial[c/64]>>(c%64)&1 == 1
}

// Match is where a phrase stands in a text.
type Match struct {
	// First and End are tokens, half-open.
	First, End int
	// Values are those of all phrases that stand there, in the order of Add. They
	// must not be written to.
	Values []int
}

// At finds the longest phrase that begins at token i. Several phrases of that
// length that differ in case only are one match. It reports false where none
// does.
func (s *Set) At(text string, tokens []Token, i int) (Match, bool) {
	if tokens[i].Kind == Mark {
		return Match{}, false
	}
	words := s.words.find(text[tokens[i].Start:tokens[i].End])
	if !s.begins(&words) {
		return Match{}, false
	}
	w := walk{set: s, text: text, tokens: tokens, best: Match{First: i, End: i}}
	w.step(0, i, 0, path{}, &words)
	return w.best, w.best.End > i
}

// path is what the words walked so far are written like.
type path struct{ capitals, uppers, dotted uint64 }

type walk struct {
	set    *Set
	text   string
	tokens []Token
	best   Match
}

// from walks on at a node, with word number n being token i.
func (w *walk) from(at int32, i, n int, p path) {
	if len(w.set.nodes[at].next) == 0 || i >= len(w.tokens) || w.tokens[i].Kind == Mark && !isComma(w.text, w.tokens[i]) {
		return
	}
	word := w.text[w.tokens[i].Start:w.tokens[i].End]
	if !w.set.nodes[at].mayGoOn(word) {
		return
	}
	words := w.set.words.find(word)
	w.step(at, i, n, p, &words)
}

// step takes token i, which is one of words, and walks on.
func (w *walk) step(at int32, i, n int, p path, words *found) {
	t := w.tokens[i]
	for _, word := range words.slice() {
		to, ok := w.set.after(at, word)
		if !ok {
			continue
		}
		q, end := p.add(t, n), i+1
		if followedBy(w.text, w.tokens, i, ".") {
			q.dotted |= 1 << n
		}
		w.collect(to, end, n, q)
		w.from(to, w.skip(end, t), n+1, q)
	}
}

func (p path) add(t Token, n int) path {
	if t.Case != Lower {
		p.capitals |= 1 << n
	}
	if t.Case == Upper {
		p.uppers |= 1 << n
	}
	return p
}

// collect takes the phrases that end at a node, where they are longer than the
// best so far or as long.
func (w *walk) collect(at int32, end, last int, p path) {
	n := &w.set.nodes[at]
	if end > w.best.End && n.allFit(p, last) {
		w.best.End, w.best.Values = end, slices.Clip(n.values)
		return
	}
	for _, e := range n.entries {
		if !e.fits(p) {
			continue
		}
		stop := end
		if e.dotted>>last&1 == 1 {
			stop++ // the full stop is part of the name
		}
		if stop > w.best.End {
			w.best.End, w.best.Values = stop, nil
		}
		if stop == w.best.End {
			w.best.Values = append(w.best.Values, e.value)
		}
	}
}

// allFit reports whether there are phrases at a node and all of them fit and end with
// their last word, without a full stop: most words are one phrase, in any case.
func (n *node) allFit(p path, last int) bool {
	if n.plain {
		return true
	}
	for i := range n.entries {
		if e := &n.entries[i]; !e.fits(p) || e.dotted>>last&1 == 1 {
			return false
		}
	}
	return len(n.entries) > 0
}

func (e *entry) fits(p path) bool {
	return e.uppers&^p.uppers == 0 && e.dotted&^p.dotted == 0 &&
		(e.capitals == 0 || e.uppers != 0 || bits.OnesCount64(e.capitals&p.capitals) > 0)
}

// isComma reports whether a token is a comma, the one mark that counts as a
// word of a phrase: "Atlanta, Georgia".
func isComma(text string, t Token) bool { return text[t.Start:t.End] == "," }

// skip passes one mark that may stand inside a phrase.
func (w *walk) skip(i int, before Token) int {
	if i+1 >= len(w.tokens) || w.tokens[i].Kind != Mark {
		return i
	}
	mark := w.text[w.tokens[i].Start:w.tokens[i].End]
	if joins(mark) || mark == "." && !w.tokens[i].Spaced && (before.Case == Upper || !w.tokens[i+1].Spaced && isLetter(w.text, before)) {
		return i + 1
	}
	return i
}

// isLetter reports whether a token is a single letter, as in "e.g.".
func isLetter(text string, t Token) bool {
	return t.Kind == Word && utf8.RuneCountInString(text[t.Start:t.End]) == 1
}

// joins reports whether a mark may stand between two words of a phrase, or be
// missing there.
func joins(mark string) bool {
	return len(mark) <= 3 && strings.Contains("-‐‑–—'’ʼ&/", mark)
}

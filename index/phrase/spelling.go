package phrase

import (
	"bytes"
	"unicode/utf8"
)

// spelling is a trie over the bytes of folded words.
type spelling struct {
	nodes []letter
	count int32
}

// letter is a place in a spelling; node 0 is its root.
type letter struct {
	// bytes lead to the places in to; a byte is 0 where there are fewer. A place has
	// its edges with it, so that a step reads memory once.
	bytes [fewEdges]byte
	to    [fewEdges]int32
	// table has the edges by byte where there are more.
	table *[256]int32
	// word and prefix are the numbers of the word that ends here and of the
	// "word*" that does; 0 for none.
	word, prefix int32
}

// fewEdges is up to where a list is as fast as a table.
const fewEdges = 4

// add numbers a word, from 1; the same word has the same number.
func (s *spelling) add(word string, prefix bool) int32 {
	if s.nodes == nil {
		s.nodes = make([]letter, 1)
	}
	at := int32(0)
	for i := range len(word) {
		at = s.step(at, word[i])
	}
	number := &s.nodes[at].word
	if prefix {
		number = &s.nodes[at].prefix
	}
	if *number == 0 {
		s.count++
		*number = s.count
	}
	return *number
}

func (s *spelling) step(from int32, b byte) int32 {
	if to := s.next(from, b); to != 0 {
		return to
	}
	to := int32(len(s.nodes))
	s.nodes[from].lead(b, to)
	s.nodes = append(s.nodes, letter{})
	return to
}

func (n *letter) lead(b byte, to int32) {
	if n.table != nil {
		n.table[b] = to
		return
	}
	if i := bytes.IndexByte(n.bytes[:], 0); i >= 0 {
		n.bytes[i], n.to[i] = b, to
		return
	}
	n.table = new([256]int32)
	for i, b := range n.bytes {
		n.table[b] = n.to[i]
	}
	n.table[b] = to
}

func (s *spelling) next(from int32, b byte) int32 {
	n := &s.nodes[from]
	if n.table != nil {
		return n.table[b]
	}
	for i, c := range n.bytes {
		if c == b {
			return n.to[i]
		}
	}
	return 0
}

// found are the words of a list that a word of a text is, at most one of them
// whole.
type found struct {
	numbers [8]int32
	n       int
}

func (f *found) add(number int32) {
	if number != 0 && f.n < len(f.numbers) {
		f.numbers[f.n] = number
		f.n++
	}
}

func (f *found) slice() []int32 { return f.numbers[:f.n] }

// find looks up a word as it is written in the text. Most words are in no list, which
// their first letters tell.
func (s *spelling) find(word string) (f found) {
	if s.nodes == nil {
		return f
	}
	at := int32(0)
	for i := range len(word) {
		b := word[i]
		if b >= utf8.RuneSelf {
			return s.findFolded(f, at, word[i:])
		}
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		if at = s.next(at, b); at == 0 {
			return f
		}
		f.add(s.nodes[at].prefix)
	}
	f.add(s.nodes[at].word)
	return f
}

// findFolded goes on at a place with the rest of a word.
func (s *spelling) findFolded(f found, at int32, rest string) found {
	var buf [64]byte
	for _, b := range appendFolded(buf[:0], rest) {
		if at = s.next(at, b); at == 0 {
			return f
		}
		f.add(s.nodes[at].prefix)
	}
	f.add(s.nodes[at].word)
	return f
}

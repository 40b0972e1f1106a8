package phrase

import "bytes"

// spelling is a trie over the bytes of folded words. What has but one way on is one place,
// so that a look-up reads little memory.
type spelling struct {
	nodes []letter
	count int32
}

// letter is a place in a spelling; node 0 is its root.
type letter struct {
	// path are the bytes between the edge that leads here and the place, the first of it.
	path [longestPath]byte
	size uint8
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

const (
	longestPath = 8 // with it a place is 48 bytes
	fewEdges    = 4 // up to this a list is as fast as a table
)

// add numbers a word, from 1; the same word has the same number.
func (s *spelling) add(word string, prefix bool) int32 {
	if s.nodes == nil {
		s.nodes = make([]letter, 1)
	}
	at := int32(0)
	for rest := word; rest != ""; {
		at, rest = s.grow(at, rest)
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

// grow goes on from a place as far as one edge and its path lead, which are made so that a
// place is where the word, or the path, or what both share ends. It returns that place and
// what is left of the word.
func (s *spelling) grow(from int32, word string) (to int32, rest string) {
	edge, rest := word[0], word[1:]
	if to = s.next(from, edge); to == 0 {
		to = int32(len(s.nodes))
		s.nodes[from].lead(edge, to)
		n := letter{}
		n.size = uint8(copy(n.path[:], rest))
		s.nodes = append(s.nodes, n)
		return to, rest[n.size:]
	}
	same, n := 0, s.nodes[to]
	for same < int(n.size) && same < len(rest) && n.path[same] == rest[same] {
		same++
	}
	if same < int(n.size) {
		s.split(to, same)
	}
	return to, rest[same:]
}

// split lets a place end the first bytes of its path; a new one behind it has the others.
func (s *spelling) split(at int32, size int) {
	behind := s.nodes[at]
	edge := behind.path[size]
	behind.size = uint8(copy(behind.path[:], behind.path[size+1:behind.size]))
	n := letter{path: s.nodes[at].path, size: uint8(size)}
	n.lead(edge, int32(len(s.nodes)))
	s.nodes[at] = n
	s.nodes = append(s.nodes, behind)
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
	var buf [64]byte
	rest := appendFolded(buf[:0], word)
	for at := int32(0); ; rest = rest[1:] {
		n := &s.nodes[at]
		if len(rest) < int(n.size) || string(rest[:n.size]) != string(n.path[:n.size]) {
			return f
		}
		f.add(n.prefix)
		if rest = rest[n.size:]; len(rest) == 0 {
			f.add(n.word)
			return f
		}
		if at = s.next(at, rest[0]); at == 0 {
			return f
		}
	}
}

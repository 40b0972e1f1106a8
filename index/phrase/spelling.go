package phrase

// spelling is a trie over the bytes of folded words.
type spelling struct {
	nodes []letter
	count int32
}

// letter is a place in a spelling; node 0 is its root.
type letter struct {
	edges []edge
	// table has the edges by byte where there are many.
	table *[256]int32
	// word and prefix are the numbers of the word that ends here and of the
	// "word*" that does; 0 for none.
	word, prefix int32
}

type edge struct {
	b  byte
	to int32
}

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
	n := &s.nodes[from]
	n.edges = append(n.edges, edge{b, to})
	if n.table != nil {
		n.table[b] = to
	} else if len(n.edges) > manyEdges {
		n.table = new([256]int32)
		for _, e := range n.edges {
			n.table[e.b] = e.to
		}
	}
	s.nodes = append(s.nodes, letter{})
	return to
}

// manyEdges is from where on a table is faster than a list.
const manyEdges = 4

func (s *spelling) next(from int32, b byte) int32 {
	n := &s.nodes[from]
	if n.table != nil {
		return n.table[b]
	}
	for _, e := range n.edges {
		if e.b == b {
			return e.to
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

// find looks up a word as it is written in the text.
func (s *spelling) find(word string) (f found) {
	if s.nodes == nil {
		return f
	}
	var buf [64]byte
	at := int32(0)
	for _, b := range appendFolded(buf[:0], word) {
		if at = s.next(at, b); at == 0 {
			return f
		}
		f.add(s.nodes[at].prefix)
	}
	f.add(s.nodes[at].word)
	return f
}

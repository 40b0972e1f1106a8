package align

import (
	"slices"
	"strings"
	"unicode/utf8"

	"demarche/index/phrase"
)

// shingler makes shingles of words as they come.
type shingler struct {
	last   [run]uint64 // hashes of the last words, the newest last
	words  int
	digest uint64
	hashes []uint32
}

// run is how many words a shingle has.
const run = 3

func (s *shingler) add(word string) {
	copy(s.last[:], s.last[1:])
	s.last[run-1] = hash(word)
	s.words++
	s.digest = mix(s.digest ^ s.last[run-1])
	if s.words >= run {
		s.hashes = append(s.hashes, s.newest())
	}
}

func (s *shingler) newest() uint32 {
	h := uint64(0)
	for _, w := range s.last {
		h = mix(h ^ w)
	}
	return fold32(h)
}

// done returns the shingles, sorted, each once, and the digest of all words. A
// text of fewer words than a shingle has one.
func (s *shingler) done() (shingles []uint32, digest uint64) {
	if s.words > 0 && s.words < run {
		s.hashes = append(s.hashes, s.newest())
	}
	slices.Sort(s.hashes)
	return slices.Clip(slices.Compact(s.hashes)), s.digest
}

// likeness compares two sorted sets: shared to all, and shared to the smaller.
func likeness(a, b []uint32) (jaccard, containment float64) {
	shared, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			shared, i, j = shared+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	if len(a) == 0 || len(b) == 0 {
		return 0, 0
	}
	return float64(shared) / float64(len(a)+len(b)-shared), float64(shared) / float64(min(len(a), len(b)))
}

// sample picks shingles by their value, so that two texts pick alike (Broder
// 1997): about one in eight, of short texts all.
func sample(shingles []uint32) []uint32 {
	const one, short = 8, 96
	if len(shingles) < short {
		return shingles
	}
	var out []uint32
	for _, h := range shingles {
		if h%one == 0 {
			out = append(out, h)
		}
	}
	return out
}

// ledger counts the words of a text, and how often each stands where it tells
// one statement from another of the same wording.
type ledger map[string]entry

type entry struct{ all, telling int }

// ledgerOf enters the words of an item. Numbers tell, and names, and the word
// after a number: a month or a unit. The first word of a sentence is taken for a
// name where the gazetteer knows it, or where it is in capitals.
func ledgerOf(it *item) ledger {
	out := ledger{}
	for _, p := range it.paragraphs {
		tokens := phrase.Tokens(p.Text)
		known := make([]bool, len(tokens))
		for _, m := range it.names.In(it.lang, p.Text, tokens) {
			for i := m.First; i < m.End; i++ {
				known[i] = true
			}
		}
		for i, t := range tokens {
			if t.Kind == phrase.Mark {
				continue
			}
			word := phrase.Fold(p.Text[t.Start:t.End])
			number := t.Kind == phrase.Number
			if number {
				word = strings.TrimLeft(word, "0")
			}
			named := t.Case != phrase.Lower && (known[i] || !opens(p.Text, tokens, i) || t.Case == phrase.Upper && utf8.RuneCountInString(word) > 1)
			counted := i > 0 && tokens[i-1].Kind == phrase.Number
			e := out[word]
			e.all++
			if number || named || counted {
				e.telling++
			}
			out[word] = e
		}
	}
	return out
}

// tellsMore reports whether a word tells more often in a text than it stands in
// another.
func (l ledger) tellsMore(other ledger) bool {
	for word, e := range l {
		if e.telling > other[word].all {
			return true
		}
	}
	return false
}

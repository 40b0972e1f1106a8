package align

import (
	"cmp"
	"slices"
	"strings"

	"demarche/search"
)

// Two versions in one language are the same text where their shingles are
// alike, or where one holds nearly all of the other and is not much longer.
const (
	sameJaccard     = 0.8
	sameContainment = 0.9
	sameLength      = 0.6 // shorter to longer, in shingles
	// sameAnchors is the share of numbers and names that they must have in
	// common: yearly notices differ in little else.
	sameAnchors = 0.9
)

// shingles are the hashes of all runs of three words, sorted, each once. A text
// of fewer words has one.
func shingles(words []string) []uint64 {
	const run = 3
	var out []uint64
	for i := 0; i < max(1, len(words)-run+1) && len(words) > 0; i++ {
		h := uint64(14695981039346656037) // FNV-1a: the same in every run of the program
		for _, w := range words[i:min(len(words), i+run)] {
			for _, b := range []byte(w) {
				h = (h ^ uint64(b)) * 1099511628211
			}
			h = (h ^ ' ') * 1099511628211
		}
		out = append(out, h)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// likeness compares two sorted sets: shared to all, and shared to the smaller.
func likeness(a, b []uint64) (jaccard, containment float64) {
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

// same is a pair of items that hold the same text.
type same struct {
	a, b    *item
	jaccard float64
}

// duplicates finds the pairs of items in one language that hold the same text.
// Only items that share some of their sampled shingles are compared, so time is
// near linear in the texts.
func duplicates(all []*item) []same {
	var out []same
	holders := map[uint64][]int{}
	for i, it := range all {
		for _, j := range candidatesOf(it, holders) {
			if pair, ok := sameText(all[j], it); ok {
				out = append(out, pair)
			}
		}
		for _, h := range sample(it.shingles) {
			holders[h] = append(holders[h], i)
		}
	}
	return out
}

// sample picks shingles by their value, so that two texts pick alike: about
// one in sixteen, of short texts more.
func sample(shingles []uint64) []uint64 {
	const one, few = 16, 24
	var out []uint64
	for _, h := range shingles {
		if mix(h)%one == 0 || len(shingles) < few*4 {
			out = append(out, h)
		}
	}
	return out
}

// mix spreads the bits of a hash.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	return h ^ h>>33
}

// candidatesOf are the earlier items that share at least two sampled shingles
// with an item, or its only ones. A shingle that very many texts have tells
// nothing.
func candidatesOf(it *item, holders map[uint64][]int) []int {
	const common = 50 // holders of a phrase that is a formula
	sampled := sample(it.shingles)
	shared := map[int]int{}
	for _, h := range sampled {
		if len(holders[h]) <= common {
			for _, j := range holders[h] {
				shared[j]++
			}
		}
	}
	var out []int
	for j, n := range shared {
		if n >= min(2, len(sampled)) {
			out = append(out, j)
		}
	}
	slices.Sort(out)
	return out
}

func sameText(a, b *item) (same, bool) {
	if a.lang != b.lang || a.file == b.file || declaredApart(a, b) || datesApart(a.notes.Date, b.notes.Date) {
		return same{}, false
	}
	jaccard, containment := likeness(a.shingles, b.shingles)
	length := float64(min(len(a.shingles), len(b.shingles))) / float64(max(len(a.shingles), len(b.shingles), 1))
	shared, all := overlap(a.whole, b.whole)
	fewer := min(a.whole.weight(), b.whole.weight())
	ok := jaccard >= sameJaccard && shared >= sameAnchors*all ||
		containment >= sameContainment && length >= sameLength && shared >= sameAnchors*fewer
	return same{a, b, jaccard}, ok && sameYears(a.whole, b.whole)
}

// sameYears reports whether the years that one text names are among those of
// the other.
func sameYears(a, b bag) bool { return yearsIn(a, b) || yearsIn(b, a) }

func yearsIn(a, b bag) bool {
	for anchor := range a {
		year := len(anchor) == len("#2021") && (strings.HasPrefix(anchor, "#19") || strings.HasPrefix(anchor, "#20"))
		if year && b[anchor] == 0 {
			return false
		}
	}
	return true
}

// weight is that of all anchors of a bag.
func (b bag) weight() (w float64) {
	for a, n := range b {
		w += weight(a) * float64(n)
	}
	return w
}

// declaredApart reports whether the metadata says that two items are of
// different statements.
func declaredApart(a, b *item) bool {
	if a.notes.Statement != "" && b.notes.Statement != "" && a.notes.Statement != b.notes.Statement {
		return true
	}
	declared := a.notes.DateProvenance == search.Declared && b.notes.DateProvenance == search.Declared
	return declared && datesApart(a.notes.Date, b.notes.Date)
}

// datesApart reports whether two known dates cannot be the same.
func datesApart(a, b search.Date) bool {
	return a != "" && b != "" && !a.Within(b, b)
}

// betterText orders items that hold the same text: first the one that more is
// declared or stated of, then the one with more text, then by name of the file.
func betterText(a, b *item) int {
	return cmp.Or(cmp.Compare(b.known(), a.known()), cmp.Compare(b.total, a.total), cmp.Compare(a.file, b.file))
}

// known weighs what is known of an item apart from its text.
func (it *item) known() int {
	n := 0
	for weight, p := range map[int]search.Provenance{4: it.notes.DateProvenance, 2: it.notes.TitleProvenance} {
		switch p {
		case search.Declared:
			n += 2 * weight
		case search.Stated:
			n += weight
		}
	}
	if it.notes.URL != "" {
		n++
	}
	return n
}

package weighing

import (
	"iter"
	"slices"

	"demarche/index/annotate/pattern"
)

// Place is where in a sentence, seen from a name, a class of words stands.
type Place int

// The places. What stands next to the name is near it too, and before or behind it.
const (
	Itself Place = iota // of the name
	Before
	Behind
	NearBefore // at most [near] symbols away
	NearBehind
	NextBefore
	NextBehind
	// NextTo is what stands right before a name of a kind, then right behind it: that a word
	// for hackers follows weighs otherwise behind "Russian" than behind "Russia".
	NextTo
	places = NextTo + Place(2*kinds)
)

// Kind is of which kind a name is.
type Kind int

// The kinds.
const (
	State Kind = iota
	Adjective
	Capital
	Group // or an agency
	kinds
)

// near is how many symbols from a name are near it.
const near = 3

// Fact is what is known of a state besides the words.
type Fact int

// The facts.
const (
	Always  Fact = iota
	Accused      // it was held responsible last
	Beside       // the sentence holds another state responsible
	Earlier      // the title or a paragraph before does
	facts
)

// The names of places and facts in a file of weights.
var (
	placeNames = [places]string{
		"itself", "before", "behind", "near before", "near behind", "next before", "next behind",
		"right before state", "right behind state", "right before adjective", "right behind adjective",
		"right before capital", "right behind capital", "right before group", "right behind group",
	}
	factNames = [facts]string{"always", "accused", "beside another", "earlier"}
)

// factPlace is the place of a fact in a file of weights.
const factPlace = "fact"

// Features are what weighs for or against a name.
type Features struct {
	// At is the symbol that the name is.
	At      int
	Classes [places]pattern.Mask
	Facts   [facts]bool
}

// Around sets the features to those of a name of a kind at i of a sentence, given as the
// classes of its symbols, the edges included.
func (f *Features) Around(masks []pattern.Mask, i int, kind Kind) {
	*f = Features{At: i}
	f.Facts[Always] = true
	f.Classes[Itself] = masks[i]
	for j, m := range masks {
		switch {
		case j < i:
			f.add(&m, i-j, Before, NearBefore)
		case j > i:
			f.add(&m, j-i, Behind, NearBehind)
		}
	}
	f.Classes[NextBefore], f.Classes[NextBehind] = masks[i-1], masks[i+1]
	f.Classes[NextTo+2*Place(kind)], f.Classes[NextTo+2*Place(kind)+1] = masks[i-1], masks[i+1]
}

// add takes in the classes of a symbol that is so far away on one side.
func (f *Features) add(m *pattern.Mask, away int, side, nearby Place) {
	f.Classes[side].Add(m)
	if away <= near {
		f.Classes[nearby].Add(m)
	}
}

// Names are the features as a file of weights calls them: a place and a class, parted by a
// comma. classOf names a class.
func (f *Features) Names(classOf func(pattern.Class) string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for fact, holds := range f.Facts {
			if holds && !yield(join(factPlace, factNames[fact])) {
				return
			}
		}
		for place, mask := range f.Classes {
			for c := range mask.Classes() {
				if !yield(join(placeNames[place], classOf(c))) {
					return
				}
			}
		}
	}
}

func join(place, class string) string { return place + "," + class }

// placeOf is the place of a name; ok is false where there is none.
func placeOf(name string) (p Place, ok bool) {
	i := slices.Index(placeNames[:], name)
	return Place(i), i >= 0
}

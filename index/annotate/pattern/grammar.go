package pattern

import (
	"fmt"
	"iter"
	"math/bits"
	"slices"

	"demarche/index/phrase"
)

// Mask is a set of classes.
type Mask [11]uint64

// maxClasses is the number of classes, words of patterns included, that a
// grammar can have: the bits of a Mask.
const maxClasses = 64 * len(Mask{})

// Class is one class of words.
type Class uint16

// Of is the set of the given classes.
func Of(classes ...Class) (m Mask) {
	for _, c := range classes {
		m[c/64] |= 1 << (c % 64)
	}
	return m
}

// Or is the union of two sets.
func (m Mask) Or(o Mask) Mask {
	for i := range m {
		m[i] |= o[i]
	}
	return m
}

// Add takes another set in.
func (m *Mask) Add(o *Mask) {
	for i := range m {
		m[i] |= o[i]
	}
}

// Meets reports whether two sets share a class.
func (m Mask) Meets(o Mask) bool {
	return m[0]&o[0]|m[1]&o[1]|m[2]&o[2]|m[3]&o[3]|m[4]&o[4]|m[5]&o[5]|m[6]&o[6]|m[7]&o[7]|m[8]&o[8]|m[9]&o[9]|m[10]&o[10] != 0
}

// Has reports whether a class is in the set.
func (m Mask) Has(c Class) bool { return m[c/64]>>(c%64)&1 == 1 }

// Classes are the classes of a set, in order.
func (m Mask) Classes() iter.Seq[Class] {
	return func(yield func(Class) bool) {
		for i, w := range m {
			for ; w != 0; w &= w - 1 {
				if !yield(Class(64*i + bits.TrailingZeros64(w))) {
					return
				}
			}
		}
	}
}

// Sum adds up values of the classes of a set, given by class; those behind the end are 0.
func (m *Mask) Sum(values []float64) float64 {
	sum := 0.0
	for i, w := range m {
		for ; w != 0; w &= w - 1 {
			if c := 64*i + bits.TrailingZeros64(w); c < len(values) {
				sum += values[c]
			}
		}
	}
	return sum
}

// Grammar holds the classes and parts that patterns of one language use, and
// the words of the classes. The zero value is not usable, see [NewGrammar].
type Grammar struct {
	classes map[string]Class
	parts   map[string]part
	words   *phrase.Set
	// sets are the sets of words that patterns name, each once; numbers has their
	// places in it.
	sets    []words
	numbers map[set]int
	// scratch is where a pattern is compiled, before its size is known.
	scratch []instruction
}

// words is a set of words and the classes that it names.
type words struct {
	set
	classes []Class
}

// NewGrammar makes a grammar without words.
func NewGrammar() *Grammar {
	return &Grammar{classes: map[string]Class{}, parts: map[string]part{}, words: phrase.NewSet(), numbers: map[set]int{}}
}

// Class numbers a class by its name.
func (g *Grammar) Class(name string) (Class, error) {
	if c, ok := g.classes[name]; ok {
		return c, nil
	}
	if len(g.classes) == maxClasses {
		return 0, fmt.Errorf("no room for %q: a grammar has at most %d classes and words", name, maxClasses)
	}
	c := Class(len(g.classes))
	g.classes[name] = c
	return c, nil
}

// Known is a class by its name; ok is false where no word or pattern has named it.
func (g *Grammar) Known(name string) (c Class, ok bool) {
	c, ok = g.classes[name]
	return c, ok
}

// Name is what a class is called; "" for none.
func (g *Grammar) Name(c Class) string {
	for name, of := range g.classes {
		if of == c {
			return name
		}
	}
	return ""
}

// Word adds a word or phrase to a class; "attribut*" adds all words that begin
// so.
func (g *Grammar) Word(class, words string) error {
	c, err := g.Class(class)
	if err != nil {
		return err
	}
	return g.words.Add(words, int(c))
}

// literal makes a class of a word that stands in a pattern.
func (g *Grammar) literal(word string) error {
	if _, ok := g.classes[word]; ok {
		return nil
	}
	return g.Word(word, word)
}

// Let names a part: a pattern that others can refer to.
func (g *Grammar) Let(name, pattern string) error {
	t, err := g.parse(pattern)
	if err != nil {
		return err
	}
	if _, ok := g.classes[name]; ok {
		return fmt.Errorf("%s is a class already", name)
	}
	g.parts[name] = part{tree: t, id: len(g.parts)}
	return nil
}

// set numbers a set of words.
func (g *Grammar) set(s set) int {
	id, ok := g.numbers[s]
	if !ok {
		id = len(g.sets)
		g.numbers[s] = id
		g.sets = append(g.sets, words{set: s, classes: slices.Collect(s.mask.Classes())})
	}
	return id
}

// At finds the words of a class that begin at a token: how many tokens they
// take, 0 for none, and their classes.
func (g *Grammar) At(text string, tokens []phrase.Token, i int) (n int, m Mask) {
	n, classes := g.Find(text, tokens, i)
	return n, classes.Mask()
}

// Find is [Grammar.At] with the classes as a list, which takes less room where many are kept.
func (g *Grammar) Find(text string, tokens []phrase.Token, i int) (n int, classes List) {
	match, ok := g.words.At(text, tokens, i)
	if !ok {
		return 0, nil
	}
	return match.End - i, List(match.Values)
}

// List are the classes of a word, some maybe several times. It must not be written to.
type List []int

// Mask is the set of the classes.
func (l List) Mask() (m Mask) {
	for _, c := range l {
		m[c/64] |= 1 << (c % 64)
	}
	return m
}

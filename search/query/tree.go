package query

// Node is a part of a query. The types are And, Or, Not, Word, Prefix, Phrase,
// Near and Field. A nil Node asks for everything.
type Node interface {
	// String is the canonical form. It parses back to an equal tree.
	String() string
	node()
}

// And asks for all of its nodes, of which there are two or more.
type And struct{ Nodes []Node }

// Or asks for any of its nodes, of which there are two or more.
type Or struct{ Nodes []Node }

// Not asks for what its node does not match.
type Not struct{ Node Node }

// Word is an unquoted word, in any inflection. What a reader types as one
// word may be several to the analysis ("cyber-attack", "l'Alliance").
type Word struct{ Text string }

// Prefix asks for words that begin with Text, at least three letters.
type Prefix struct {
	Text string
	// Words is how many of these words are meant at most, the most frequent; 0 for
	// as many as an engine looks for.
	Words int
}

// Phrase asks for words in order.
//
//	"a b"     Slots of one word each, Inflected false, Slop 0
//	"a b"~    Inflected true
//	"a b"~5   Inflected true, Slop 5: any order, at most 4 other words between
//	"a (b|c)" a slot with two alternatives
//	"a * b"   a slot without alternatives: any one word
type Phrase struct {
	Slots     []Slot
	Inflected bool
	Slop      int
}

// Slot is one place in a phrase: a word or one of several, or any word where
// Alternatives is empty.
type Slot struct{ Alternatives []string }

// Near asks for Left and Right within Distance words of each other, in either
// order. Each side is a Word, a Prefix, a Phrase without slop, or an Or of those.
type Near struct {
	Left, Right Node
	Distance    int
}

// Field asks for a value of a field: actor:nato, year:2018..2025, title:"…".
type Field struct {
	// Name is one of the names of [Fields].
	Name string
	// Value is the value of a field that is compared as a whole.
	Value string
	// From and To bound year and date, inclusive; an empty bound is open. A
	// single year or date has From equal to To and no Value.
	From, To string
	// Text is what title asks for: a Word, a Prefix or a Phrase; nil elsewhere.
	Text Node
}

// Fields are the names of the fields of the query language.
var Fields = []string{
	"actor", "attributed_state", "attributed_by", "group", "attribution", "lang", "kind",
	"statement", "year", "date", "title",
}

func (And) node()    {}
func (Or) node()     {}
func (Not) node()    {}
func (Word) node()   {}
func (Prefix) node() {}
func (Phrase) node() {}
func (Near) node()   {}
func (Field) node()  {}

// Limit is n with the prefixes of some texts limited to numbers of words, but for those
// that say a smaller number themselves.
func Limit(n Node, words map[string]int) Node {
	switch n := n.(type) {
	case And:
		return And{limitAll(n.Nodes, words)}
	case Or:
		return Or{limitAll(n.Nodes, words)}
	case Not:
		return Not{Limit(n.Node, words)}
	case Near:
		return Near{Limit(n.Left, words), Limit(n.Right, words), n.Distance}
	case Prefix:
		if most := words[n.Text]; most > 0 && (n.Words == 0 || n.Words > most) {
			n.Words = most
		}
		return n
	}
	return n
}

func limitAll(nodes []Node, words map[string]int) []Node {
	all := make([]Node, len(nodes))
	for i, n := range nodes {
		all[i] = Limit(n, words)
	}
	return all
}

package plan

import "demarche/search/query"

// Expr is a condition on one paragraph. The types are All, Term, Sequence,
// And, Or, Not and Field.
type Expr interface{ expr() }

// Kind says how the words of a token are compared.
type Kind uint8

// A token has one exact word (folded: case, accents, ё/е) and one or two
// stems, all at the same position. Stop words have no stem but keep their
// position.
const (
	// Exact compares the exact word.
	Exact Kind = iota
	// Stem compares the stems.
	Stem
	// Begin compares the beginning of the exact word.
	Begin
)

// All holds for every paragraph.
type All struct{}

// Term holds where a token has one of Texts, compared as Kind says.
type Term struct {
	Kind  Kind
	Texts []string
	// Typed is the exact word that a Stem term was made of, which decides nothing
	// but whether a hit has the word itself or an inflection of it; and what was
	// typed as the beginning of a word, which decides nothing.
	Typed string
	// Limit is how many words a Begin term may stand for; 0 where that is not said.
	Limit int
	// Words are the words that a Begin term stands for, sorted; nil before [Expand],
	// for every word that begins so.
	Words []string
	// Spellings is how many of Texts, at the end, are of other spellings than the
	// one that was typed. They decide nothing but why a paragraph is a hit.
	Spellings int
}

// Sequence holds where every slot matches and the slots stand together.
//
// Ordered: each slot begins at the position after the one before it ends, with
// up to Slack positions in between in all. Not ordered: slots in any order,
// not overlapping, with at most Slack positions among them that no slot covers.
// [Windows] is the algorithm.
type Sequence struct {
	// Slots are at most [MaxSlots].
	Slots   []Slot
	Ordered bool
	Slack   int
	// Skip is the term of tokens that may stand anywhere in between and count
	// for nothing: the possessive s of English. Without Texts there are none.
	Skip Term
	// Equivalent is set where the sequence is another wording of the formula that
	// was asked for. It decides nothing but why a paragraph is a hit.
	Equivalent bool
}

// Slot is one place of a Sequence: any of Alternatives, or any one token where
// there are none.
type Slot struct{ Alternatives []Alternative }

// Alternative is a run of terms at consecutive positions: usually one, two for
// a word that is also written apart. A term without Texts is any one token. An
// alternative with a term that has Spellings only is another spelling.
type Alternative []Term

// And holds where all hold; Or where any does; Not where Expr does not.
type (
	And struct{ Exprs []Expr }
	Or  struct{ Exprs []Expr }
	Not struct{ Expr Expr }
)

// Field holds by the fields of the paragraph's statement, version or
// annotation, see [Doc.HasField]. Title is the plan of title:…, evaluated on
// the title of the paragraph's version; nil elsewhere.
type Field struct {
	query.Field
	Title Expr
}

func (All) expr()      {}
func (Term) expr()     {}
func (Sequence) expr() {}
func (And) expr()      {}
func (Or) expr()       {}
func (Not) expr()      {}
func (Field) expr()    {}

// Plan is what a query means in one language.
type Plan struct {
	Lang string
	// Match decides which paragraphs are hits.
	Match Expr
	// Phrase is the query's words as a phrase, which ranks first, and Near the
	// same words near each other, which ranks next; nil where there are fewer than
	// two. See [Plan.Tier].
	Phrase, Near *Sequence
	// Ignored are the words that Match does not ask for: stop words beside
	// others. In the order of the query.
	Ignored []string
}

// Package plan turns a query into what it means in one language: terms,
// positions and their combination. Engines translate a plan to their index;
// [Match] evaluates it on one paragraph, which gives the highlights of every
// engine and the whole of the reference engine.
//
// It is not for reading queries (search/query) nor for finding paragraphs.
package plan

import "demarche/search/query"

// Expr is a condition on one paragraph. The types are All, Term, Prefix,
// Sequence, And, Or, Not and Field.
type Expr interface{ expr() }

// Kind says which terms of a token are compared.
type Kind uint8

// A token has one exact term (folded: case, accents, ё/е) and one or two
// stemmed terms, all at the same position. Stop words have no stemmed term but
// keep their position.
const (
	Exact Kind = iota
	Stem
)

// All holds for every paragraph.
type All struct{}

// Term holds where a token has one of Texts among its terms of Kind.
type Term struct {
	Kind  Kind
	Texts []string
}

// Prefix holds where a token's exact term begins with Text.
type Prefix struct{ Text string }

// Sequence holds where every slot matches and the slots stand together.
//
// Ordered: each slot begins at the position after the one before it ends, with
// up to Slack positions in between in all. Not ordered: slots in any order,
// not overlapping, with at most Slack positions among them that no slot covers.
type Sequence struct {
	Slots   []Slot
	Ordered bool
	Slack   int
}

// Slot is one place of a Sequence: any of Alternatives, or any one token where
// there are none.
type Slot struct{ Alternatives []Alternative }

// Alternative is a run of terms at consecutive positions: usually one, two for
// a word that is also written apart.
type Alternative []Term

// And holds where all hold; Or where any does; Not where Expr does not.
type (
	And struct{ Exprs []Expr }
	Or  struct{ Exprs []Expr }
	Not struct{ Expr Expr }
)

// Field holds by the fields of the paragraph's statement, version or
// annotation. Title is the plan of title:…, evaluated on the title of the
// paragraph's version; nil elsewhere.
type Field struct {
	query.Field
	Title Expr
}

func (All) expr()      {}
func (Term) expr()     {}
func (Prefix) expr()   {}
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
	// Phrase is the query's words as a phrase, which ranks first; nil where
	// there are fewer than two.
	Phrase Expr
	// Ignored are the words that Match does not ask for: stop words beside
	// others. In the order of the query.
	Ignored []string
}

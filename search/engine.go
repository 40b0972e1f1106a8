package search

import (
	"context"
	"errors"

	"demarche/search/query"
)

// Engine answers questions over statements. All methods are safe for use by
// many goroutines and honour the context's deadline. search/enginetest is the
// contract in full.
type Engine interface {
	// Search answers a request. It returns an [*InvalidError] for a request
	// that no index could answer.
	Search(ctx context.Context, r Request) (*Result, error)
	// Statement returns a statement with all versions, or [ErrNotFound].
	Statement(ctx context.Context, id string) (*Statement, error)
	// Paragraph returns one paragraph as a hit without score and highlights,
	// or [ErrNotFound].
	Paragraph(ctx context.Context, id string) (*Hit, error)
	// Similar returns, for each language, words of the texts that differ from a
	// word by a letter, or by two where it is long: at most [MaxSimilar] a
	// language, the nearest and then the most frequent first. They are folded.
	Similar(ctx context.Context, word string) ([]SimilarWord, error)
	// Complete returns wordings of formulas that begin as a text does, and words of
	// the texts that begin as its last word does: at most [MaxCompletions] of either,
	// formulas first, words by the number of their paragraphs. Stop words are none.
	Complete(ctx context.Context, text string) ([]Completion, error)
	// ByYear counts, for each value that the hits of a request have in some of
	// [Fields], those of each year, in the order of [SortYearCounts]. It honours
	// all filters, those of the same field too, and leaves out hits without a
	// value. Size, order and cursor do not matter.
	ByYear(ctx context.Context, r Request, fields ...string) ([]YearCount, error)
	// Info says what the engine holds.
	Info() Info
	Close() error
}

// Info describes what an engine holds.
type Info struct {
	// Generation changes whenever an answer could; it is part of every ETag.
	Generation                       string
	Statements, Versions, Paragraphs int
}

// SimilarWord is a word of the texts in one language.
type SimilarWord struct {
	Lang, Text string
	// Paragraphs is how many have the word.
	Paragraphs int
}

// Completion is what a text may go on to.
type Completion struct {
	// Text is a formula as it is written, or a folded word.
	Text string
	// Lang is that of a formula, "" for a word.
	Lang string
	// Paragraphs is how many have a word; 0 for a formula.
	Paragraphs int
}

// MaxCompletions is the greatest number of completions of either sort.
const MaxCompletions = 6

// MaxSimilar is the greatest number of similar words in one language.
const MaxSimilar = 3

// Fields are the facets, in the order in which they are shown. Each is also a
// filter of [Request], a field of the query language and a parameter of the API.
var Fields = []string{"actor", "attributed_state", "attributed_by", "group", "year", "lang", "kind", "statement", "attribution"}

// Facets are the fields that are counted by default. "statement" and
// "attribution" can only be filtered by: they would list every statement, and
// every [Relation].
var Facets = Fields[:7]

// Sort orders hits.
type Sort string

// Ties are broken by date (newest first), statement, language and position.
const (
	Relevance Sort = "relevance"
	Newest    Sort = "newest"
	Oldest    Sort = "oldest"
)

// MaxSize is the greatest number of hits in one answer.
const MaxSize = 100

// Request is a question.
type Request struct {
	// Query is nil for everything.
	Query query.Node
	// Filters hold at most one a field; hits satisfy all of them. Their field
	// is one of [Fields].
	Filters []Filter
	// From and To bound the date, inclusive, see [Date.Within]. An empty bound
	// is open.
	From, To Date
	// Sort is Relevance when empty. Without a query Relevance means Newest.
	Sort Sort
	// Size is the number of hits wanted, 0 to MaxSize. 0 counts only.
	Size int
	// After continues after the last hit of an earlier answer to the same
	// request.
	After *Cursor
	// Facets are the fields to count, of [Facets].
	Facets []string
	// Formulas asks for equivalent wordings too, where the words of the query are a
	// formula.
	Formulas bool
	// Without are reasons, of [Reasons], for which nothing is to be a hit.
	Without []string
}

// Reasons are why a part of a query holds for a paragraph: its words occur as
// they are typed; in another inflection; in another spelling, or written as one word
// or apart; in an equivalent wording; near each other; as the beginning of words.
var Reasons = []string{ReasonExact, ReasonInflection, ReasonSpelling, ReasonFormula, ReasonNear, ReasonPrefix}

// The reasons, see [Reasons].
const (
	ReasonExact      = "exact"
	ReasonInflection = "inflection"
	ReasonSpelling   = "spelling"
	ReasonFormula    = "formula"
	ReasonNear       = "near"
	ReasonPrefix     = "prefix"
)

// Filter asks that a field has one of the values of Include (when there is
// any) and none of Exclude. The value [NoValue] stands for paragraphs that
// have no value in the field.
type Filter struct {
	Field            string
	Include, Exclude []string
}

// NoValue selects paragraphs without any value in a field, as in year=unknown.
const NoValue = "unknown"

// Cursor points behind a hit in the order of one request.
type Cursor struct {
	Score float64
	ID    string // of the paragraph
}

// Result is an answer.
type Result struct {
	Total Total
	Hits  []Hit
	// Facets are in the order asked for.
	Facets []Facet
	// Next is nil when there are no more hits.
	Next *Cursor
	// Equivalents are the other wordings of the formula that the words of the query
	// are, which [Request.Formulas] asks for too; none where they are no formula.
	Equivalents []Wording
	// Ignored are the words of the query that were not required because they
	// are too common, in its order, each once.
	Ignored []string
	// Cut are the prefixes of the query that stand for more words than are looked
	// for, sorted.
	Cut []Cut
}

// Cut says of a prefix of the query that the Words most frequent were looked for, of
// the words that begin so.
type Cut struct {
	Prefix    string // as it was typed, without its star
	Words, Of int
}

// ReadAs is the canonical form of the query that was answered: prefixes that were cut
// say at how many words.
func (r *Result) ReadAs(n query.Node) string {
	if n == nil {
		return ""
	}
	words := map[string]int{}
	for _, c := range r.Cut {
		words[c.Prefix] = max(words[c.Prefix], c.Words)
	}
	return query.Limit(n, words).String()
}

// Wording is a formula in a language.
type Wording struct{ Lang, Text string }

// Total counts all hits, not only those shown.
type Total struct{ Paragraphs, Passages, Statements int }

// Hit is a paragraph that answers a request.
type Hit struct {
	Paragraph Paragraph
	Lang      string
	Statement Header
	Score     float64
	// Reasons say why it matched: some of [Reasons], in that order. A hit by
	// fields alone has none.
	Reasons []string
	// Highlights are spans of Paragraph.Text, sorted, not overlapping; a
	// phrase is one span.
	Highlights []Span
	// Versions are the paragraphs of the same passage in other languages.
	Versions []PassageVersion
}

// PassageVersion names a paragraph of the same passage in another language.
type PassageVersion struct {
	Lang string
	ID   string
}

// Facet counts the values of one field. The counts ignore the filter of that
// field itself and honour all others. Values without hits under the present
// filters, but with some under none, are listed with count 0. A [NoValue]
// entry comes last, only where it counts something or is selected.
type Facet struct {
	Field string
	// Values are sorted by count, then value; years by year, newest first.
	Values []FacetValue
}

// FacetValue is one value of a field with the number of paragraphs that have it.
type FacetValue struct {
	Value              string
	Count              int
	Selected, Excluded bool
}

// ErrNotFound says that there is no statement or paragraph of an ID.
var ErrNotFound = errors.New("not found")

// InvalidError is a request that cannot be answered. Its text is for readers.
type InvalidError struct {
	// Field is the part of the request that is at fault.
	Field  string
	Detail string
}

func (e *InvalidError) Error() string { return e.Field + ": " + e.Detail }

// Names gives the name of a state, body or group in a language of the
// interface. The gazetteer of the index implements it for pages.
type Names interface {
	// Name returns the short name of an ID, or the ID itself when unknown.
	Name(lang, id string) string
}

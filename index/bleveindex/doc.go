// Package bleveindex is the engine of one machine: search.Engine over a Bleve
// index, written once and then only read.
//
// A generation is one directory that needs nothing else:
//
//	manifest        what it is and was made of, counts, size and SHA-256 of every file; sealed
//	terms/          the Bleve index: terms and positions of each paragraph, no text
//	columns         what is counted, filtered and sorted by, in the order of Bleve's document numbers
//	records.db      bbolt: statements and paragraphs as they are shown
//
// [Create] writes one, [Open] reads one. A search goes through these steps, a
// file each: the query is planned for every language of the index (branches.go), plans
// become Bleve searchers (translate.go, terms.go, sequence.go, places.go, documents.go,
// union.go), their hits are filtered, counted and ranked in one loop (collect.go,
// filter.go, facets.go, tiers.go) and the few that are shown are read and marked
// (hits.go). Words are completed from the dictionary (dictionary.go) and corrected from
// a copy of it in memory (vocabulary.go).
//
// It is not for reading queries or texts: search/query, index/plan and
// index/analysis do that, so that every engine understands them alike.
package bleveindex

// Package query reads the query language: text to tree and back. It is not for
// what a query means in a language (index/plan) nor for answering it.
//
// # Grammar
//
//	query   = [ or ]
//	or      = and { ( "OR" | "|" ) and }
//	and     = not { [ "AND" ] not }
//	not     = ( "NOT" | "-" ) not | near
//	near    = atom [ "NEAR/" digits atom ]
//	atom    = word | prefix | phrase | field | "(" or ")"
//	word    = letters and digits, with signs such as ' - . / between them
//	prefix  = word "*" [ digits ]
//	phrase  = quote slot { slot } quote [ "~" [ digits ] ]
//	slot    = word | "*" | "(" words "|" words { "|" words } ")"
//	field   = name ":" ( value | quote value quote | range )
//	range   = bound | bound ".." [ bound ] | ".." bound
//
// Operators are capitals. "-" excludes at the start of a token only: a hyphen
// inside a word is part of it. In a phrase parentheses without "|" are
// punctuation, as in a quoted "14(b)". The digits behind a prefix are the number of
// words that it stands for, the most frequent; an answer that had to leave some out
// says so in this form. The value of title is a word, a prefix without digits or
// a phrase; those of year and date are ranges of YYYY and of YYYY[-MM[-DD]], or
// "unknown".
//
// # What is forgiven
//
// Typographic and full-width signs are read as their plain forms, guillemets
// with spaces inside and „low“ quotes as quotes; a quote is closed by its own
// partner, so that a pasted passage may quote in turn. Soft hyphens and other
// invisible characters are passed over, control characters are spaces, and
// punctuation around words and symbols anywhere separate them.
//
// # What is not
//
// Whatever would have to be guessed is an [Error]: what is wrong, where, and the
// nearest query that parses. It is found by mending: every fault knows one small
// edit that removes it, and edits are made until the query parses.
//
// # The tree
//
// And stands in no And and Or in no Or, and two exclusions cancel out. A tree
// prints in one way ([Node.String]), and what is printed parses to the same
// tree. Parsing is linear in the length of the query, which is limited.
package query

// Package pattern matches sequences of words by what the words are: patterns
// over classes of words, written in a small language and run in time linear in
// the text. It is what the rules of index/annotate are written in.
//
// It knows no language and no rule.
//
// Most patterns match nowhere in most texts, and that is told cheaply: an [Index]
// passes over patterns whose words the text has not, and a [Text] tells for all its
// words at once where a pattern can match. Only there the search runs that finds what
// is remembered.
//
// # The language of patterns
//
//	STATE          a word of the class STATE, or the part of that name
//	against        the word itself; attribut* for any word that begins so
//	.              any word
//	[STATE GROUP]  a word of one of these classes (or one of these words)
//	[^COMMA by]    a word of none of these
//	a b            one after the other
//	a | b          either
//	( )            together
//	whom( )        together, and remembered under a name
//	? * + {m,n}    not or once, any number, once or more, m to n times: as many
//	               as possible; with another ? behind, as few as possible
//	<[^NOT]        the word before is none of these (any set may stand there)
//	>[PREP]        the word after is one of these
//
// A name in capitals that was given to [Grammar.Let] is a part: it stands for
// its pattern. All other names in capitals are classes.
package pattern

// Package analysis cuts text into tokens and gives each the words by which it is
// found: one exact word, and the stems of its language.
//
// # Tokens
//
// One tokenizer serves all languages, so that the exact words of a query and of
// a text meet whatever language each is taken for. A token is a run of letters,
// digits and combining marks. Apostrophes and hyphens of any shape cut:
// "l’Alliance" is l, Alliance and "cyber-attack" is cyber, attack, so that a
// verbatim phrase does not care which sign was typed, or whether there is one.
// Single letters joined by dots are one token without its dots: "U.S." is us.
// Invisible characters inside a word (soft hyphen, zero-width space) are passed
// over. A token's position is its number in the text, from 0.
//
// # Exact word
//
// [Fold] takes away case, the accents of Latin letters, ё for е, ligatures and
// the marks of stress. й stays: it is a letter, not an accent.
//
// # Stems
//
// A token has no stem if it is a stop word of its language. An elided article
// (l', d', qu') and what follows the apostrophe in English (NATO's, don't) are
// stop words; they keep a position of their own, because a verbatim "NATO
// mandate" must not find "NATO's mandate". That an inflected phrase passes over
// a possessive s is for index/plan, which knows it from [Possessive].
//
// All other words have the folded stem of the word as it is written and the stem
// of the folded word; mostly the two are one. So a word typed without its accents,
// or set in capitals without them, meets the accented one, and the accented word
// still has the stem that Snowball means it to have. Abbreviations in capitals
// that look like a stop word (US, IT, WHO) are names: their stem is the word.
//
// # Spellings and compounds
//
// Words that are spelled in two ways (behaviour, behavior) have one stem, taken of
// the first spelling of their class and marked in the other ([OtherStem]), so that
// both can be found together and told apart. Words that are also written apart
// (cyberspace, cyber space) are analysed as they stand; [Parts] and [Joined] say
// what they may be. The exact word knows nothing of either.
//
// Stop words and the like are data files, a folder for each language. Text in any
// other language, or in none, has the exact word as its only stem.
//
// This package does not know which language a text is in, and builds no index.
package analysis

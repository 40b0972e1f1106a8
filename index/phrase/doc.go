// Package phrase cuts running text into words and marks and finds in it the
// phrases of a list: names, trigger words. It compares folded words: without
// case, accents and the difference of ё and е, of hyphen and space, of curly
// and straight apostrophe.
//
// It is not the analysis of the search index (index/analysis): it knows no
// stems and no stop words, and it keeps the marks between the words.
package phrase

// Package search is the waist of the program: what a statement, a question and
// an answer are. Engines implement [Engine]; pages and the API use it; cmd joins
// them. It holds types and pure functions on them, and knows of no file, index
// or page.
package search

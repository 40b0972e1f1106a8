// Package segment cuts the cleaned text of a file into language versions and
// paragraphs.
package segment

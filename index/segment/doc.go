// Package segment cuts the repaired text of a file into language versions and
// paragraphs, and says what the lines are that are no paragraphs: titles, dates,
// references, other metadata, signatures.
//
// It works in four steps, a file each. Lines become units, with their printed
// numbers and without the marks of Markdown (unit.go, markup.go); lines that have
// lost their breaks become several (lost.go). Every unit is told to be a paragraph or
// a kind of line, by what it is and by where it stands (classify.go); headings within
// a paragraph are joined to it (runin.go). Units are sorted by language, so that the
// versions that one file holds come apart (versions.go). The headings before the first
// paragraph of a version give its title (title.go), the start of that paragraph may
// give a date line (dateline.go).
//
// It does not repair text, and does not say what a date or a name in a line
// means: that is for the packages clean and annotate.
package segment

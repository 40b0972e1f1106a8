// Package source finds files and reads them: bytes to decoded text and declared
// metadata.
//
// [Find] walks files and folders, attaches the rows of a folder's metadata.csv
// and names everything that it leaves out. [Read] recognises the encoding and the
// kind of a file by its content, takes the front matter off, has the package markup
// make text of pages and XML, and gives the text as it stands, defects included.
// Nothing is repaired, cut or understood here: that is for the packages clean,
// segment and annotate.
//
// What cannot be read becomes a [Refusal] that names the file and the reason in
// words for a reader; the rest goes on.
package source

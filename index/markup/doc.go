// Package markup makes text of pages of HTML and documents of XML: a line a
// paragraph, with the marks of Markdown before headings and items, so that what
// reads text reads pages too. It also gives what a page says of itself in
// fields made for programs: title, date, address.
//
// The text is made by edits of the page, so that every place of it leads back to
// the place of the page that it comes from. A page is read in steps, a file each.
// Tags and text are told apart, and the text is numbered (tokens.go). A tree is
// built of the tags, as browsers build it, and its text is gathered to blocks
// (blocks.go). Navigation, teasers and other furniture are left out (choose.go). The
// rest becomes edits (compose.go). XML is first turned to HTML by edits of its own
// (xml.go).
//
// It does not decide which files are pages, does not repair text, and does not
// say which block is a paragraph: that is for the packages source, clean and segment.
package markup

// Package clean repairs the text of a file in ordered steps, counts what each
// step did, and keeps the way back to the text as it was.
//
// A step finds places and what to write there; it never sees what an earlier one
// replaced. Every step is idempotent, and so are all of them in their order.
// Steps repair damage that came after the author: a wrong decoding, typesetting,
// line wrapping, leftovers of tables. They do not cut the text into paragraphs,
// and do not change what somebody wrote.
package clean

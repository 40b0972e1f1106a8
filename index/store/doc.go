// Package store keeps what was handed to the program: the bytes of every file
// as they were read, where each came from and what was declared for it. All
// else in a data directory can be made again from it.
//
//	statements.db    one bbolt file with one bucket (store.go)
//	statements.sum   its SHA-256 while nobody writes to it (verify.go)
//	LOCK             held by the one process that writes (lock.go)
//
// Every value carries a checksum over its key and itself (entry.go), and one
// entry, the ledger, counts the others and has the sum of their checksums: a
// value that changed, a value that is gone and a page that leads nowhere are
// all seen. [Open] looks before bbolt does, with a reader of its own that maps
// nothing into memory and trusts no number (pages.go), because bbolt ends the
// process on some damage and answers wrongly on other. What can still be read
// of a damaged file is gathered by [Salvage].
//
// An archive (archive.go) is the same content as one file that other programs
// can unpack: it is what a backup is, and every generation of the index has one
// beside it.
//
// What the drafts mean, which files are to be stored and when the index is
// built again is for package index.
package store

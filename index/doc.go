// Package index is how statements get in: it takes files through
//
//	source → clean → segment → annotate → align → bleveindex
//
// and keeps the result in a data directory, so that only what changed is read
// again and a reader is never disturbed:
//
//	statements.db      every file that was read, with its bytes (index/store)
//	generations/<n>/   whole indexes, of which one counts (generations.go)
//	CURRENT            says which (live.go goes over to it)
//
// The store is written first and the index can always be made again from it
// (build.go, builder.go, publish.go). What is damaged or lost is found, set aside
// and made again (check.go, mend.go, keep.go); backup.go saves and restores.
//
// The rules by which a file becomes paragraphs and attributions are in its
// subfolders; how an index is searched is in index/bleveindex. It knows of no
// page and no command.
package index

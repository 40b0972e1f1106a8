// Package index is how statements get in: it takes files through
//
//	source → clean → segment → annotate → align → bleveindex
//
// and keeps the result in a data directory, so that only what changed is read
// again and a reader is never disturbed:
//
//	sources.db         what was read from which file (sources.go, places.go)
//	generations/<n>/   whole indexes, of which one counts (generations.go)
//	CURRENT            says which (live.go goes over to it)
//
// The rules by which a file becomes paragraphs and attributions are in its
// subfolders; how an index is searched is in index/bleveindex. It knows of no
// page and no command.
package index

// Package templates holds the markup of the pages: layout.tmpl is around every
// page, part_*.tmpl are shared by several, every other file is one page and
// fills the layout's "content". Packages that run them parse one set a page.
package templates

import "embed"

// Files are all templates.
//
//go:embed *.tmpl
var Files embed.FS

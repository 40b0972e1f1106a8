// Package help holds what readers find at /help, in Markdown, a folder for each
// language of the interface. Links that begin with / lead into the site.
package help

import "embed"

// Files are LANG/PAGE.md.
//
//go:embed en fr ru
var Files embed.FS

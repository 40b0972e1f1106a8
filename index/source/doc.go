// Package source reads files: bytes to raw text and declared metadata, one
// reader a format.
package source

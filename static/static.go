// Package static holds the style sheets, the script and the images of the site
// and serves them under addresses that change with their content, so that they
// can be kept for ever. It knows nothing of pages.
package static

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

// Files are all files by their names.
//
//go:embed css js img
var Files embed.FS

// Prefix is where the files are served.
const Prefix = "/static/"

// Assets are the files by name and by address.
type Assets struct {
	addresses map[string]string // "css/base.css" → "/static/css/base.1f2e3d4c.css"
	byAddress map[string]asset
}

type asset struct {
	mediaType string
	body      []byte
}

// Load reads all files.
func Load() (*Assets, error) {
	a := &Assets{addresses: map[string]string{}, byAddress: map[string]asset{}}
	err := fs.WalkDir(Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := Files.ReadFile(name)
		if err != nil {
			return err
		}
		address := Prefix + hashed(name, body)
		a.addresses[name] = address
		a.byAddress[address] = asset{mime.TypeByExtension(path.Ext(name)), body}
		return nil
	})
	return a, err
}

// hashed is a name with the digest of the content before its extension.
func hashed(name string, body []byte) string {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
}

// Address is where a file is served. A name that is not a file is an error.
func (a *Assets) Address(name string) (string, error) {
	address, ok := a.addresses[name]
	if !ok {
		return "", fmt.Errorf("static: there is no file %q", name)
	}
	return address, nil
}

// Serve answers a request for a file; false when the address is none of ours.
func (a *Assets) Serve(w http.ResponseWriter, r *http.Request) bool {
	file, ok := a.byAddress[r.URL.Path]
	if !ok {
		return false
	}
	w.Header().Set("Content-Type", file.mediaType)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(file.body))
	return true
}

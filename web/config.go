package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"demarche/search"
	"demarche/search/query"
	"demarche/static"
	"demarche/web/help"
	"demarche/web/locale"
	"demarche/web/templates"
)

// Config is what a site needs.
type Config struct {
	// Engine answers the questions; required.
	Engine search.Engine
	// Names gives the names of states, bodies and groups; nil shows their IDs.
	Names search.Names
	// Log takes one line a request and every internal error; nil discards them.
	Log *slog.Logger
	// Version is that of the program; part of every ETag.
	Version string
	// BaseURL is where readers reach the site, as in "https://example.org". Only
	// the OpenSearch description needs it; "" takes the host of each request.
	BaseURL string
	// Timeout is how long one request may take to be answered; 0 means
	// [DefaultTimeout].
	Timeout time.Duration
	// Limits bound a query; the zero value means the query language's own.
	Limits query.Limits
}

// DefaultTimeout is how long a search may take before it is given up, a
// multiple of what any search that is answered at all should need.
const DefaultTimeout = 10 * time.Second

// site is everything that handlers share. It does not change after New.
type site struct {
	Config
	catalog *locale.Catalog
	assets  *static.Assets
	pages   *renderer
	help    *helpPages
	metrics *metrics
	// edition names the program and everything it embeds; a part of every ETag.
	edition string
}

// New makes the site. It fails when the configuration lacks something or a
// template, message or help page cannot be read.
func New(c Config) (http.Handler, error) {
	if c.Engine == nil {
		return nil, errors.New("web: the configuration names no engine")
	}
	s := &site{Config: withDefaults(c), metrics: newMetrics(c.Engine)}
	steps := []func() error{s.loadAssets, s.loadMessages, s.loadTemplates, s.loadHelp, s.loadEdition}
	for _, load := range steps {
		if err := load(); err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
	}
	return s.router()
}

func withDefaults(c Config) Config {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	return c
}

func (s *site) loadAssets() (err error) {
	s.assets, err = static.Load()
	return err
}

func (s *site) loadMessages() (err error) {
	s.catalog, err = locale.Load()
	return err
}

func (s *site) loadTemplates() (err error) {
	s.pages, err = newRenderer(s)
	return err
}

func (s *site) loadEdition() error {
	h := sha256.New()
	fmt.Fprintln(h, s.Version)
	for _, files := range []fs.FS{static.Files, templates.Files, help.Files, locale.Files} {
		err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			body, err := fs.ReadFile(files, name)
			fmt.Fprintf(h, "%s %d\n%s", name, len(body), body)
			return err
		})
		if err != nil {
			return err
		}
	}
	s.edition = hex.EncodeToString(h.Sum(nil))
	return nil
}

// router joins middleware and routes.
func (s *site) router() (http.Handler, error) {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	if err := r.SetTrustedProxies(nil); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	r.HTMLRender = s.pages
	r.HandleMethodNotAllowed = true
	r.ContextWithFallback = true
	r.Use(s.middleware()...)
	s.routes(r)
	return r, nil
}

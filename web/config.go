package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"sync/atomic"
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
	// Gate bounds how many questions are answered at a time.
	Gate Gate
	// Rate is how many questions one address may ask a second in the long run,
	// and five times as many at once; 0 is no bound. An address of this machine
	// has none.
	Rate float64
	// TrustedProxies are believed to name the address that they ask for, in
	// X-Forwarded-For. Nobody else is.
	TrustedProxies []netip.Prefix
	// AllowOrigin is whose scripts may read the API in a browser: an origin, as in
	// "https://example.org", or "*" for all; "" is none.
	AllowOrigin string
	// LogQueries logs what readers ask for; otherwise only the debug level has it.
	LogQueries bool
	// MetricsApart leaves /metrics out of the site, see [Site.Metrics].
	MetricsApart bool
	// Troubles say what is wrong with an index that answers nevertheless, for
	// operators; nil means that nothing ever is.
	Troubles func() []string
}

// DefaultTimeout is how long a search may take before it is given up, a
// multiple of what any search that is answered at all should need.
const DefaultTimeout = 10 * time.Second

// Site answers requests; see [New].
type Site struct {
	http.Handler
	site *site
}

// Metrics are the numbers of the site, for a listener of their own.
func (s *Site) Metrics() http.Handler { return s.site.metrics.handler }

// Drain makes the site say at /readyz that it ends. It goes on to answer.
func (s *Site) Drain() { s.site.draining.Store(true) }

// site is everything that handlers share.
type site struct {
	Config
	catalog *locale.Catalog
	assets  *static.Assets
	pages   *renderer
	help    *helpPages
	metrics *metrics
	gate    *gate
	// allowances are nil where everybody may ask as much as they like.
	allowances *allowances
	// guarded are the routes that the gate is for.
	guarded map[string]bool
	away    awayAnswers
	probe   probe
	// draining says that the site is about to end.
	draining atomic.Bool
	// turnedAway counts since turnedAwaySaid, in Unix nanoseconds.
	turnedAway, turnedAwaySaid atomic.Int64
	// edition names the program and everything it embeds; a part of every ETag.
	edition string
}

// New makes the site. It fails when the configuration lacks something or a
// template, message or help page cannot be read.
func New(c Config) (*Site, error) {
	if c.Engine == nil {
		return nil, errors.New("web: the configuration names no engine")
	}
	g := newGate(c.Gate)
	s := &site{Config: withDefaults(c), gate: g, allowances: newAllowances(c.Rate), metrics: newMetrics(c.Engine, g)}
	steps := []func() error{s.loadAssets, s.loadMessages, s.loadTemplates, s.loadAwayAnswers, s.loadHelp, s.loadEdition}
	for _, load := range steps {
		if err := load(); err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
	}
	h, err := s.router()
	return &Site{h, s}, err
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
	// Gin would redirect past all middleware, to an address that anyone can
	// have a part in by X-Forwarded-Prefix.
	r.RedirectTrailingSlash = false
	r.ContextWithFallback = true
	r.Use(s.middleware()...)
	s.routes(r)
	return r, nil
}

package web

import (
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/gin-gonic/gin"

	"demarche/static"
	"demarche/web/api"
)

// handler answers a request or says why not; see errors.go.
type handler func(*gin.Context) error

// route is an address of the site.
type route struct {
	path   string
	offers string // media type; "" where any Accept is fine
	handle handler
	// guarded routes ask the engine, so that the gate is for them.
	guarded bool
}

// addresses are all routes of the site.
func (s *site) addresses() []route {
	return []route{
		{"/", html, s.front, true},
		{"/search", html, s.search, true},
		{"/attributions", html, s.attributions, true},
		{"/statements/:id", html, s.statement, true},
		{"/help", html, s.helpPage, false},
		{"/help/:page", html, s.helpPage, false},

		{api.SearchPath, api.MediaType, s.apiSearch, true},
		{api.AttributionsPath, api.MediaType, s.apiAttributions, true},
		{api.SuggestPath, api.MediaType, s.apiSuggest, true},
		{api.StatementPath + ":id", api.MediaType, s.apiStatement, true},
		{api.ParagraphPath + ":id", api.MediaType, s.apiParagraph, true},
		{api.DocumentPath, api.MediaType, s.apiDocument, false},

		{"/healthz", "", s.healthz, false},
		{"/readyz", "", s.readyz, false},
		{metricsPath, "", s.metricsPage, false},
		{"/opensearch.xml", "", s.openSearch, false},
		{"/robots.txt", "", s.robots, false},
		{"/favicon.ico", "", s.favicon, false},
		{static.Prefix + "*file", "", s.asset, false},
	}
}

func (s *site) routes(r *gin.Engine) {
	s.guarded = map[string]bool{}
	for _, a := range s.addresses() {
		s.guarded[a.path] = a.guarded
		h := s.handle(a.offers, a.handle)
		r.GET(a.path, h)
		r.HEAD(a.path, h)
	}
	r.NoRoute(s.handle("", withoutSlash))
	r.NoMethod(s.handle("", methodNotAllowed))
}

// withoutSlash leads from an address that ends in a slash to the one that does
// not. The path is cleaned first, or else two slashes would name another host.
func withoutSlash(c *gin.Context) error {
	p := c.Request.URL.Path
	if reads := c.Request.Method == http.MethodGet || c.Request.Method == http.MethodHead; !reads || !strings.HasSuffix(p, "/") {
		return notFound(c)
	}
	to := url.URL{Path: path.Clean("/" + p), RawQuery: c.Request.URL.RawQuery}
	c.Redirect(http.StatusMovedPermanently, to.String())
	return nil
}

func notFound(*gin.Context) error { return &api.StatusError{Status: http.StatusNotFound} }

func methodNotAllowed(*gin.Context) error {
	return &api.StatusError{Status: http.StatusMethodNotAllowed}
}

func (s *site) asset(c *gin.Context) error {
	if !s.assets.Serve(c.Writer, c.Request) {
		return notFound(c)
	}
	return nil
}

// favicon is for programs that ask for the icon without reading the page.
func (s *site) favicon(c *gin.Context) error {
	address, err := s.assets.Address("img/icon.svg")
	if err != nil {
		return err
	}
	c.Redirect(http.StatusMovedPermanently, address)
	return nil
}

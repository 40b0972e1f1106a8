package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"demarche/static"
	"demarche/web/api"
)

// handler answers a request or says why not; see errors.go.
type handler func(*gin.Context) error

// routes are all addresses of the site.
func (s *site) routes(r *gin.Engine) {
	for _, route := range []struct {
		path   string
		offers string // media type; "" where any Accept is fine
		handle handler
	}{
		{"/", html, s.front},
		{"/search", html, s.search},
		{"/statements/:id", html, s.statement},
		{"/help", html, s.helpPage},
		{"/help/:page", html, s.helpPage},

		{api.SearchPath, api.MediaType, s.apiSearch},
		{api.SuggestPath, api.MediaType, s.apiSuggest},
		{api.StatementPath + ":id", api.MediaType, s.apiStatement},
		{api.ParagraphPath + ":id", api.MediaType, s.apiParagraph},
		{api.DocumentPath, api.MediaType, s.apiDocument},

		{"/healthz", "", s.healthz},
		{"/readyz", "", s.readyz},
		{"/metrics", "", s.metrics.serve},
		{"/opensearch.xml", "", s.openSearch},
		{"/robots.txt", "", s.robots},
		{"/favicon.ico", "", s.favicon},
		{static.Prefix + "*file", "", s.asset},
	} {
		h := s.handle(route.offers, route.handle)
		r.GET(route.path, h)
		r.HEAD(route.path, h)
	}
	r.NoRoute(s.handle("", notFound))
	r.NoMethod(s.handle("", methodNotAllowed))
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

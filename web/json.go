package web

import (
	"net/http"
	"net/url"
	"time"

	"github.com/gin-gonic/gin"

	"demarche/search"
	"demarche/search/suggest"
	"demarche/web/api"
)

// apiSearch answers /api/v1/search.
func (s *site) apiSearch(c *gin.Context) error {
	p, err := api.ParseParams(c.Request.URL.RawQuery, s.Limits)
	if err != nil {
		return err
	}
	if s.fresh(c, api.MediaType, c.FullPath()+"?"+p.Encode()) {
		return nil
	}
	start := time.Now()
	result, err := s.Engine.Search(c, p.Request())
	if err != nil {
		return err
	}
	answer := api.NewSearch(p, result, s.printer(c), time.Since(start))
	suggestions, err := s.suggestions(c, p, result)
	if err != nil {
		return err
	}
	answer.Query.Suggestions = mapped(suggestions, func(s suggest.Suggestion) api.Suggestion {
		return api.Suggestion{Query: s.Query, Lang: s.Lang, Total: api.Total(s.Total)}
	})
	if answer.Query.EquivalentParagraphs, err = s.foundByEquivalents(c, p, result); err != nil {
		return err
	}
	setLinkHeader(c, p, result, api.SearchAddress)
	return s.json(c, answer)
}

// setLinkHeader tells where the first and the next page are, as RFC 8288 has it.
func setLinkHeader(c *gin.Context, p api.Params, r *search.Result, address func(api.Params) string) {
	value := `<` + address(p.First()) + `>; rel="first"`
	if next, ok := p.Next(r); ok {
		value += `, <` + address(next) + `>; rel="next"`
	}
	c.Header("Link", value)
}

// apiStatement answers /api/v1/statements/{id}.
func (s *site) apiStatement(c *gin.Context) error {
	values, err := api.ParseValues(c.Request.URL.RawQuery, api.TextParameters)
	if err != nil {
		return err
	}
	found, err := s.Engine.Statement(c, c.Param("id"))
	if err != nil {
		return err
	}
	if s.fresh(c, api.MediaType, c.Request.URL.Path+"?"+values.Encode()) {
		return nil
	}
	answer := api.NewStatement(found, s.Names, s.printer(c).Lang())
	answer.Links = &api.Links{
		Self: withUI(api.StatementPath+url.PathEscape(found.ID), values.Get("ui")),
		Page: api.PassagePage(found.ID, "", values.Get("ui"), 0),
	}
	return s.json(c, answer)
}

// apiParagraph answers /api/v1/paragraphs/{id}.
func (s *site) apiParagraph(c *gin.Context) error {
	values, err := api.ParseValues(c.Request.URL.RawQuery, api.TextParameters)
	if err != nil {
		return err
	}
	hit, err := s.Engine.Paragraph(c, c.Param("id"))
	if err != nil {
		return err
	}
	if s.fresh(c, api.MediaType, c.Request.URL.Path+"?"+values.Encode()) {
		return nil
	}
	return s.json(c, api.NewHit(hit, s.printer(c), values.Get("ui")))
}

// apiDocument answers /api/v1/openapi.json.
func (s *site) apiDocument(c *gin.Context) error {
	if _, err := api.ParseValues(c.Request.URL.RawQuery, api.TextParameters); err != nil {
		return err
	}
	if s.fresh(c, api.MediaType, c.FullPath()) {
		return nil
	}
	return s.json(c, api.NewDocument())
}

func (s *site) json(c *gin.Context, answer any) error {
	body, err := encodeJSON(answer)
	if err != nil {
		return err
	}
	c.Data(http.StatusOK, api.MediaType, body)
	return nil
}

package web

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"demarche/web/api"
)

// healthz says that the process answers.
func (s *site) healthz(c *gin.Context) error {
	c.String(http.StatusOK, "ok\n")
	return nil
}

const robotsText = "User-agent: *\nDisallow: /api/\nDisallow: /metrics\n"

func (s *site) robots(c *gin.Context) error {
	c.String(http.StatusOK, robotsText)
	return nil
}

// openSearchDescription lets a browser search here from its address bar.
type openSearchDescription struct {
	XMLName       xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName     string
	Description   string
	InputEncoding string
	Image         openSearchImage
	URLs          []openSearchURL `xml:"Url"`
}

type openSearchImage struct {
	Type    string `xml:"type,attr"`
	Address string `xml:",chardata"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
}

func (s *site) openSearch(c *gin.Context) error {
	icon, err := s.assets.Address("img/icon.svg")
	if err != nil {
		return err
	}
	base := s.base(c.Request)
	if s.fresh(c, "application/opensearchdescription+xml", base) {
		return nil
	}
	d := openSearchDescription{
		ShortName: s.printer(c).T("site.name"), Description: s.printer(c).T("site.description"), InputEncoding: "UTF-8",
		Image: openSearchImage{"image/svg+xml", base + icon},
		URLs: []openSearchURL{
			{html, base + "/search?q={searchTerms}"},
			{api.MediaType, base + api.SearchPath + "?q={searchTerms}"},
		},
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(d); err != nil {
		return err
	}
	c.Data(http.StatusOK, "application/opensearchdescription+xml; charset=utf-8", b.Bytes())
	return nil
}

// base is the address of the site as readers reach it.
func (s *site) base(r *http.Request) string {
	if s.BaseURL != "" {
		return strings.TrimSuffix(s.BaseURL, "/")
	}
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	return scheme + r.Host
}

package web

import (
	"net/url"
	"slices"

	"github.com/gin-contrib/requestid"
	"github.com/gin-gonic/gin"

	"demarche/web/api"
	"demarche/web/locale"
)

// frame is what the layout around every page needs.
type frame struct {
	// Lang is the language of the interface; UI is the same where the address
	// asks for it, and then every link carries it.
	Lang, UI string
	Title    string
	// Query stands in the search box; Hidden are the parameters that its form
	// carries along unseen.
	Query  string
	Hidden []hidden
	// Action is where the search box asks.
	Action string
	// Section is the entry of the menu that the page stands for: "search", which
	// is the list of everything, "attributions", "help" or "".
	Section   string
	Languages []languageLink
	// Robots is what search engines are told; "" lets them take everything.
	Robots    string
	RequestID string
	// Canonical is the address of the page in one spelling, without ui.
	Canonical string
}

// languageLink leads to the same page in another language of the interface.
type languageLink struct {
	Lang, Name, Href string
	Current          bool
}

// link is a text that leads somewhere.
type link struct{ Href, Text string }

func (f frame) language() string { return f.Lang }

// Href is a path of the site in the language of the interface.
func (f frame) Href(path string) string { return withUI(path, f.UI) }

func withUI(path, ui string) string {
	if ui == "" {
		return path
	}
	u, err := url.Parse(path)
	if err != nil {
		return path
	}
	values := u.Query()
	values.Set("ui", ui)
	u.RawQuery = values.Encode()
	return u.String()
}

// place is the address of a page that answers a question.
type place func(api.Params) string

func searchPath(p api.Params) string {
	if query := p.Encode(); query != "" {
		return "/search?" + query
	}
	return "/search"
}

// interfaceLanguage is the language that an address asks for, if any.
func interfaceLanguage(c *gin.Context) string {
	if ui := c.Query("ui"); slices.Contains(locale.Languages, ui) {
		return ui
	}
	return ""
}

// printer prints in the language that the reader asked for or prefers.
func (s *site) printer(c *gin.Context) *locale.Printer {
	return s.catalog.Printer(s.language(c), s.Names)
}

// language is the one that the request is answered in.
func (s *site) language(c *gin.Context) string {
	if lang := interfaceLanguage(c); lang != "" {
		return lang
	}
	return s.catalog.Match(c.GetHeader("Accept-Language"))
}

func (s *site) frame(c *gin.Context) frame {
	f := frame{
		Lang: s.printer(c).Lang(), UI: interfaceLanguage(c), RequestID: requestid.Get(c),
		Canonical: c.Request.URL.Path, Action: "/search",
	}
	if f.UI != "" {
		f.Hidden = []hidden{{"ui", f.UI}}
	}
	f.Languages = s.languageLinks(c.Request.URL, f.Lang)
	return f
}

// languageLinks lead from an address to the same in every language, of which
// the reader has one.
func (s *site) languageLinks(from *url.URL, current string) []languageLink {
	return mapped(locale.Languages, func(lang string) languageLink {
		u := *from
		values := u.Query()
		values.Set("ui", lang)
		u.RawQuery = values.Encode()
		return languageLink{
			Lang: lang, Name: s.catalog.Printer(lang, nil).Language(lang),
			Href: u.RequestURI(), Current: lang == current,
		}
	})
}

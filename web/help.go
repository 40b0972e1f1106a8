package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"demarche/web/api"
	"demarche/web/help"
	"demarche/web/locale"
)

// helpPages are the pages of help, ready to be shown. The language of the
// interface is written into their links, so there are two of each.
type helpPages struct {
	// byName by language, whether links carry ui, and name.
	byName map[helpKey]helpText
}

type helpKey struct {
	lang, name string
	carryUI    bool
}

// helpText is one page.
type helpText struct {
	Title string
	// Body is made from our own Markdown; markup inside that is not rendered.
	Body template.HTML
}

// helpIndex is the page at /help itself.
const helpIndex = "index"

// helpNames are the pages of help in the order of the menu.
var helpNames = []string{helpIndex, "query", "api"}

func (s *site) loadHelp() error {
	s.help = &helpPages{byName: map[helpKey]helpText{}}
	markdown := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.DefinitionList),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithHeadingAttribute()),
	)
	for _, lang := range locale.Languages {
		for _, name := range helpNames {
			source, err := fs.ReadFile(help.Files, path.Join(lang, name+".md"))
			if err != nil {
				return err
			}
			for _, carry := range []bool{false, true} {
				page, err := renderHelp(markdown, source, lang, carry)
				if err != nil {
					return fmt.Errorf("help page %s/%s: %w", lang, name, err)
				}
				s.help.byName[helpKey{lang, name, carry}] = page
			}
		}
	}
	return nil
}

func renderHelp(markdown goldmark.Markdown, source []byte, lang string, carryUI bool) (helpText, error) {
	document := markdown.Parser().Parse(text.NewReader(source))
	title := takeTitle(document, source)
	if title == "" {
		return helpText{}, fmt.Errorf("has no heading of the first level")
	}
	err := ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if l, ok := n.(*ast.Link); ok && entering {
			l.Destination = []byte(helpTarget(l, source, lang, carryUI))
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return helpText{}, err
	}
	var b bytes.Buffer
	if err := markdown.Renderer().Render(&b, source, document); err != nil {
		return helpText{}, err
	}
	return helpText{title, template.HTML(b.String())}, nil
}

// helpTarget is where a link of help leads. A link to "search:" runs the query
// that it shows.
func helpTarget(l *ast.Link, source []byte, lang string, carryUI bool) string {
	target := string(l.Destination)
	if target == "search:" {
		target = searchPath(api.Params{Q: textOf(l, source)})
	}
	if carryUI && strings.HasPrefix(target, "/") {
		target = withUI(target, lang)
	}
	return target
}

// textOf is the text below a node, as a reader sees it.
func textOf(n ast.Node, source []byte) string {
	if t, ok := n.(*ast.Text); ok {
		return string(t.Value(source))
	}
	var b strings.Builder
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		b.WriteString(textOf(child, source))
	}
	return b.String()
}

// takeTitle removes the heading of the first level, which the layout shows,
// and returns its text.
func takeTitle(document ast.Node, source []byte) string {
	h, ok := document.FirstChild().(*ast.Heading)
	if !ok || h.Level != 1 {
		return ""
	}
	document.RemoveChild(document, h)
	return textOf(h, source)
}

// helpPage is one page of help with the menu of all.
type helpPage struct {
	frame
	Text helpText
	Menu []choice
	// Codes are the codes of problems, on the page that explains them.
	Codes []api.Code
}

// helpPage answers /help and /help/{page}.
func (s *site) helpPage(c *gin.Context) error {
	values, err := api.ParseValues(c.Request.URL.RawQuery, api.TextParameters)
	if err != nil {
		return err
	}
	name := c.Param("page")
	if name == "" {
		name = helpIndex
	}
	f := s.frame(c)
	content, ok := s.help.byName[helpKey{f.Lang, name, f.UI != ""}]
	if !ok || c.Param("page") == helpIndex {
		return notFound(c)
	}
	if s.fresh(c, html, c.Request.URL.Path+"?"+values.Encode()) {
		return nil
	}
	page := helpPage{frame: f, Text: content}
	page.Title, page.Section = content.Title, "help"
	if name == "api" {
		page.Codes = api.Codes()
	}
	for _, each := range helpNames {
		href := "/help/" + each
		if each == helpIndex {
			href = "/help"
		}
		page.Menu = append(page.Menu, choice{
			Name:    s.help.byName[helpKey{f.Lang, each, false}].Title,
			Href:    f.Href(href),
			Current: each == name,
		})
	}
	c.HTML(http.StatusOK, "help", page)
	return nil
}

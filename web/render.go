package web

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin/render"

	"demarche/search"
	"demarche/web/api"
	"demarche/web/locale"
	"demarche/web/templates"
)

// renderer is Gin's HTML renderer. Every page has a template set of its own in
// each language, so that pages cannot take each other's blocks and messages
// need no language passed along; and a page is written to a buffer first, so
// that one that fails sends nothing.
type renderer struct {
	// sets by language and name of the page.
	sets map[string]map[string]*template.Template
}

// page is what a template is given.
type page interface{ language() string }

// partPrefix marks the templates that several pages share.
const partPrefix = "part_"

func newRenderer(s *site) (*renderer, error) {
	r := &renderer{sets: map[string]map[string]*template.Template{}}
	names, err := pageFiles()
	if err != nil {
		return nil, err
	}
	for _, lang := range locale.Languages {
		r.sets[lang] = map[string]*template.Template{}
		base := template.New("layout.tmpl").Funcs(s.functions(s.catalog.Printer(lang, s.Names)))
		if base, err = base.ParseFS(templates.Files, "layout.tmpl", partPrefix+"*.tmpl"); err != nil {
			return nil, err
		}
		for _, name := range names {
			set, err := template.Must(base.Clone()).ParseFS(templates.Files, name)
			if err != nil {
				return nil, err
			}
			r.sets[lang][strings.TrimSuffix(name, ".tmpl")] = set
		}
	}
	return r, nil
}

// pageFiles are the templates that are pages.
func pageFiles() ([]string, error) {
	all, err := fs.Glob(templates.Files, "*.tmpl")
	return slices.DeleteFunc(all, func(name string) bool {
		return name == "layout.tmpl" || strings.HasPrefix(name, partPrefix)
	}), err
}

// functions are what templates may call, in one language.
func (s *site) functions(p *locale.Printer) template.FuncMap {
	return template.FuncMap{
		"t":        p.T,
		"n":        p.N,
		"number":   p.Number,
		"date":     func(d search.Date) string { return p.Date(string(d)) },
		"name":     p.Name,
		"names":    func(ids []string) string { return p.List(mapped(ids, p.Name)) },
		"language": p.Language,
		"kind":     p.Kind,
		"actor":    func(a search.Actor) string { return api.ActorName(a, p.Name(a.ID)) },
		"asset":    s.assets.Address,
		"provenance": func(known search.Provenance) string {
			return p.T("provenance." + string(cmp.Or(known, search.Unknown)))
		},
	}
}

func mapped[A, B any](in []A, f func(A) B) []B {
	out := make([]B, len(in))
	for i, a := range in {
		out[i] = f(a)
	}
	return out
}

// Instance implements [render.HTMLRender].
func (r *renderer) Instance(name string, data any) render.Render {
	return rendering{r, name, data}
}

type rendering struct {
	*renderer
	name string
	data any
}

// Render writes the page, or nothing and an error.
func (r rendering) Render(w http.ResponseWriter) error {
	var b bytes.Buffer
	if err := r.execute(&b); err != nil {
		return err
	}
	r.WriteContentType(w)
	_, err := b.WriteTo(w)
	return err
}

func (r rendering) execute(b *bytes.Buffer) error {
	p, ok := r.data.(page)
	if !ok {
		return fmt.Errorf("template %s: %T has no language", r.name, r.data)
	}
	set, ok := r.sets[p.language()][r.name]
	if !ok {
		return fmt.Errorf("there is no template %s in %q", r.name, p.language())
	}
	return set.Execute(b, p)
}

// WriteContentType implements [render.Render].
func (rendering) WriteContentType(w http.ResponseWriter) {
	w.Header().Set("Content-Type", html+"; charset=utf-8")
}

package web

import (
	"fmt"
	"html/template"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"text/template/parse"
)

// pageTypes are what each template is given.
var pageTypes = map[string]reflect.Type{
	"front":        reflect.TypeFor[frontPage](),
	"search":       reflect.TypeFor[searchPage](),
	"attributions": reflect.TypeFor[attributionsPage](),
	"statement":    reflect.TypeFor[statementPage](),
	"help":         reflect.TypeFor[helpPage](),
	"error":        reflect.TypeFor[errorPage](),
}

// TestTemplatesFitTheirPages finds fields that a page does not have, also where
// no page of the gallery comes by.
func TestTemplatesFitTheirPages(t *testing.T) {
	pages := renderers(t).sets["en"]
	if got, want := slices.Sorted(maps.Keys(pages)), slices.Sorted(maps.Keys(pageTypes)); !slices.Equal(got, want) {
		t.Fatalf("the templates are %q, the pages %q", got, want)
	}
	for name, page := range pageTypes {
		for _, fault := range faults(pages[name], page) {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

// TestTemplatesAreChecked makes sure that the check above can fail.
func TestTemplatesAreChecked(t *testing.T) {
	for source, want := range map[string]string{
		`{{.Title}} {{range .Hits}}{{.Shown}}{{range .Others}}{{$.Total.Passages}}{{end}}{{end}}`: "",
		`{{range .Hits}}{{if .Cut}}{{.Colour}}{{end}}{{end}}`:                                     "hitView has no Colour",
		`{{with .Chips}}{{range $i, $c := .}}{{print $c.Colour}}{{end}}{{end}}`:                   "chip has no Colour",
		`{{define "x"}}{{.Colour}}{{end}}{{template "x" .Total}}`:                                 "Total has no Colour",
	} {
		set := template.Must(template.New("layout.tmpl").Parse(source))
		if got := strings.Join(faults(set, pageTypes["search"]), ", "); got != want {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}

func renderers(t *testing.T) *renderer {
	t.Helper()
	s := &site{}
	for _, load := range []func() error{s.loadAssets, s.loadMessages, s.loadTemplates} {
		if err := load(); err != nil {
			t.Fatal(err)
		}
	}
	return s.pages
}

// checker follows the fields that templates name through the types of a page.
// A nil type is one that it does not know, as that of a function's result.
type checker struct {
	set    *template.Template
	seen   map[string]bool
	faults []string
}

type scope map[string]reflect.Type

func faults(set *template.Template, page reflect.Type) []string {
	c := &checker{set: set, seen: map[string]bool{}}
	c.template(set.Name(), page)
	return c.faults
}

func (c *checker) template(name string, dot reflect.Type) {
	if key := fmt.Sprint(name, dot); !c.seen[key] {
		c.seen[key] = true
		c.node(c.set.Lookup(name).Tree.Root, dot, scope{"$": dot})
	}
}

func (c *checker) node(n parse.Node, dot reflect.Type, vars scope) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, each := range n.Nodes {
				c.node(each, dot, vars)
			}
		}
	case *parse.ActionNode:
		c.pipe(n.Pipe, dot, vars)
	case *parse.TemplateNode:
		c.template(n.Name, c.pipe(n.Pipe, dot, vars))
	case *parse.IfNode:
		c.pipe(n.Pipe, dot, vars)
		c.branches(n.BranchNode, dot, dot, vars)
	case *parse.WithNode:
		c.branches(n.BranchNode, c.pipe(n.Pipe, dot, vars), dot, vars)
	case *parse.RangeNode:
		inner, element := maps.Clone(vars), elem(c.pipe(n.Pipe, dot, vars))
		for _, v := range n.Pipe.Decl {
			inner[v.Ident[0]] = nil
		}
		if d := n.Pipe.Decl; len(d) > 0 {
			inner[d[len(d)-1].Ident[0]] = element
		}
		c.branches(n.BranchNode, element, dot, inner)
	}
}

func (c *checker) branches(b parse.BranchNode, dot, otherwise reflect.Type, vars scope) {
	c.node(b.List, dot, maps.Clone(vars))
	c.node(b.ElseList, otherwise, maps.Clone(vars))
}

// pipe is the type of what a pipeline yields.
func (c *checker) pipe(p *parse.PipeNode, dot reflect.Type, vars scope) (out reflect.Type) {
	if p == nil {
		return nil
	}
	for _, command := range p.Cmds {
		out = c.value(command.Args[0], dot, vars)
		for i, argument := range command.Args[1:] {
			t := c.value(argument, dot, vars)
			if i == 0 && command.Args[0].String() == "slice" {
				out = t
			}
		}
	}
	for _, v := range p.Decl {
		vars[v.Ident[0]] = out
	}
	return out
}

func (c *checker) value(n parse.Node, dot reflect.Type, vars scope) reflect.Type {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return c.fields(dot, n.Ident)
	case *parse.VariableNode:
		return c.fields(vars[n.Ident[0]], n.Ident[1:])
	case *parse.ChainNode:
		return c.fields(c.value(n.Node, dot, vars), n.Field)
	case *parse.PipeNode:
		return c.pipe(n, dot, vars)
	}
	return nil
}

func (c *checker) fields(t reflect.Type, names []string) reflect.Type {
	for _, name := range names {
		if t == nil {
			return nil
		}
		if method, ok := t.MethodByName(name); ok {
			t = method.Type.Out(0)
			continue
		}
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		field, ok := reflect.StructField{}, false
		if t.Kind() == reflect.Struct {
			field, ok = t.FieldByName(name)
		}
		if !ok {
			c.faults = append(c.faults, fmt.Sprintf("%s has no %s", t.Name(), name))
			return nil
		}
		t = field.Type
	}
	return t
}

// elem is the type of the elements of a list.
func elem(t reflect.Type) reflect.Type {
	if t != nil && (t.Kind() == reflect.Slice || t.Kind() == reflect.Array) {
		return t.Elem()
	}
	return nil
}

package api

import (
	"net/http"
	"reflect"
	"strconv"
	"strings"
)

// Document is the description of the API in OpenAPI 3.1.
type Document struct {
	OpenAPI    string              `json:"openapi"`
	Info       info                `json:"info"`
	Paths      map[string]pathItem `json:"paths"`
	Components components          `json:"components"`
}

type info struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Version     string `json:"version"`
}

type pathItem struct {
	Get operation `json:"get"`
}

type operation struct {
	ID         string              `json:"operationId"`
	Summary    string              `json:"summary"`
	Parameters []parameterObject   `json:"parameters"`
	Responses  map[string]response `json:"responses"`
}

type parameterObject struct {
	Name        string  `json:"name"`
	In          string  `json:"in"`
	Description string  `json:"description"`
	Required    bool    `json:"required,omitempty"`
	Style       string  `json:"style,omitempty"`
	Explode     *bool   `json:"explode,omitempty"`
	Schema      *Schema `json:"schema"`
	Example     any     `json:"example,omitempty"`
}

type response struct {
	Description string             `json:"description"`
	Headers     map[string]header  `json:"headers,omitempty"`
	Content     map[string]content `json:"content,omitempty"`
}

type header struct {
	Description string  `json:"description"`
	Schema      *Schema `json:"schema"`
}

type content struct {
	Schema *Schema `json:"schema"`
}

type components struct {
	Schemas schemas `json:"schemas"`
}

// Media types of answers.
const (
	MediaType        = "application/json"
	ProblemMediaType = "application/problem+json"
)

// endpoint is one address of the API.
type endpoint struct {
	path, id, summary string
	parameters        []Parameter
	answer            reflect.Type
	// problems are the statuses that the endpoint answers beside those that
	// every address has.
	problems []int
}

// endpoints are all addresses of the API but that of its description.
var endpoints = []endpoint{
	{
		SearchPath, "search", "Paragraphs that match a query and filters, with counts for filtering further.",
		SearchParameters, reflect.TypeFor[Search](),
		[]int{http.StatusBadRequest},
	},
	{
		SuggestPath, "suggest", "What the beginning of a query may go on to: formulas, issuers, titles and words of the texts. Nothing below two letters.",
		SuggestParameters, reflect.TypeFor[Suggest](),
		[]int{http.StatusBadRequest},
	},
	{
		AttributionsPath, "attributions", "Who holds whom responsible, by year: counts over the paragraphs that match a query and filters.",
		AttributionParameters, reflect.TypeFor[Attributions](),
		[]int{http.StatusBadRequest},
	},
	{
		StatementPath + "{id}", "statement", "One statement with all its versions.",
		TextParameters, reflect.TypeFor[Statement](),
		[]int{http.StatusBadRequest, http.StatusNotFound},
	},
	{
		ParagraphPath + "{id}", "paragraph", "One paragraph with its statement and its versions.",
		TextParameters, reflect.TypeFor[Hit](),
		[]int{http.StatusBadRequest, http.StatusNotFound},
	},
}

// everywhere are the problems that any address can answer.
var everywhere = []int{
	http.StatusMethodNotAllowed, http.StatusNotAcceptable, http.StatusRequestEntityTooLarge,
	http.StatusRequestURITooLong, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable,
}

// NewDocument describes the API from its types and its table of parameters.
func NewDocument() Document {
	d := Document{
		OpenAPI: "3.1.0",
		Info: info{
			Title:       "Demarche",
			Description: "Search over policy statements on conduct in cyberspace. Offsets are Unicode code points.",
			Version:     "1",
		},
		Paths:      map[string]pathItem{},
		Components: components{Schemas: schemas{}},
	}
	for _, e := range endpoints {
		d.Paths[e.path] = pathItem{Get: d.operation(e)}
	}
	return d
}

func (d *Document) operation(e endpoint) operation {
	op := operation{ID: e.id, Summary: e.summary, Responses: map[string]response{}}
	if strings.HasSuffix(e.path, "{id}") {
		op.Parameters = append(op.Parameters, parameterObject{
			Name: "id", In: "path", Description: "As hits and statements have it.", Required: true,
			Schema: &Schema{Type: "string"},
		})
	}
	for _, p := range e.parameters {
		op.Parameters = append(op.Parameters, describe(p))
	}
	op.Responses["200"] = d.answer(e)
	op.Responses["304"] = response{Description: "Not changed since the answer whose ETag If-None-Match named."}
	problem := d.Components.Schemas.of(reflect.TypeFor[Problem]())
	for _, status := range append(e.problems, everywhere...) {
		op.Responses[strconv.Itoa(status)] = response{
			Description: http.StatusText(status),
			Content:     map[string]content{ProblemMediaType: {problem}},
		}
	}
	return op
}

func (d *Document) answer(e endpoint) response {
	text := &Schema{Type: "string"}
	out := response{
		Description: http.StatusText(http.StatusOK),
		Headers:     map[string]header{"ETag": {"Weak; changes whenever the answer could.", text}},
		Content:     map[string]content{MediaType: {d.Components.Schemas.of(e.answer)}},
	}
	if e.id == "search" {
		out.Headers["Link"] = header{"Addresses of the first and the next page (RFC 8288).", text}
	}
	return out
}

func describe(p Parameter) parameterObject {
	out := parameterObject{Name: p.Name, In: "query", Description: p.Doc, Schema: parameterSchema(p)}
	if p.Example != "" {
		out.Example = p.Example
	}
	if p.Repeats {
		yes := true
		out.Style, out.Explode = "form", &yes
		out.Schema = &Schema{Type: "array", Items: out.Schema}
		out.Example = []string{p.Example}
	}
	return out
}

// parameterSchema is the schema of one value of a parameter. Values that
// exclude begin with "-", which the pattern for the document allows.
func parameterSchema(p Parameter) *Schema {
	if p.Name == "size" {
		low, high := sizeBounds()
		return &Schema{Type: "integer", Minimum: &low, Maximum: &high, Default: DefaultSize}
	}
	s := &Schema{Type: "string"}
	if p.Pattern != nil && !p.Repeats {
		s.Pattern = p.Pattern.String()
	}
	return s
}

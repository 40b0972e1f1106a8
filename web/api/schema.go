package api

import (
	"reflect"
	"slices"
	"strings"

	"demarche/search"
)

// Schema is a JSON Schema (2020-12), as far as the types of this package need it.
type Schema struct {
	Ref                  string             `json:"$ref,omitempty"`
	Description          string             `json:"description,omitempty"`
	Type                 string             `json:"type,omitempty"`
	Enum                 []string           `json:"enum,omitempty"`
	Pattern              string             `json:"pattern,omitempty"`
	Minimum              *int               `json:"minimum,omitempty"`
	Maximum              *int               `json:"maximum,omitempty"`
	Default              any                `json:"default,omitempty"`
	Items                *Schema            `json:"items,omitempty"`
	Properties           map[string]*Schema `json:"properties,omitempty"`
	Required             []string           `json:"required,omitempty"`
	AdditionalProperties *Schema            `json:"additionalProperties,omitempty"`
}

const schemaRef = "#/components/schemas/"

// datePattern is a date of any precision, or none.
const datePattern = `^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$`

// closed are the string types with a closed list of values.
var closed = map[reflect.Type][]string{
	reflect.TypeFor[search.Provenance](): {
		string(search.Declared), string(search.Stated), string(search.Aligned), string(search.Unknown),
	},
	reflect.TypeFor[CompletionKind](): {
		string(CompletionFormula), string(CompletionActor), string(CompletionTitle), string(CompletionWord),
	},
	reflect.TypeFor[search.Stance]():   {string(search.StanceOwn), string(search.StanceReported), string(search.StanceDenied)},
	reflect.TypeFor[search.Strength](): {string(search.StrengthExplicit), string(search.StrengthPresupposed)},
}

// schemas collects the schemas of struct types by name.
type schemas map[string]*Schema

// of is the schema of t; structs are collected and referred to.
func (s schemas) of(t reflect.Type) *Schema {
	switch t.Kind() {
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.Slice:
		return &Schema{Type: "array", Items: s.of(t.Elem())}
	case reflect.Map:
		return &Schema{Type: "object", AdditionalProperties: s.of(t.Elem())}
	case reflect.Struct:
		if _, ok := s[t.Name()]; !ok {
			s[t.Name()] = &Schema{}
			*s[t.Name()] = s.object(t)
		}
		return &Schema{Ref: schemaRef + t.Name()}
	}
	return scalar(t)
}

func scalar(t reflect.Type) *Schema {
	switch t.Kind() {
	case reflect.Int:
		return &Schema{Type: "integer"}
	case reflect.Float64:
		return &Schema{Type: "number"}
	case reflect.Bool:
		return &Schema{Type: "boolean"}
	}
	if t == reflect.TypeFor[search.Date]() {
		return &Schema{Type: "string", Pattern: datePattern}
	}
	return &Schema{Type: "string", Enum: closed[t]}
}

func (s schemas) object(t reflect.Type) Schema {
	out := Schema{Type: "object", Properties: map[string]*Schema{}}
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous {
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		property := s.of(f.Type)
		property.Description = f.Tag.Get("doc")
		out.Properties[name] = property
		if options != "omitempty" {
			out.Required = append(out.Required, name)
		}
	}
	slices.Sort(out.Required)
	return out
}

package suggest

import (
	"context"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"demarche/search"
	"demarche/search/query"
)

// named are the fields whose values have names that readers type instead.
var named = []string{"actor", "attributed_state", "attributed_by", "group", "lang", "kind"}

// Labels returns the name that a value of a field has in a language.
type Labels func(lang, field, value string) string

// Named is a query with IDs for the names that were typed as values of fields, as in
// attributed_state:russia; nil where there is none, or where that finds nothing. A name
// in any language of the interface is known, of what the texts have.
func Named(ctx context.Context, e search.Engine, labels Labels, n query.Node) (*Suggestion, error) {
	if !hasName(n) {
		return nil, nil
	}
	all, err := e.Search(ctx, search.Request{Facets: named})
	if err != nil {
		return nil, err
	}
	renamed := rename(n, func(f query.Field) query.Field {
		for _, facet := range all.Facets {
			if facet.Field == f.Name {
				f.Value = idOf(f.Value, facet, labels)
			}
		}
		return f
	})
	if renamed.String() == n.String() {
		return nil, nil
	}
	found, err := e.Search(ctx, search.Request{Query: renamed})
	if err != nil || found.Total.Paragraphs == 0 {
		return nil, err
	}
	return &Suggestion{Query: renamed.String(), Total: found.Total}, nil
}

// hasName reports whether a query has a field with a value that can be a name.
func hasName(n query.Node) bool {
	found := false
	rename(n, func(f query.Field) query.Field {
		found = found || slices.Contains(named, f.Name)
		return f
	})
	return found
}

// rename is n with other fields.
func rename(n query.Node, to func(query.Field) query.Field) query.Node {
	switch n := n.(type) {
	case query.Field:
		return to(n)
	case query.Not:
		return query.Not{Node: rename(n.Node, to)}
	case query.And:
		return query.And{Nodes: renameAll(n.Nodes, to)}
	case query.Or:
		return query.Or{Nodes: renameAll(n.Nodes, to)}
	}
	return n
}

func renameAll(nodes []query.Node, to func(query.Field) query.Field) []query.Node {
	out := make([]query.Node, len(nodes))
	for i, n := range nodes {
		out[i] = rename(n, to)
	}
	return out
}

// idOf is the value of a facet that is called name in some language; name where none
// is, or where it is a value itself.
func idOf(name string, facet search.Facet, labels Labels) string {
	if slices.ContainsFunc(facet.Values, func(v search.FacetValue) bool { return v.Value == name }) {
		return name
	}
	for _, lang := range search.Languages {
		loosely := collate.New(language.Make(lang), collate.Loose)
		for _, v := range facet.Values {
			if loosely.CompareString(labels(lang, facet.Field, v.Value), name) == 0 {
				return v.Value
			}
		}
	}
	return name
}

package plan

import (
	"slices"

	"demarche/search/query"
)

// Ignored are the words of n that some of the plans made of it do not ask for,
// in the order of the query, each once. Engines give it the plans of the
// languages that they found something in.
func Ignored(n query.Node, plans []Plan) []string {
	var ignored []string
	for _, w := range words(n) {
		if slices.Contains(ignored, w) {
			continue
		}
		if slices.ContainsFunc(plans, func(p Plan) bool { return slices.Contains(p.Ignored, w) }) {
			ignored = append(ignored, w)
		}
	}
	return ignored
}

// words are the unquoted words of n.
func words(n query.Node) []string {
	var all []string
	switch n := n.(type) {
	case query.Word:
		return []string{n.Text}
	case query.Not:
		return words(n.Node)
	case query.And:
		for _, n := range n.Nodes {
			all = append(all, words(n)...)
		}
	case query.Or:
		for _, n := range n.Nodes {
			all = append(all, words(n)...)
		}
	}
	return all
}

package web

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"demarche/search"
	"demarche/web/api"
)

// layout is how picture and table are made, as it stands in the address.
type layout struct {
	// Rows is what the rows are grouped by: "state", "party" or "group".
	Rows string
	// Unit is what is counted: "paragraphs", "passages" or "statements".
	Unit string
	// Stance is which attributions are counted: "both", "own" or "reported".
	Stance string
}

// layoutSwitch is a choice of the layout with the pages that it leads to.
type layoutSwitch struct {
	Name    string
	Choices []choice
}

// layoutParameters are the choices of a layout: the name in the address, the values,
// of which the first is the default, and where the one chosen is kept.
var layoutParameters = []struct {
	name   string
	values []string
	of     func(*layout) *string
}{
	{"rows", []string{"state", "party", "group"}, func(l *layout) *string { return &l.Rows }},
	{"count", []string{"paragraphs", "passages", "statements"}, func(l *layout) *string { return &l.Unit }},
	{"stance", []string{"both", "own", "reported"}, func(l *layout) *string { return &l.Stance }},
}

// attributionsParameters are those of the page.
func attributionsParameters() []api.Parameter {
	all := slices.Clone(api.AttributionParameters)
	for _, p := range layoutParameters {
		pattern := regexp.MustCompile("^(" + strings.Join(p.values, "|") + ")$")
		all = append(all, api.Parameter{Name: p.name, Pattern: pattern, Example: p.values[1]})
	}
	return all
}

// newLayout reads what [attributionsParameters] allow.
func newLayout(values url.Values) layout {
	var l layout
	for _, p := range layoutParameters {
		*p.of(&l) = cmp.Or(values.Get(p.name), p.values[0])
	}
	return l
}

// switches lead to each layout that differs from l in one choice.
func (l layout) switches(p api.Params) []layoutSwitch {
	var out []layoutSwitch
	for _, parameter := range layoutParameters {
		s := layoutSwitch{Name: parameter.name}
		for _, value := range parameter.values {
			other := l
			*parameter.of(&other) = value
			s.Choices = append(s.Choices, choice{value, other.path(p), other == l})
		}
		out = append(out, s)
	}
	return out
}

// stance is the one whose relations are counted: "" for pairs in any.
func (l layout) stance() search.Stance {
	if l.Stance == "both" {
		return ""
	}
	return search.Stance(l.Stance)
}

// of is the number that is shown of a total.
func (l layout) of(t search.Total) int {
	switch l.Unit {
	case "passages":
		return t.Passages
	case "statements":
		return t.Statements
	}
	return t.Paragraphs
}

// path is the page in this layout; what is default is left out.
func (l layout) path(p api.Params) string {
	values, err := url.ParseQuery(p.Encode())
	if err != nil { // what Encode writes can be read
		return "/attributions"
	}
	for _, h := range l.hidden() {
		values.Set(h.Name, h.Value)
	}
	if len(values) == 0 {
		return "/attributions"
	}
	return "/attributions?" + values.Encode()
}

// hidden are the parameters of the layout that are not default, which forms carry along.
func (l layout) hidden() []hidden {
	var out []hidden
	for _, p := range layoutParameters {
		if value := *p.of(&l); value != p.values[0] {
			out = append(out, hidden{p.name, value})
		}
	}
	return out
}

package api

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"demarche/search"
)

// Encode writes p as the query part of an address, always in the same order,
// without what is default.
func (p Params) Encode() string {
	w := encoder{}
	w.question(p)
	if p.Size != 0 {
		w.add("size", strconv.Itoa(p.Size))
	}
	if p.After != nil {
		w.add("cursor", p.After.token(p))
	}
	if p.Facets != nil {
		w.b = append(w.b, "facets="+strings.Join(p.Facets, ","))
	}
	w.add("ui", p.UI)
	return w.String()
}

// question is the part of an address on which the list of hits and their order
// depend. A cursor is good for one question.
func (p Params) question() string {
	w := encoder{}
	w.question(p)
	w.add("order", string(p.Order()))
	return w.String()
}

// encoder collects "name=value" pairs; empty values are left out.
type encoder struct{ b []string }

func (w *encoder) question(p Params) {
	w.add("q", p.Q)
	for _, f := range p.Filters {
		for _, v := range f.Include {
			w.add(f.Field, v)
		}
		for _, v := range f.Exclude {
			w.add(f.Field, "-"+v)
		}
	}
	w.add("from", string(p.From))
	w.add("to", string(p.To))
	w.add("sort", string(p.Sort))
	if p.Formulas {
		w.add("formulas", "on")
	}
	w.add("without", strings.Join(p.Without, ","))
}

func (w *encoder) add(name, value string) {
	if value != "" {
		w.b = append(w.b, name+"="+url.QueryEscape(value))
	}
}

func (w *encoder) String() string { return strings.Join(w.b, "&") }

// First is p at the first page.
func (p Params) First() Params {
	p.After = nil
	return p
}

// Adding is p at the first page with a value added to the filter of a field;
// "-" before the value excludes. What was asked of the value before is dropped.
func (p Params) Adding(field, value string) Params {
	p = p.Removing(field, strings.TrimPrefix(value, "-"))
	i := p.filter(field)
	if i >= 0 {
		p.Filters[i] = add(p.Filters[i], value)
		return p
	}
	p.Filters = append(p.Filters, add(search.Filter{Field: field}, value))
	slices.SortStableFunc(p.Filters, func(a, b search.Filter) int {
		return slices.Index(search.Fields, a.Field) - slices.Index(search.Fields, b.Field)
	})
	return p
}

// Removing is p at the first page without a value in the filter of a field,
// whether it was included or excluded.
func (p Params) Removing(field, value string) Params {
	isValue := func(v string) bool { return v == value }
	var kept []search.Filter
	for _, f := range p.Filters {
		if f.Field == field {
			f.Include = slices.DeleteFunc(slices.Clone(f.Include), isValue)
			f.Exclude = slices.DeleteFunc(slices.Clone(f.Exclude), isValue)
		}
		if len(f.Include)+len(f.Exclude) > 0 {
			kept = append(kept, f)
		}
	}
	p.Filters = kept
	return p.First()
}

// Only is p at the first page with a field filtered by one value alone.
func (p Params) Only(field, value string) Params {
	p.Filters = slices.DeleteFunc(slices.Clone(p.Filters), func(f search.Filter) bool { return f.Field == field })
	return p.Adding(field, value)
}

// LeavingOut is p at the first page without what a reason of [search.Reasons] is
// the only one for.
func (p Params) LeavingOut(reason string) Params {
	p.Without = slices.DeleteFunc(slices.Clone(search.Reasons), func(r string) bool {
		return r != reason && !slices.Contains(p.Without, r)
	})
	return p.First()
}

// TakingIn is p at the first page with a reason that was left out.
func (p Params) TakingIn(reason string) Params {
	p.Without = slices.DeleteFunc(slices.Clone(p.Without), func(r string) bool { return r == reason })
	return p.First()
}

// WithFormulas is p at the first page with equivalent wordings, or without them.
func (p Params) WithFormulas(on bool) Params {
	p.Formulas = on
	return p.First()
}

// Unfiltered is p at the first page with nothing that narrows its query.
func (p Params) Unfiltered() Params {
	p.Filters, p.From, p.To, p.Without = nil, "", "", nil
	return p.First()
}

// Filtered reports whether anything narrows the query.
func (p Params) Filtered() bool {
	return len(p.Filters) > 0 || p.From != "" || p.To != "" || len(p.Without) > 0
}

func (p Params) filter(field string) int {
	return slices.IndexFunc(p.Filters, func(f search.Filter) bool { return f.Field == field })
}

package api

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/search"
	"demarche/search/query"
)

// Params is a question as it stands in an address. The zero value asks for
// everything.
type Params struct {
	Q string
	// Node is Q as read; nil asks for everything.
	Node query.Node
	// Filters are in the order of [search.Fields], values as given, each once.
	Filters  []search.Filter
	From, To search.Date
	// Sort is "" where none was asked for.
	Sort search.Sort
	// Size is 0 where none was asked for.
	Size int
	// After is nil on the first page.
	After *Cursor
	// Facets are nil where none were asked for, which means all.
	Facets []string
	// Formulas is set where equivalent wordings were asked for.
	Formulas bool
	// Without are reasons for which nothing is to be a hit, in the order of
	// [search.Reasons], each once.
	Without []string
	// UI is the language of the interface, "" where none was asked for.
	UI string
}

// ParseParams reads the query part of an address, as it came. Whatever is
// unknown or malformed is an [*InvalidError] or, inside q, a [*query.Error].
func ParseParams(rawQuery string, limits query.Limits) (Params, error) {
	values, err := ParseValues(rawQuery, SearchParameters)
	if err != nil {
		return Params{}, err
	}
	return ReadParams(values, limits)
}

// ReadParams reads the parameters of a search among values, whose form
// [ParseValues] has checked.
func ReadParams(values url.Values, limits query.Limits) (p Params, err error) {
	p = Params{Q: strings.TrimSpace(values.Get("q")), Sort: search.Sort(values.Get("sort")), UI: values.Get("ui")}
	steps := []func(url.Values) error{p.readFilters, p.readDates, p.readSize, p.readFacets}
	for _, read := range steps {
		if err := read(values); err != nil {
			return Params{}, err
		}
	}
	p.ReadReadings(values)
	if p.Node, err = query.Parse(values.Get("q"), limits); err != nil {
		return Params{}, err
	}
	if token := values.Get("cursor"); token != "" || values.Has("cursor") {
		cursor, ok := parseCursor(token, p)
		if !ok {
			return Params{}, invalid("cursor", "cursor")
		}
		p.After = &cursor
	}
	return p, nil
}

// ParseValues reads the query part of an address that may have the parameters
// allowed and no others.
func ParseValues(rawQuery string, allowed []Parameter) (url.Values, error) {
	values, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, invalid("", "encoding")
	}
	for _, name := range sortedKeys(values) {
		i := slices.IndexFunc(allowed, func(p Parameter) bool { return p.Name == name })
		if i < 0 {
			return nil, unknownParameter(name, allowed)
		}
		if err := checkValues(allowed[i], values[name]); err != nil {
			return nil, err
		}
	}
	return values, nil
}

func sortedKeys(values url.Values) []string {
	var names []string
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func checkValues(p Parameter, values []string) error {
	if len(values) > 1 && !p.Repeats {
		return invalid(p.Name, "repeated")
	}
	for _, v := range values {
		if !printable(v) {
			return invalid(p.Name, "encoding")
		}
		if p.Repeats {
			v = strings.TrimPrefix(v, "-")
		}
		if p.Pattern != nil && !p.Pattern.MatchString(v) {
			return malformed(p, v)
		}
	}
	return nil
}

// printable reports whether v is text: valid UTF-8 without control characters
// other than the white space that pasted text brings along.
func printable(v string) bool {
	return utf8.ValidString(v) && !strings.ContainsFunc(v, func(r rune) bool {
		return unicode.IsControl(r) && !unicode.IsSpace(r)
	})
}

func (p *Params) readFilters(values url.Values) error {
	count := 0
	for _, field := range search.Fields {
		if !values.Has(field) {
			continue
		}
		f := search.Filter{Field: field}
		for _, v := range values[field] {
			f = add(f, v)
		}
		p.Filters = append(p.Filters, f)
		count += len(values[field])
	}
	if count > MaxValues {
		return invalid("", "too_many_values", "Limit", MaxValues)
	}
	return nil
}

// add adds a value as it stands in an address, "-" before it excludes.
func add(f search.Filter, v string) search.Filter {
	if excluded, ok := strings.CutPrefix(v, "-"); ok {
		f.Exclude = with(f.Exclude, excluded)
	} else {
		f.Include = with(f.Include, v)
	}
	return f
}

func with(list []string, v string) []string {
	if slices.Contains(list, v) {
		return list
	}
	return append(slices.Clip(list), v)
}

func (p *Params) readDates(values url.Values) error {
	bounds := []struct {
		name string
		to   *search.Date
	}{{"from", &p.From}, {"to", &p.To}}
	for _, b := range bounds {
		v := strings.TrimSpace(values.Get(b.name))
		if v == "" {
			continue
		}
		date, err := search.ParseDate(v)
		if err != nil {
			return invalid(b.name, "date", "Value", clip(v))
		}
		*b.to = date
	}
	if p.From != "" && p.To != "" && p.From.First() > p.To.Last() {
		return invalid("from", "date_order", "From", p.From, "To", p.To)
	}
	return nil
}

func (p *Params) readSize(values url.Values) error {
	if !values.Has("size") {
		return nil
	}
	size, err := strconv.Atoi(values.Get("size"))
	low, high := sizeBounds()
	if err != nil || size < low || size > high {
		return invalid("size", "size", "Value", clip(values.Get("size")), "Limit", high)
	}
	p.Size = size
	return nil
}

func (p *Params) readFacets(values url.Values) error {
	if !values.Has("facets") {
		return nil
	}
	p.Facets = []string{}
	if values.Get("facets") == "" {
		return nil
	}
	for field := range strings.SplitSeq(values.Get("facets"), ",") {
		if !isFacet(field) {
			return invalid("facets", "facets", "Value", clip(field), "Allowed", strings.Join(search.Facets, ", "))
		}
		p.Facets = with(p.Facets, field)
	}
	return nil
}

// ReadReadings reads the [ReadingParameters], whose form [ParseValues] has checked.
func (p *Params) ReadReadings(values url.Values) {
	p.Formulas = values.Get("formulas") == "on"
	given := strings.Split(values.Get("without"), ",")
	for _, reason := range search.Reasons {
		if slices.Contains(given, reason) {
			p.Without = append(p.Without, reason)
		}
	}
}

// Request is the question for an engine.
func (p Params) Request() search.Request {
	r := search.Request{
		Query: p.Node, Filters: p.Filters, From: p.From, To: p.To, Sort: p.Order(),
		Size: p.Size, Facets: p.Facets, Formulas: p.Formulas, Without: p.Without,
	}
	if r.Size == 0 {
		r.Size = DefaultSize
	}
	if r.Facets == nil {
		r.Facets = search.Facets
	}
	if p.After != nil {
		r.After = &p.After.Cursor
	}
	return r
}

// Order is the sort asked for or the default: relevance with a query, newest
// without.
func (p Params) Order() search.Sort {
	return search.Request{Query: p.Node, Sort: p.Sort}.Order()
}

// sizeBounds are the least and the greatest size of an answer.
func sizeBounds() (low, high int) { return 1, search.MaxSize }

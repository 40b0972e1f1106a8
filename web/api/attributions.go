package api

import (
	"slices"
	"strconv"

	"demarche/search"
)

// Attributions says who holds whom responsible, year by year.
type Attributions struct {
	Query Query `json:"query"`
	Total Total `json:"total" doc:"Hits that hold a state responsible."`
	// What denies is apart, so that a sum over the others is never wrong.
	Counts []AttributionCount `json:"counts" doc:"By party, state or group, stance and year."`
	Denied []AttributionCount `json:"denied" doc:"Accusations that the speaker rejects; the party is the one it contradicts."`
	Links  Links              `json:"links"`
}

// AttributionCount counts the hits of one year in which a party holds a state, or a
// group named with it, responsible.
type AttributionCount struct {
	Attribution string        `json:"attribution" doc:"As the parameter of the same name takes it."`
	By          Actor         `json:"by" doc:"The party; its ID is unknown where the text names none."`
	State       *Actor        `json:"state,omitempty" doc:"The state held responsible; absent where a group is counted."`
	Group       *Actor        `json:"group,omitempty" doc:"The threat group or agency; absent where a state is counted."`
	Stance      search.Stance `json:"stance"`
	Year        int           `json:"year,omitempty" doc:"Absent when the date is unknown."`
	Total       Total         `json:"total"`
	Links       Links         `json:"links" doc:"The hits that are counted."`
}

// NewAttributions is the JSON form of the values of the field attribution that were
// counted for p. Pairs without a stance are left out: they say nothing more.
func NewAttributions(p Params, found *search.Result, counts []search.YearCount, words Words) Attributions {
	out := Attributions{
		Query: newQuery(p, found), Total: Total(found.Total),
		Counts: []AttributionCount{}, Denied: []AttributionCount{},
		Links: Links{Self: AttributionsAddress(p), Page: address(attributionsPage, p.Encode())},
	}
	for _, c := range counts {
		r, ok := search.ParseRelation(c.Value)
		switch {
		case !ok || r.Stance == "" || !p.ShowsStance(r):
		case r.Stance == search.StanceDenied:
			out.Denied = append(out.Denied, newAttributionCount(p, r, c, words))
		default:
			out.Counts = append(out.Counts, newAttributionCount(p, r, c, words))
		}
	}
	return out
}

func newAttributionCount(p Params, r search.Relation, c search.YearCount, words Words) AttributionCount {
	hits := p.With(r, c.Year)
	out := AttributionCount{
		Attribution: c.Value, By: Actor{r.By, words.Name(r.By)}, Stance: r.Stance, Year: c.Year, Total: Total(c.Total),
		Links: Links{Self: SearchAddress(hits), Page: address(searchPage, hits.Encode())},
	}
	whom := &Actor{r.Whom, words.Name(r.Whom)}
	if r.OfState() {
		out.State = whom
	} else {
		out.Group = whom
	}
	return out
}

// With is p at the first page, of the hits of a relation and a year only; 0 is the
// unknown year. What p excludes stays so.
func (p Params) With(r search.Relation, year int) Params {
	return p.InYear(year).Of(r)
}

// InYear is p at the first page of a year; 0 is the unknown one.
func (p Params) InYear(year int) Params {
	value := search.NoValue
	if year != 0 {
		value = strconv.Itoa(year)
	}
	return p.Only("year", value)
}

// Of is p at the first page of the hits with a relation.
func (p Params) Of(r search.Relation) Params { return p.Within("attribution", r.String()) }

// Within is p at the first page with a field filtered by some values; what p excludes
// stays excluded.
func (p Params) Within(field string, values ...string) Params {
	var excluded []string
	if i := p.filter(field); i >= 0 {
		excluded = p.Filters[i].Exclude
	}
	p = p.Only(field, values[0])
	i := p.filter(field)
	p.Filters[i] = search.Filter{Field: field, Include: values, Exclude: excluded}
	return p
}

// Attributing is p at the first page of the hits that hold a state responsible.
func (p Params) Attributing() Params {
	const field = "attributed_state"
	if i := p.filter(field); i >= 0 {
		p.Filters = slices.Clone(p.Filters)
		p.Filters[i].Exclude = with(p.Filters[i].Exclude, search.NoValue)
		return p.First()
	}
	return p.Adding(field, "-"+search.NoValue)
}

// Shows reports whether a relation is among those that p asks for: its hits may
// hold others too. Of a pair that p asks for in one stance, that alone is shown.
func (p Params) Shows(r search.Relation) bool {
	return !slices.ContainsFunc(p.Filters, func(f search.Filter) bool {
		return len(f.Include) > 0 && !shows(f, r)
	})
}

// ShowsStance is Shows for a relation in one stance, which p may ask for without.
func (p Params) ShowsStance(r search.Relation) bool {
	pair := search.Relation{By: r.By, Whom: r.Whom}
	return p.Shows(r) || r.Stance != search.StanceDenied && p.Shows(pair)
}

func shows(f search.Filter, r search.Relation) bool {
	switch {
	case f.Field == "attributed_by":
		return slices.Contains(f.Include, r.By)
	case f.Field == "attributed_state" && r.OfState(), f.Field == "group" && !r.OfState():
		return slices.Contains(f.Include, r.Whom)
	case f.Field == "attribution":
		return slices.Contains(f.Include, r.String())
	}
	return true
}

// AttributionsAddress is where the API counts attributions for p.
func AttributionsAddress(p Params) string { return address(AttributionsPath, p.Encode()) }

package plan

import (
	"slices"
	"strconv"
	"strings"

	"demarche/index/analysis"
	"demarche/search"
	"demarche/search/query"
)

// Doc is a paragraph as a plan sees it.
type Doc struct {
	// Lang is the language of the paragraph; a plan for it decides.
	Lang string
	// Tokens are those of the text, Title those of the title of the version.
	Tokens, Title []analysis.Token
	// Values are the values of the fields, see [Values].
	Values map[string][]string
	Date   search.Date
}

// NewDoc analyses paragraph p of version v of statement s.
func NewDoc(s *search.Statement, v *search.Version, p *search.Paragraph) *Doc {
	return &Doc{
		Lang:   v.Lang,
		Tokens: analysis.Tokens(v.Lang, p.Text),
		Title:  analysis.Tokens(v.Lang, v.Title),
		Values: Values(s, v, p),
		Date:   s.Date,
	}
}

// Values are the values of paragraph p of version v of statement s in each of
// [search.Fields], each value once. What is not known, and what the paragraph
// denies, has no value.
func Values(s *search.Statement, v *search.Version, p *search.Paragraph) map[string][]string {
	values := map[string][]string{"statement": {s.ID}, "lang": {v.Lang}}
	put := func(field, value string) {
		if value != "" && !slices.Contains(values[field], value) {
			values[field] = append(values[field], value)
		}
	}
	put("kind", s.Kind)
	if year := s.Date.Year(); year != 0 {
		put("year", strconv.Itoa(year))
	}
	for _, a := range s.Actors {
		put("actor", a.ID)
	}
	for _, a := range p.Attributions {
		for _, r := range a.Relations() {
			put("attribution", r.String())
		}
		if !a.Attributes() {
			continue
		}
		put("attributed_state", a.State)
		for _, by := range a.By {
			put("attributed_by", by)
		}
		for _, group := range a.Groups {
			put("group", group)
		}
	}
	return values
}

// HasField reports whether the paragraph has what f asks for, the title
// aside. Names of values do not care about case; [search.NoValue] asks for a
// paragraph without a value.
func (d *Doc) HasField(f query.Field) bool {
	switch {
	case f.Value == "" && (f.Name == "year" || f.Name == "date"):
		return d.Date.Within(search.Date(f.From), search.Date(f.To))
	case f.Name == "date":
		return d.Date == ""
	}
	return HasValue(f.Value, d.Values[f.Name])
}

// HasValue reports whether a field with the given values has the one that a
// query asks for.
func HasValue(asked string, values []string) bool {
	if strings.EqualFold(asked, search.NoValue) && len(values) == 0 {
		return true
	}
	return slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(v, asked) })
}

// holdsAt reports whether t holds at a token.
func (t Term) holdsAt(token analysis.Token) bool {
	if t.Kind == Stem {
		return slices.ContainsFunc(token.Stems, t.Has)
	}
	return t.Has(token.Exact)
}

// Has reports whether a stem or an exact word, as the kind of t is, is one that t
// asks for.
func (t Term) Has(text string) bool {
	switch {
	case t.Kind == Begin && t.Words != nil:
		_, ok := slices.BinarySearch(t.Words, text)
		return ok
	case t.Kind == Begin:
		return strings.HasPrefix(text, t.Texts[0])
	}
	return slices.Contains(t.Texts, text)
}

// Positions are the sorted positions of the text at which a term holds.
func (d *Doc) Positions(t Term) []int { return positionsIn(d.Tokens)(t) }

// positionsIn returns the lookup of term positions that [Windows] wants.
func positionsIn(tokens []analysis.Token) func(Term) []int {
	return func(t Term) []int {
		var at []int
		for _, token := range tokens {
			if t.holdsAt(token) {
				at = append(at, token.Position)
			}
		}
		return at
	}
}

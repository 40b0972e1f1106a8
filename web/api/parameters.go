package api

import (
	"regexp"
	"slices"
	"strings"

	"demarche/search"
)

// Parameter is one query parameter, as the parser reads it and as the API
// document describes it.
type Parameter struct {
	Name string
	// Doc is a sentence for the API document.
	Doc string
	// Repeats says that the parameter may be given several times.
	Repeats bool
	// Pattern is what each value must match, without the "-" that excludes; nil
	// where the value is read by other means.
	Pattern *regexp.Regexp
	Example string
}

// Limits of a question. A request line is limited before it comes here.
const (
	// DefaultSize is the number of hits where none is asked for.
	DefaultSize = 20
	// MaxValues is how many values all filters of one question may have.
	MaxValues = 100
)

// Values of filters: a state, a body or group, or what a publisher declared.
var (
	party    = regexp.MustCompile(`^([A-Z]{2}|[a-z0-9][a-z0-9._-]{0,99}|unknown)$`)
	state    = regexp.MustCompile(`^([A-Z]{2}|unknown)$`)
	slug     = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,99}$`)
	year     = regexp.MustCompile(`^([0-9]{4}|unknown)$`)
	code     = regexp.MustCompile(`^[a-z]{2,3}$`)
	declared = regexp.MustCompile(`^[^\p{C}\s-][^\p{C}]{0,199}$`)
	relation = regexp.MustCompile(`^(unknown|([A-Z]{2}|[a-z0-9][a-z0-9._-]{0,99}):([A-Z]{2}|[a-z0-9][a-z0-9._-]{0,99})(:(own|reported|denied))?)$`)
	sorts    = regexp.MustCompile(`^(relevance|newest|oldest)$`)
	switched = regexp.MustCompile(`^on$`)
	reasons  = regexp.MustCompile("^(" + anyReason + ")(,(" + anyReason + "))*$")
	language = regexp.MustCompile(`^(en|fr|ru)$`)
)

// anyReason is a pattern for one of [search.Reasons].
var anyReason = strings.Join(search.Reasons, "|")

// filters are the parameters that filter, one for each of [search.Fields].
var filters = []Parameter{
	{Name: "actor", Pattern: party, Example: "nato", Doc: "Who speaks: ISO 3166-1 alpha-2 in capitals or the slug of a body."},
	{Name: "attributed_state", Pattern: state, Example: "RU", Doc: "The state held responsible: ISO 3166-1 alpha-2 in capitals."},
	{Name: "attributed_by", Pattern: party, Example: "US", Doc: "Who holds it responsible."},
	{Name: "group", Pattern: slug, Example: "apt28", Doc: "A threat group or agency named in an attribution."},
	{Name: "year", Pattern: year, Example: "2021", Doc: "The year of the statement, or unknown."},
	{Name: "lang", Pattern: code, Example: "fr", Doc: "The language of the paragraph."},
	{Name: "kind", Pattern: declared, Example: "declaration", Doc: "The kind of statement."},
	{Name: "statement", Pattern: declared, Example: "nato-2021-07-19-5c1e", Doc: "The ID of a statement."},
	{Name: "attribution", Pattern: relation, Example: "US:RU", Doc: "Who holds whom responsible: the party, a colon, and the state or a threat group; with a stance behind a second colon (own, reported, denied) in that stance only."},
}

// uiParameter chooses the language of names and messages.
var uiParameter = Parameter{
	Name: "ui", Pattern: language, Example: "fr",
	Doc: "The language of names and messages: en, fr or ru. Without it, Accept-Language decides.",
}

// ReadingParameters say which readings of the words of a query are wanted.
var ReadingParameters = []Parameter{
	{Name: "formulas", Pattern: switched, Example: "on", Doc: "on: equivalent wordings in all languages too, where the words of the query are a formula."},
	{Name: "without", Pattern: reasons, Example: "inflection,spelling", Doc: "Reasons for which nothing is to be a hit, separated by commas: " + strings.Join(search.Reasons, ", ") + "."},
}

// SearchParameters are all parameters of a search, in the order in which
// addresses are written.
var SearchParameters = slices.Concat(
	[]Parameter{{Name: "q", Example: `"responsible state behaviour"`, Doc: "The query; empty means everything."}},
	repeated(filters),
	[]Parameter{
		{Name: "from", Example: "2018", Doc: "Not before this date: YYYY, YYYY-MM or YYYY-MM-DD. Empty is open."},
		{Name: "to", Example: "2021-07", Doc: "Not after this date, inclusive. Empty is open."},
		{Name: "sort", Pattern: sorts, Example: "newest", Doc: "relevance (default with q), newest (default without) or oldest."},
	},
	ReadingParameters,
	[]Parameter{
		{Name: "size", Doc: "Hits in one answer, 1 to 100, default 20."},
		{Name: "cursor", Doc: "Goes on after an earlier answer to the same question; from links.next."},
		{Name: "facets", Example: "actor,year", Doc: "The fields to count, separated by commas; default all, empty for none."},
		uiParameter,
	},
)

// AttributionParameters are those of a search that choose hits.
var AttributionParameters = slices.DeleteFunc(slices.Clone(SearchParameters), func(p Parameter) bool {
	return slices.Contains([]string{"sort", "size", "cursor", "facets"}, p.Name)
})

// SuggestParameters are the parameters of completions.
var SuggestParameters = []Parameter{{Name: "q", Example: "responsible st", Doc: "The query as far as it is typed."}, uiParameter}

// TextParameters are the parameters of a single statement or paragraph.
var TextParameters = []Parameter{uiParameter}

func repeated(ps []Parameter) []Parameter {
	out := slices.Clone(ps)
	for i := range out {
		out[i].Repeats = true
		out[i].Doc += " Repeat it for any of several; - before a value excludes it."
	}
	return out
}

// isFacet reports whether a field can be counted.
func isFacet(field string) bool { return slices.Contains(search.Facets, field) }

package api

import "demarche/search"

// Statement is a published document with all its versions.
type Statement struct {
	ID             string            `json:"id" doc:"Readable and stable across rebuilds."`
	Title          string            `json:"title"`
	Date           search.Date       `json:"date" doc:"YYYY, YYYY-MM or YYYY-MM-DD; empty when unknown."`
	DateProvenance search.Provenance `json:"date_provenance" doc:"How the date is known."`
	DateEvidence   *SourceEvidence   `json:"date_evidence,omitempty" doc:"The words a stated or aligned date rests on."`
	Kind           string            `json:"kind" doc:"Such as statement, declaration or call; empty when unknown."`
	URL            string            `json:"url" doc:"Where the publisher has it; empty when unknown."`
	Actors         []Actor           `json:"actors" doc:"The states and bodies that issue the statement."`
	Files          []string          `json:"files" doc:"The files it was read from."`
	Sources        []Source          `json:"sources"`
	Duplicates     []Duplicate       `json:"duplicates"`
	Versions       []Version         `json:"versions" doc:"One a language."`
	Repairs        []Repair          `json:"repairs" doc:"What was mended in the text, by kind."`
	Links          *Links            `json:"links,omitempty"`
}

// SourceEvidence is the wording in a file that a date rests on.
type SourceEvidence struct {
	File string `json:"file"`
	Text string `json:"text"`
}

// Actor is a state or body that issues a statement.
type Actor struct {
	ID   string `json:"id" doc:"ISO 3166-1 alpha-2 in capitals, or the lower-case slug of a body."`
	Name string `json:"name"`
}

// Source is a file that a statement was read from.
type Source struct {
	File           string            `json:"file"`
	Encoding       string            `json:"encoding" doc:"As recognised, such as utf-8 or windows-1251."`
	Date           search.Date       `json:"date"`
	DateProvenance search.Provenance `json:"date_provenance"`
	URL            string            `json:"url"`
}

// Duplicate says that two files hold the same version.
type Duplicate struct {
	File string `json:"file"`
	Of   string `json:"of" doc:"The file whose text is used."`
	Lang string `json:"lang"`
}

// Version is one language version.
type Version struct {
	Lang           string            `json:"lang" doc:"ISO 639-1, or und when unknown."`
	Title          string            `json:"title"`
	Date           search.Date       `json:"date"`
	DateProvenance search.Provenance `json:"date_provenance"`
	URL            string            `json:"url"`
	Files          []string          `json:"files"`
	Paragraphs     []Paragraph       `json:"paragraphs"`
}

// Paragraph is the unit that is searched and cited.
type Paragraph struct {
	ID           string        `json:"id"`
	Position     int           `json:"position" doc:"Counted from 1 within the version."`
	Number       string        `json:"number" doc:"As printed, such as 2 or 14(b); empty when there is none."`
	Text         string        `json:"text"`
	Passage      string        `json:"passage" doc:"Shared by the same paragraph in all versions."`
	Attributions []Attribution `json:"attributions"`
	Mentions     []string      `json:"mentions" doc:"States and bodies named in the text."`
}

// Attribution is what a paragraph says of one state's responsibility.
type Attribution struct {
	State      string          `json:"state" doc:"The state held responsible, ISO 3166-1 alpha-2."`
	By         []string        `json:"by" doc:"The parties that attribute; the speaker first."`
	Groups     []string        `json:"groups" doc:"Threat groups and agencies named."`
	Stance     search.Stance   `json:"stance" doc:"own: the speaker attributes; reported: it recalls what others attributed; denied: it rejects what others attributed, which counts in no facet and no filter."`
	Strength   search.Strength `json:"strength"`
	Evidence   Evidence        `json:"evidence" doc:"The strongest wording."`
	Assertions []Assertion     `json:"assertions" doc:"Every wording that says so."`
}

// Assertion is one wording that attributes.
type Assertion struct {
	By       []string        `json:"by"`
	Groups   []string        `json:"groups"`
	Stance   search.Stance   `json:"stance"`
	Strength search.Strength `json:"strength"`
	Evidence Evidence        `json:"evidence"`
}

// Evidence is a span of the paragraph's text.
type Evidence struct {
	Range
	Text string `json:"text"`
}

// Range is half-open, in Unicode code points of the paragraph's text.
type Range struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Repair counts one kind of repair.
type Repair struct {
	Kind  string `json:"kind"`
	Count int    `json:"count"`
}

// Search is the answer to a search.
type Search struct {
	Query  Query                   `json:"query"`
	Total  Total                   `json:"total" doc:"Over all hits, not only those of this page."`
	TookMS float64                 `json:"took_ms" doc:"Time the search took, in milliseconds."`
	Hits   []Hit                   `json:"hits"`
	Facets map[string][]FacetValue `json:"facets" doc:"By field; the counts of a field ignore its own filter."`
	Links  Links                   `json:"links"`
}

// Query tells how the query was understood.
type Query struct {
	Q       string   `json:"q"`
	ReadAs  string   `json:"read_as" doc:"The query in canonical form; it reads back as itself. A number behind a star says how many words the prefix stands for, see cut."`
	Ignored []string `json:"ignored" doc:"Words that were not required because they are too common."`
	Cut     []Cut    `json:"cut" doc:"Prefixes that begin more words than were looked for: the most frequent ones were."`
	// Equivalents are asked for with formulas=on.
	Equivalents          []Wording    `json:"equivalents" doc:"Other wordings of the formula that the words of the query are; formulas=on finds them too."`
	EquivalentParagraphs int          `json:"equivalent_paragraphs" doc:"How many paragraphs only the equivalents find; they are in the total with formulas=on."`
	Suggestions          []Suggestion `json:"suggestions" doc:"What may have been meant where a word occurs nowhere, the one that finds most first."`
}

// Cut is a prefix that stands for some of the words that begin so.
type Cut struct {
	Prefix string `json:"prefix" doc:"As it was typed, without its star."`
	Words  int    `json:"words" doc:"How many words were looked for, the most frequent."`
	Of     int    `json:"of" doc:"How many words begin so."`
}

// Suggestion is a query that finds something.
type Suggestion struct {
	Query string `json:"query"`
	Lang  string `json:"lang" doc:"The language of the words put in; empty where they were typed on another keyboard."`
	Total Total  `json:"total" doc:"What the query finds, filters aside."`
}

// Wording is a formula in a language.
type Wording struct {
	Lang string `json:"lang"`
	Text string `json:"text"`
}

// Suggest is what the beginning of a query may go on to.
type Suggest struct {
	Q           string       `json:"q"`
	Completions []Completion `json:"completions" doc:"Formulas first, then issuers, titles and words."`
}

// Completion is one of them.
type Completion struct {
	Kind  CompletionKind `json:"kind"`
	Text  string         `json:"text" doc:"As it is shown; a word is in lower case and without accents."`
	Lang  string         `json:"lang,omitempty" doc:"Absent where the text is of no one language."`
	Query string         `json:"query" doc:"The query that it makes."`
}

// CompletionKind says what a completion is.
type CompletionKind string

// The kinds of completions.
const (
	CompletionFormula CompletionKind = "formula"
	CompletionActor   CompletionKind = "actor"
	CompletionTitle   CompletionKind = "title"
	CompletionWord    CompletionKind = "word"
)

// Total counts hits.
type Total struct {
	Paragraphs int `json:"paragraphs"`
	Passages   int `json:"passages" doc:"Paragraphs, with the versions of one passage counted once."`
	Statements int `json:"statements"`
}

// Hit is a paragraph with what a reader needs to know of its statement.
type Hit struct {
	ID           string           `json:"id"`
	Lang         string           `json:"lang"`
	Position     int              `json:"position"`
	Number       string           `json:"number"`
	Text         string           `json:"text"`
	Passage      string           `json:"passage"`
	Highlights   []Range          `json:"highlights" doc:"Sorted, not overlapping; a phrase is one."`
	Score        float64          `json:"score"`
	Reasons      []string         `json:"reasons" doc:"Why it matched."`
	Statement    Header           `json:"statement"`
	Attributions []Attribution    `json:"attributions"`
	Versions     []PassageVersion `json:"versions" doc:"The same passage in other languages."`
	Links        Links            `json:"links"`
}

// Header is what a hit tells of its statement.
type Header struct {
	ID             string            `json:"id"`
	Title          string            `json:"title"`
	Date           search.Date       `json:"date"`
	DateProvenance search.Provenance `json:"date_provenance"`
	Year           int               `json:"year,omitempty" doc:"Absent when the date is unknown."`
	Kind           string            `json:"kind"`
	Actors         []Actor           `json:"actors"`
	URL            string            `json:"url"`
}

// PassageVersion names the paragraph of the same passage in another language.
type PassageVersion struct {
	Lang string `json:"lang"`
	ID   string `json:"id"`
}

// FacetValue is one value of a field.
type FacetValue struct {
	Value    string `json:"value" doc:"As the parameter of the same name takes it; unknown: without any value."`
	Label    string `json:"label"`
	Count    int    `json:"count" doc:"Paragraphs."`
	Selected bool   `json:"selected"`
	Excluded bool   `json:"excluded"`
}

// Links are addresses relative to the host.
type Links struct {
	Self string `json:"self"`
	Next string `json:"next,omitempty" doc:"Absent on the last page."`
	Page string `json:"page" doc:"The page that shows the same to a reader."`
}

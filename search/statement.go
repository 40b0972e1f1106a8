package search

// Statement is one published document by one or more actors on one date: a
// declaration, communiqué, resolution or call. It has one version a language.
type Statement struct {
	// ID is readable, the same after every rebuild and independent of the
	// order in which files were read, for example "nato-2021-07-19-5c1e".
	ID string
	// Title is the title of the first version that has one, in the order of
	// [Languages].
	Title          string
	Date           Date
	DateProvenance Provenance
	// DateEvidence is what a stated or aligned date rests on; zero otherwise.
	DateEvidence Evidence
	// Kind is a lower-case word such as "statement", "declaration" or "call";
	// "" when unknown.
	Kind   string
	Actors []Actor
	// URL is where the publisher has it; "" when unknown.
	URL string
	// Sources are the files the statement was read from, sorted by name.
	Sources    []Source
	Duplicates []Duplicate
	// Versions are in the order of [Languages], others after by code.
	Versions []Version
	// Repairs are the repairs made in all files, summed by kind, in the order
	// in which the steps run.
	Repairs []Repair
}

// Version is one language version of a statement.
type Version struct {
	// Lang is a lower-case ISO 639-1 code, or "und" when unknown.
	Lang            string
	Title           string
	TitleProvenance Provenance
	Date            Date
	DateProvenance  Provenance
	URL             string
	// Files are the names of the sources that carry this version, sorted. The
	// paragraphs come from the first that is not a duplicate.
	Files      []string
	Paragraphs []Paragraph
}

// Paragraph is the unit that is indexed and cited.
type Paragraph struct {
	// ID is Statement.ID + "." + lang + "." + position: "nato-2021-07-19-5c1e.en.4".
	ID string
	// Position counts from 1 within the version.
	Position int
	// Number is the number as printed, without its punctuation: "2", "14(b)",
	// "-" for an item of an unnumbered list; "" when there is none.
	Number string
	// Text is the cleaned text without the printed number: valid UTF-8, NFC,
	// no line breaks.
	Text string
	// Passage names the group of the same paragraph across the versions, for
	// example "nato-2021-07-19-5c1e.p4".
	Passage      string
	Attributions []Attribution
	// Mentions are the states (ISO 3166-1 alpha-2) and bodies (slugs) named in
	// the text, each once, in the order of their first occurrence.
	Mentions []string
	Origin   Origin
}

// Origin says where in which source a paragraph stands.
type Origin struct {
	File string
	// Span is in bytes of the file's decoded text (UTF-8), before any repair.
	Span Span
}

// Actor is a state or body that issues a statement.
type Actor struct {
	// ID is an ISO 3166-1 alpha-2 code in capitals or the slug of a body.
	ID string
	// Name is the short English name: "NATO", "France".
	Name       string
	Provenance Provenance
	Evidence   Evidence
}

// Source is a file that a statement was read from.
type Source struct {
	File string
	// Encoding is the name of the encoding as recognised: "utf-8", "windows-1251".
	Encoding string
	// Size is in bytes.
	Size int64
	// SHA256 is the hexadecimal digest of the file.
	SHA256         string
	Date           Date
	DateProvenance Provenance
	URL            string
}

// Duplicate says that File holds the same version as Of does.
type Duplicate struct {
	File, Of string
	// Lang is the language of the version that both hold.
	Lang string
	// Similarity is the Jaccard similarity of their word shingles, 0 to 1.
	Similarity float64
}

// Repair counts how often one kind of repair was made.
type Repair struct {
	// Kind is one of mojibake, ligature, soft_hyphen, line_hyphen, nfc, nbsp,
	// hard_wrap, scrap.
	Kind  string
	Count int
}

// Stance says whose attribution a paragraph carries.
type Stance string

// The speaker attributes, acknowledges or recalls what others attributed, or
// rejects it. What is denied is kept and shown, and attributes nothing, see
// [Attribution.Attributes].
const (
	StanceOwn      Stance = "own"
	StanceReported Stance = "reported"
	StanceDenied   Stance = "denied"
)

// Strength says how an attribution is put.
type Strength string

// Responsibility is said outright, or taken for granted ("Russia's malicious
// cyber activities").
const (
	StrengthExplicit    Strength = "explicit"
	StrengthPresupposed Strength = "presupposed"
)

// Attribution is what a paragraph says of one state's responsibility for
// malicious cyber activity. There is at most one a state in a paragraph. Stance
// is own if any assertion is, else reported if any is, else denied. By and Groups
// are the union over the assertions that are not denied, or over all where all
// are; Evidence is that of the strongest of them.
type Attribution struct {
	// State is the attributed state, ISO 3166-1 alpha-2.
	State string
	// By are the attributing parties: ISO codes or slugs of bodies; the
	// speaker first, then the reported ones by code. Where the attribution is
	// denied they are those whom the speaker contradicts, if it names any.
	By []string
	// Groups are the slugs of the threat groups and agencies named: "gru", "apt28".
	Groups     []string
	Stance     Stance
	Strength   Strength
	Evidence   Evidence
	Assertions []Assertion
}

// Attributes reports whether the paragraph holds the state responsible, be it in
// the words of others. Only such attributions are values of the fields
// attributed_state, attributed_by and group.
func (a Attribution) Attributes() bool { return a.Stance != StanceDenied }

// Assertion is one wording that attributes, or rejects an attribution, with the words that say so.
type Assertion struct {
	By       []string
	Groups   []string
	Stance   Stance
	Strength Strength
	// Rule names the rule that found it, for those who maintain the rules.
	Rule     string
	Evidence Evidence
}

// Evidence is the text that a derived value rests on.
type Evidence struct {
	// File names the source where Span is relative to a file; "" where it is
	// relative to the paragraph's text.
	File string
	Span Span
	Text string
}

// Span is a half-open range of bytes of a UTF-8 text.
type Span struct{ Start, End int }

// Len is the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Provenance says how a value is known.
type Provenance string

// Declared values are given with the file, stated ones are read in the text,
// aligned ones are taken from another version of the same statement.
const (
	Declared Provenance = "declared"
	Stated   Provenance = "stated"
	Aligned  Provenance = "aligned"
	Unknown  Provenance = "unknown"
)

// Languages are the languages with an analysis of their own, in the order in
// which versions are shown.
var Languages = []string{"en", "fr", "ru"}

// Undetermined is the language code of text in none of [Languages].
const Undetermined = "und"

// Header is what a hit shows of its statement.
type Header struct {
	ID             string
	Title          string // in the language of the hit where that version has one
	TitleLang      string
	Date           Date
	DateProvenance Provenance
	Kind           string
	Actors         []Actor
	URL            string
}

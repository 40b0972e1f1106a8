package enginetest

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"strings"

	"demarche/search"
)

// words are a line a language: its code and the words that random texts and
// queries are made of. They are few, so that random queries find something, and
// many of them are inflections of each other or stop words.
//
//go:embed testdata/words/vocabulary
var words string

// vocabulary is [words] by language.
var vocabulary = readVocabulary()

func readVocabulary() map[string][]string {
	v := map[string][]string{}
	for line := range strings.Lines(words) {
		if lang, rest, ok := strings.Cut(line, " "); ok {
			v[lang] = strings.Fields(rest)
		}
	}
	return v
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// chance is true once in n times.
func chance(r *rand.Rand, n int) bool { return r.IntN(n) == 0 }

// Corpus returns random statements, the same for the same seed.
func Corpus(seed uint64, statements int) []search.Statement {
	r := rand.New(rand.NewPCG(seed, 1))
	all := make([]search.Statement, statements)
	for i := range all {
		all[i] = randomStatement(r, fmt.Sprintf("statement-%03d", i))
	}
	return all
}

var (
	someDates   = []search.Date{"", "", "2018", "2021", "2021-07", "2021-07-19", "2021-07-19", "2024-02-29"}
	someActors  = []string{"nato", "eu", "FR", "DE", "KZ"}
	someStates  = []string{"RU", "CN", "KP"}
	someGroups  = []string{"apt28", "gru", "lazarus"}
	someStances = []search.Stance{search.StanceOwn, search.StanceReported, search.StanceDenied}
	// someFormulas have wordings that random texts can have.
	someFormulas = []string{"cyber attack", "cyberattaque", "кибератака", "responsible state behaviour", `"use of force"`}
	someKinds    = []string{"", "statement", "call"}
)

func randomStatement(r *rand.Rand, id string) search.Statement {
	s := search.Statement{ID: id, Date: pick(r, someDates), DateProvenance: search.Declared, Kind: pick(r, someKinds)}
	for _, a := range subset(r, someActors) {
		s.Actors = append(s.Actors, search.Actor{ID: a, Name: strings.ToUpper(a), Provenance: search.Declared})
	}
	paragraphs := 1 + r.IntN(5)
	for _, lang := range []string{"en", "fr", "ru", search.Undetermined} {
		if chance(r, 2) {
			s.Versions = append(s.Versions, randomVersion(r, id, lang, paragraphs))
		}
	}
	if len(s.Versions) == 0 {
		s.Versions = append(s.Versions, randomVersion(r, id, "en", paragraphs))
	}
	s.Title = s.Versions[0].Title
	return s
}

func randomVersion(r *rand.Rand, id, lang string, paragraphs int) search.Version {
	v := search.Version{Lang: lang, Title: randomText(r, lang, 1+r.IntN(4))}
	for i := range paragraphs {
		p := search.Paragraph{
			ID:       fmt.Sprintf("%s.%s.%d", id, lang, i+1),
			Position: i + 1,
			Text:     randomText(r, lang, 1+r.IntN(14)),
			Passage:  fmt.Sprintf("%s.p%d", id, i+1),
		}
		for _, state := range subset(r, someStates) {
			p.Attributions = append(p.Attributions, worded(search.Attribution{
				State: state, By: subset(r, someActors), Groups: subset(r, someGroups), Stance: someStances[r.IntN(len(someStances))],
			}))
		}
		v.Paragraphs = append(v.Paragraphs, p)
	}
	return v
}

// worded gives an attribution by several parties a wording for each of two stances: of
// an own one the others than the first are reported, of a reported one the last
// accusation is denied also.
func worded(a search.Attribution) search.Attribution {
	if len(a.By) < 2 || a.Stance == search.StanceDenied {
		return a
	}
	first, others := search.Assertion{By: a.By[:1], Groups: a.Groups, Stance: a.Stance}, search.Assertion{By: a.By[1:], Stance: search.StanceReported}
	a.Assertions = []search.Assertion{first, others}
	if a.Stance == search.StanceReported {
		denied := search.Assertion{By: a.By[len(a.By)-1:], Groups: someGroups[:1], Stance: search.StanceDenied}
		a.Assertions = append(a.Assertions, denied)
	}
	return a
}

// subset is mostly none or one of from.
func subset(r *rand.Rand, from []string) []string {
	var some []string
	for _, v := range from {
		if chance(r, 5) {
			some = append(some, v)
		}
	}
	return some
}

func randomText(r *rand.Rand, lang string, n int) string {
	some := make([]string, n)
	for i := range some {
		some[i] = pick(r, vocabulary[lang])
	}
	return strings.Join(some, pick(r, []string{" ", " ", " ", ", "})) + "."
}

// randomRequest makes a request of a random query, filters, dates and order.
func randomRequest(r *rand.Rand, q string) (search.Request, error) {
	request, err := readRequest(q)
	if err != nil {
		return request, err
	}
	request.Facets = search.Facets
	request.Sort = pick(r, []search.Sort{"", search.Newest, search.Oldest, search.Relevance})
	for _, f := range search.Fields {
		if chance(r, 12) {
			request.Filters = append(request.Filters, search.Filter{
				Field: f, Include: subset(r, valuesFor(f)), Exclude: subset(r, valuesFor(f)),
			})
		}
	}
	if chance(r, 5) {
		request.Without = subset(r, search.Reasons)
	}
	request.Formulas = chance(r, 2)
	if chance(r, 10) {
		request.From = pick(r, []search.Date{"2018-06", "2021", "2021-07-19"})
	}
	if chance(r, 10) {
		request.To = pick(r, []search.Date{"2021-07-19", "2021", "2024"})
	}
	return request, nil
}

// valuesFor are values that a field may have in [Corpus], with some that it has
// not.
func valuesFor(field string) []string {
	values := map[string][]string{
		"actor": someActors, "attributed_state": someStates, "attributed_by": someActors, "group": someGroups,
		"year": {"2018", "2021", "2024"}, "lang": {"en", "fr", "ru", "und"}, "kind": someKinds[1:],
		"statement":   {"statement-000", "statement-001", "statement-002"},
		"attribution": {"nato:RU", "FR:apt28", "unknown:KP", "DE:CN:own", "eu:RU:reported", "nato:RU:denied"},
	}[field]
	return append([]string{search.NoValue, "nobody"}, values...)
}

// randomQuery writes a query of a depth; most are short.
func randomQuery(r *rand.Rand, depth int) string {
	if depth == 0 || chance(r, 2) {
		return randomTerm(r)
	}
	a, b := randomQuery(r, depth-1), randomQuery(r, depth-1)
	switch r.IntN(6) {
	case 0, 1, 2:
		return "(" + a + " " + b + ")"
	case 3, 4:
		return "(" + a + " OR " + b + ")"
	}
	return "-(" + a + ")"
}

func randomWord(r *rand.Rand) string {
	return pick(r, vocabulary[pick(r, []string{"en", "en", "fr", "ru", "und"})])
}

// randomWords are words of one language, so that they may stand together.
func randomWords(r *rand.Rand, n int) string {
	lang := pick(r, []string{"en", "fr", "ru"})
	some := make([]string, n)
	for i := range some {
		some[i] = pick(r, vocabulary[lang])
	}
	return strings.Join(some, " ")
}

func randomTerm(r *rand.Rand) string {
	switch r.IntN(14) {
	case 0:
		return "-" + randomWord(r)
	case 1:
		return `"` + randomWords(r, 1+r.IntN(3)) + `"`
	case 2:
		return `"` + randomWords(r, 1+r.IntN(3)) + `"~`
	case 3:
		return fmt.Sprintf(`"%s"~%d`, randomWords(r, 2+r.IntN(2)), 1+r.IntN(5))
	case 4:
		return fmt.Sprintf("%s NEAR/%d %s", randomWord(r), 1+r.IntN(4), randomWord(r))
	case 5:
		return fmt.Sprintf(`"%s (%s|%s)"`, randomWords(r, 1), randomWords(r, 1), randomWords(r, 2))
	case 6:
		return fmt.Sprintf(`"%s * %s"~`, randomWords(r, 1), randomWords(r, 1))
	case 7:
		if w := []rune(randomWord(r)); len(w) > 4 {
			return string(w[:3+r.IntN(2)]) + pick(r, []string{"*", "*", "*1", "*2"})
		}
	case 8:
		return randomField(r)
	case 9:
		return pick(r, someFormulas)
	}
	return randomWords(r, 1+r.IntN(3))
}

func randomField(r *rand.Rand) string {
	switch r.IntN(5) {
	case 0:
		return "title:" + randomWord(r)
	case 1:
		return pick(r, []string{"year:2018..2021", "year:2021", "year:unknown", "date:2021-07..", "date:..2021-07-18"})
	}
	field := pick(r, search.Fields)
	if field == "year" {
		return "year:2024"
	}
	return field + ":" + pick(r, valuesFor(field))
}

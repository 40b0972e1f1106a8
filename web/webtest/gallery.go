// Package webtest is the gallery: every page of the site in every state that a
// reader can meet, made from the sample statements. A developer looks at it,
// and the tests of accessibility and of the browser go through it. It is not
// part of the program.
package webtest

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"demarche/search"
	"demarche/search/sample"
	"demarche/web"
)

// Page is one page of the gallery.
type Page struct {
	// Name is unique and can name a file.
	Name string
	// Address is its path and query within the gallery.
	Address string
	Status  int
}

// Addresses of sites in states other than the usual, within the gallery.
const (
	brokenSite = "/broken"
	busySite   = "/busy"
	emptySite  = "/empty"
	// ManySite has statements with much of everything.
	ManySite = "/many"
)

// Pages are all pages in English, then those that between them show every
// message, in the other languages of the interface.
func Pages() []Page {
	all := []Page{
		{"front", "/", 200},
		{"search-words", "/search?q=responsible+behaviour", 200},
		{"search-phrase", "/search?q=%22" + url.QueryEscape("responsible state behaviour") + "%22", 200},
		{"search-everything", "/search", 200},
		{"search-french", "/search?q=comportement", 200},
		{"search-russian", "/search?q=" + url.QueryEscape("ответственное поведение"), 200},
		{"search-filtered", "/search?attributed_state=RU&attributed_state=CN&lang=en&actor=-nato", 200},
		{"search-dates", "/search?q=cyber&from=2018&to=2024-05&sort=oldest", 200},
		{"search-year", "/search?year=2021&year=unknown", 200},
		{"search-few", "/search?size=2", 200},
		{"search-statement", "/search?statement=union-2020-07-30&q=measures", 200},
		{"search-nothing", "/search?q=zeppelin&lang=fr", 200},
		{"search-looser", "/search?q=norms+zeppelin&lang=en", 200},
		{"search-suggested", "/search?q=responsible+OR+behavoiur&without=exact", 200},
		{"search-formula", "/search?q=responsible+state+behaviour", 200},
		{"search-formulas", "/search?q=responsible+state+behaviour&formulas=on", 200},
		{"search-ignored", "/search?q=the+norms+of+States", 200},
		{"attributions", "/attributions", 200},
		{"attributions-party", "/attributions?rows=party&count=statements", 200},
		{"attributions-group", "/attributions?rows=group", 200},
		{"attributions-narrowed", "/attributions?q=cyber*&attributed_state=RU&attributed_by=EE&lang=en", 200},
		{"attributions-own", "/attributions?rows=party&stance=own", 200},
		{"attributions-reported", "/attributions?stance=reported&count=passages", 200},
		{"attributions-none-so", "/attributions?stance=own&attributed_by=CA", 200},
		{"attributions-nothing", "/attributions?q=zeppelin&lang=fr", 200},
		{"search-attribution", "/search?attribution=NO%3ACN&year=2021", 200},
		{"statement", "/statements/harbour-2021-03-04", 200},
		{"statement-marked", "/statements/harbour-2021-03-04?lang=en&q=cyber*", 200},
		{"statement-beside", "/statements/harbour-2021-03-04?lang=en&with=ru&q=States", 200},
		{"statement-unmatched", "/statements/tallinn-2024-05-03?lang=en&with=fr&q=zeppelin", 200},
		{"statement-list", "/statements/lake-call-2018", 200},
		{"statement-undated", "/statements/notice-undated-7d3a", 200},
		{"statement-groups", "/statements/islands-2023-09-20", 200},
		{"statement-undetermined", "/statements/coast-2025-02-11?lang=und&with=en", 200},
		{"help", "/help", 200},
		{"help-query", "/help/query", 200},
		{"help-api", "/help/api", 200},
		{"error-query", "/search?q=norms+AND+%28law+OR+%22conduct", 400},
		{"error-field", "/search?q=speaker%3Anato+norms", 400},
		{"error-parameter", "/search?q=norms&colour=red", 400},
		{"error-version", "/statements/steppe-2022-11?lang=fr", 400},
		{"error-missing", "/statements/none", 404},
		{"error-inside", brokenSite + "/search?q=norms", 500},
		{"error-busy", busySite + "/search?q=norms", 503},
		{"front-empty", emptySite + "/", 200},
		{"search-empty", emptySite + "/search", 200},
		{"attributions-empty", emptySite + "/attributions", 200},
		{"search-many", ManySite + "/search?actor=ZW", 200},
		{"attributions-many", ManySite + "/attributions", 200},
		{"statement-many", ManySite + "/statements/coast-2025-02-11?lang=en", 200},
		{"statement-split", ManySite + "/statements/harbour-2021-03-04?lang=en&with=ru", 200},
	}
	for _, ui := range []string{"fr", "ru"} {
		for _, p := range all {
			if slices.Contains(translated, p.Name) {
				all = append(all, Page{p.Name + "." + ui, inLanguage(p.Address, ui), p.Status})
			}
		}
	}
	return all
}

// translated are the pages that the gallery has in every language.
var translated = []string{
	"front", "search-words", "search-formula", "search-formulas", "search-suggested", "search-filtered",
	"search-nothing", "attributions", "attributions-group", "attributions-own", "attributions-none-so", "statement-undated", "attributions-nothing", "statement-beside", "statement-groups", "help", "help-query", "help-api", "error-query", "error-missing",
}

func inLanguage(address, ui string) string {
	if strings.Contains(address, "?") {
		return address + "&ui=" + ui
	}
	return address + "?ui=" + ui
}

// Site serves all pages of the gallery. open makes an engine of statements.
func Site(open func([]search.Statement) search.Engine, names search.Names) (http.Handler, error) {
	usual := open(sample.Statements())
	mux := http.NewServeMux()
	for prefix, engine := range map[string]search.Engine{
		"":         usual,
		brokenSite: failing{usual, errors.New("the gallery shows what an engine that fails looks like")},
		busySite:   failing{usual, context.DeadlineExceeded},
		emptySite:  open(nil),
		ManySite:   open(many()),
	} {
		site, err := web.New(web.Config{Engine: engine, Names: names, Version: "gallery"})
		if err != nil {
			return nil, err
		}
		mux.Handle(prefix+"/", http.StripPrefix(prefix, site))
	}
	return mux, nil
}

// many are the sample statements, one of them issued by a whole assembly, which
// attributes to many states in one paragraph, and one of them with a paragraph that
// its translator split.
func many() []search.Statement {
	statements := sample.Statements()
	for _, id := range strings.Fields(`AR AT AU GS VC BE BR CA CH CL CZ DE DK EE EG ES FI FR GB GR IE IN IS IT JP KE KR LT LV
		MA MX NG NL NZ PE PL PT RO SE SG SI SK TN TR UA US UY VN ZA ZW`) {
		statements[0].Actors = append(statements[0].Actors, search.Actor{ID: id, Provenance: search.Declared})
	}
	attributeMuch(&statements[0].Versions[0].Paragraphs[0], statements[0].Actors)
	split(statements, "harbour-2021-03-04", "ru")
	return statements
}

// split gives the second and the third paragraph of a version one passage, as where
// a translator made two paragraphs of one.
func split(statements []search.Statement, id, lang string) {
	s := statements[slices.IndexFunc(statements, func(s search.Statement) bool { return s.ID == id })]
	v := s.Versions[slices.IndexFunc(s.Versions, func(v search.Version) bool { return v.Lang == lang })]
	v.Paragraphs[2].Passage = v.Paragraphs[1].Passage
}

// attributeMuch lets a dozen of actors each time hold another state responsible, two
// states in the same word. It has more notes than can stand beside their words.
func attributeMuch(p *search.Paragraph, actors []search.Actor) {
	words := strings.Fields(p.Text)
	for i, state := range strings.Fields("CN KP IR BY SY VE UM") {
		a := search.Attribution{State: state, Stance: search.StanceOwn, Strength: search.StrengthExplicit}
		if i%2 == 1 {
			a.Stance = search.StanceReported
		}
		for _, actor := range actors[4*i : 4*i+12] {
			a.By = append(a.By, actor.ID)
		}
		word := words[2*(i/2)]
		start := strings.Index(p.Text, word)
		a.Evidence = search.Evidence{Span: search.Span{Start: start, End: start + len(word)}, Text: word}
		p.Attributions = append(p.Attributions, a)
	}
}

// failing is an engine whose searches end in an error.
type failing struct {
	search.Engine
	err error
}

func (f failing) Search(context.Context, search.Request) (*search.Result, error) { return nil, f.err }

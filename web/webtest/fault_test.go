package webtest_test

import (
	"io/fs"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"demarche/search/query"
	"demarche/web/api"
	"demarche/web/locale"
)

func TestNothingFoundOffersWhatFinds(t *testing.T) {
	h := site(t)
	for q, want := range map[string]string{
		"q=norms+zeppelin":                     "Any of the words norms OR zeppelin",
		"q=%22responsible+State+behaviours%22": "In any inflection",
		"q=киберпространстве&lang=en":          "Search without the filters",
	} {
		d := page(t, h, "/search?"+q, http.StatusOK)
		offer := d.Find(".nothing li a").First()
		if got := text(offer); !strings.HasPrefix(got, want) {
			t.Errorf("%s offers %q, want %q", q, got, want)
			continue
		}
		found := page(t, h, offer.AttrOr("href", ""), http.StatusOK)
		if count := text(found.Find(".total")); !strings.Contains(text(offer.Parent()), strings.Split(count, " · ")[0]) {
			t.Errorf("%s promises %q, gives %q", q, text(offer.Parent()), count)
		}
	}
}

func TestErrorPageShowsTheFault(t *testing.T) {
	h := site(t)
	d := page(t, h, "/search?q="+url.QueryEscape(`norms AND (law OR "conduct`), http.StatusBadRequest)
	if got := d.Find("mark.fault").Text(); !strings.HasPrefix(got, `"`) {
		t.Errorf("at fault: %q", got)
	}
	if got := d.Find(".faulty code").Text(); strings.TrimSpace(got) != `norms AND (law OR "conduct` {
		t.Errorf("the query is shown as %q", got)
	}
	page(t, h, d.Find(".suggestion a").AttrOr("href", ""), http.StatusOK)
}

// TestProblemTypesLead holds that the address that a problem names explains it.
func TestProblemTypesLead(t *testing.T) {
	d := page(t, site(t), "/help/api", http.StatusOK)
	for _, c := range api.Codes() {
		if d.Find("#"+c.Code).Length() != 1 {
			t.Errorf("/help/api has no #%s", c.Code)
		}
	}
}

// TestQueryFaultsAreTranslated holds that each fault of a query has a message
// in the languages other than English, which the query language speaks itself.
func TestQueryFaultsAreTranslated(t *testing.T) {
	catalog, err := locale.Load()
	must(t, err)
	for _, lang := range locale.Languages[1:] {
		for _, code := range query.Codes() {
			if got := catalog.Printer(lang, nil).T("query." + code); got == "query."+code || strings.Contains(got, "{{") {
				t.Errorf("%s: %q", lang, got)
			}
		}
	}
}

// TestFaultMessagesAreFilled meets each fault in each language and wants no
// hole in what is said.
func TestFaultMessagesAreFilled(t *testing.T) {
	h := site(t)
	refused := 0
	for _, q := range []string{
		`"open`, `(open`, `close)`, `()`, `""`, `a AND`, `ab*`, `*ab`, `a*b`, `nato^2`, `norm~`, `/norm/`, `year:20x1`, `year:2021..2018`,
		`date:soon`, `speaker:x`, `actor:`, `actor:(a OR b)`, `actor:na*`, `norms NEAR/0 law`, `norms NEAR law`, `a | | b`, strings.Repeat("a ", 300),
		`"a | b"`, `"* a"`, `"ab* c"`, `!norms`, `actor:-nato`, `norms NEAR/5 (a AND b)`,
	} {
		for _, lang := range locale.Languages {
			w := get(t, h, "/search?ui="+lang+"&q="+url.QueryEscape(q))
			if w.Code == http.StatusOK {
				continue // the language reads it after all
			}
			refused++
			d, err := goquery.NewDocumentFromReader(w.Body)
			must(t, err)
			if got := text(d.Find(".problem .lead")); got == "" || strings.Contains(got, "no value") || strings.Contains(got, "{") {
				t.Errorf("%s, %q: %q", lang, q, got)
			}
		}
	}
	if least := 20 * len(locale.Languages); refused < least {
		t.Errorf("%d queries were refused, fewer than %d", refused, least)
	}
}

// TestRefusalsAreExplained holds that each way to refuse a request has a
// message, and that there is no message for another.
func TestRefusalsAreExplained(t *testing.T) {
	raw, err := fs.ReadFile(locale.Files, "en.toml")
	must(t, err)
	codes := api.Codes()
	for _, m := range regexp.MustCompile(`(?m)^"(?:invalid|problem)\.(\w+)"`).FindAllStringSubmatch(string(raw), -1) {
		if !slices.ContainsFunc(codes, func(c api.Code) bool { return c.Code == m[1] }) {
			t.Errorf("no problem has the code %s", m[1])
		}
	}
	for _, c := range codes {
		known := slices.Contains(query.Codes(), c.Code) || c.Code == "refused"
		if !known && !strings.Contains(string(raw), "."+c.Code+`"`) {
			t.Errorf("nothing explains %s", c.Code)
		}
	}
}

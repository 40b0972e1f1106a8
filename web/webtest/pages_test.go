package webtest_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"demarche/search/query"
	"demarche/web/locale"
	"demarche/web/webtest"
)

// text is what a selection says, in one line.
func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func each(s *goquery.Selection) []string {
	return s.Map(func(_ int, s *goquery.Selection) string { return text(s) })
}

// TestEveryPageIsWellMade looks at what all pages have in common.
func TestEveryPageIsWellMade(t *testing.T) {
	h := site(t)
	for _, p := range webtest.Pages() {
		t.Run(p.Name, func(t *testing.T) {
			d := page(t, h, p.Address, p.Status)
			for selector, want := range map[string]int{
				"h1": 1, "main": 1, "search form[method=get]": 1, "header.masthead": 1, "nav.languages a[aria-current]": 1,
				"[style], style, script:not([src])": 0, "input:not([type=hidden]):not([name])": 0,
			} {
				if got := d.Find(selector).Length(); got != want {
					t.Errorf("%d of %s, want %d", got, selector, want)
				}
			}
			seen := map[string]bool{}
			d.Find("[id]").Each(func(_ int, s *goquery.Selection) {
				id := s.AttrOr("id", "")
				if seen[id] {
					t.Errorf("the id %q is given twice", id)
				}
				seen[id] = true
			})
			checkMessages(t, d)
			checkCarried(t, d, p.Address)
		})
	}
}

// checkMessages finds keys that stand for themselves, because they have no
// message.
func checkMessages(t *testing.T, d *goquery.Document) {
	t.Helper()
	for word := range strings.FieldsSeq(d.Find("body").Text()) {
		family, rest, ok := strings.Cut(word, ".")
		if ok && rest != "" && slices.Contains([]string{"search", "field", "facets", "hit", "stance", "about", "provenance", "error", "repair"}, family) {
			t.Errorf("the page says %q", word)
		}
	}
}

// checkCarried holds that links into the site keep the language of the
// interface, but for those that change it.
func checkCarried(t *testing.T, d *goquery.Document, address string) {
	t.Helper()
	u, err := url.Parse(address)
	must(t, err)
	ui := u.Query().Get("ui")
	if ui == "" {
		return
	}
	d.Find("a[href^='/']:not([hreflang]), nav[aria-label] a[hreflang]").Not(".languages a").Each(func(_ int, s *goquery.Selection) {
		href := s.AttrOr("href", "")
		if !strings.Contains(href, "ui="+ui) && !strings.HasPrefix(href, "/api/") {
			t.Errorf("%s loses the language", href)
		}
	})
}

// TestLinksOfTheGallery follows every link of every page.
func TestLinksOfTheGallery(t *testing.T) {
	h := site(t)
	asked := map[string]bool{}
	for _, p := range webtest.Pages() {
		if strings.HasPrefix(p.Address, "/broken") || strings.HasPrefix(p.Address, "/busy") || strings.HasPrefix(p.Address, "/empty") {
			continue
		}
		d := page(t, h, p.Address, p.Status)
		d.Find("main a[href^='/'], main a[href^='#'], .colophon a").Each(func(_ int, s *goquery.Selection) {
			href := s.AttrOr("href", "")
			path, fragment, _ := strings.Cut(href, "#")
			if path == "" {
				if d.Find("#"+fragment).Length() != 1 {
					t.Errorf("%s: there is no %s", p.Address, href)
				}
				return
			}
			if asked[href] {
				return
			}
			asked[href] = true
			checkLink(t, h, p.Address, path, fragment)
		})
	}
	if len(asked) < 200 {
		t.Errorf("only %d links were found", len(asked))
	}
}

func checkLink(t *testing.T, h http.Handler, from, path, fragment string) {
	t.Helper()
	w := get(t, h, path)
	if w.Code != http.StatusOK {
		t.Errorf("%s leads to %s, which answers %d", from, path, w.Code)
		return
	}
	if fragment != "" && !strings.Contains(w.Body.String(), `id="`+fragment+`"`) {
		t.Errorf("%s leads to %s, which has no %s", from, path, fragment)
	}
}

func TestResults(t *testing.T) {
	d := page(t, site(t), `/search?q=%22responsible+state+behaviour%22`, http.StatusOK)
	hit := d.Find("ol.hits > li").First()
	for selector, want := range map[string]string{
		"h2 a":              "Statement on the intrusion into harbour systems",
		"mark":              "responsible state behaviour",
		".hit-meta":         "NATO 4 March 2021 paragraph 4 English",
		".text[lang=en]":    "We promote the norms of responsible state behaviour in cyberspace.",
		"a[hreflang=fr]":    "French",
		"a.permalink":       "Permalink 4, Statement on the intrusion into harbour systems",
		"h2 a[href$='#p4']": "Statement",
		"a[hreflang=ru]":    "Russian",
		".hit-meta time":    "4 March 2021",
		"h2 a[lang=en]":     "Statement",
		"a[href*='lang=fr'][href$='#p4'][hreflang=fr]": "French",
	} {
		if got := text(hit.Find(selector).First()); !strings.HasPrefix(got, want) {
			t.Errorf("%s says %q, want %q", selector, got, want)
		}
	}
	if got := each(hit.Find("mark")); !slices.Equal(got, []string{"responsible state behaviour", "responsible State behaviour"}) {
		t.Errorf("marked: %q", got)
	}
	if got := text(d.Find("[role=status]")); !strings.Contains(got, "paragraph") {
		t.Errorf("the count says %q", got)
	}
	if d.Find("h1").Text() != `"responsible state behaviour"` || d.Find("#q").AttrOr("value", "") != `"responsible state behaviour"` {
		t.Error("the query is not shown back")
	}
}

func TestLongParagraphsAreCutToWhatMatches(t *testing.T) {
	h := site(t)
	d := page(t, h, "/search?q=grounds+OR+gone&statement=union-2020-07-30&lang=en", http.StatusOK)
	hit := d.Find(".hit").First()
	if got := text(hit.Find(".text")); !strings.Contains(got, "…") || hit.Find(".text mark").Length() == 0 {
		t.Errorf("shown: %q", got)
	}
	whole := page(t, h, hit.Find("a:contains('Whole paragraph')").AttrOr("href", ""), http.StatusOK)
	if got := text(whole.Find("#p1 .text")); strings.Contains(got, "…") || len(got) < 700 {
		t.Errorf("whole: %q", got)
	}
}

func TestAttributionSaysWhoWhomAndInWhichWords(t *testing.T) {
	d := page(t, site(t), "/search?attributed_state=CN&lang=en&statement=harbour-2021-03-04", http.StatusOK)
	note := d.Find(".attribution").First()
	if got := text(note.Find("p").First()); got != "Attributed to China by Canada and Norway reported attribution" {
		t.Errorf("the note says %q", got)
	}
	if got := text(note.Find("q[lang=en]")); !strings.Contains(got, "People’s Republic of China") {
		t.Errorf("the evidence is %q", got)
	}
}

func TestMarkupInTextsIsText(t *testing.T) {
	w := get(t, site(t), "/search?year=unknown")
	if body := w.Body.String(); strings.Contains(body, "<script>alert") || !strings.Contains(body, "&lt;script&gt;alert") {
		t.Error("a title became markup")
	}
	evil := url.QueryEscape(`"<img src=x onerror=alert(1)>`)
	for _, address := range []string{"/search?q=" + evil, "/search?q=norms&colour=" + evil, "/search?q=norms&" + evil, "/statements/" + evil} {
		if body := get(t, site(t), address).Body.String(); strings.Contains(body, "<img") {
			t.Errorf("%s: what the reader sent became markup", address)
		}
	}
}

func TestFiltersAreOneFormThatKeepsTheQuestion(t *testing.T) {
	h := site(t)
	d := page(t, h, "/search?q=cyber*&actor=nato&actor=-eu&lang=en&from=2018&sort=oldest&ui=fr&statement=-notice-undated-7d3a", http.StatusOK)
	values := url.Values{}
	d.Find("#ask input, input[form=ask]").Each(func(_ int, s *goquery.Selection) {
		_, checked := s.Attr("checked")
		if s.AttrOr("type", "") == "checkbox" && !checked {
			return
		}
		values.Add(s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	again := page(t, h, "/search?"+values.Encode(), http.StatusOK)
	if got, want := each(again.Find(".chip")), each(d.Find(".chip")); !slices.Equal(got, want) || len(want) != 5 {
		t.Errorf("sent again, the form asks for %q, not %q", got, want)
	}
	if values.Get("sort") != "oldest" || values.Get("ui") != "fr" || values.Get("q") != "cyber*" {
		t.Errorf("the form sends %v", values)
	}
}

func TestFacetLinks(t *testing.T) {
	h := site(t)
	d := page(t, h, "/search?lang=en", http.StatusOK)
	excluded := page(t, h, d.Find("a.exclude[href*='actor=-nato']").AttrOr("href", ""), http.StatusOK)
	if got := text(excluded.Find(".chips")); !strings.Contains(got, "Actor: without NATO") {
		t.Errorf("chips: %q", got)
	}
	if text(excluded.Find(".option.excluded label")) == "" {
		t.Error("what is excluded is not shown among the filters")
	}
	removed := page(t, h, excluded.Find(".chip.excluded a").AttrOr("href", ""), http.StatusOK)
	if text(removed.Find(".total")) != text(d.Find(".total")) {
		t.Errorf("without the filter again: %q, not %q", text(removed.Find(".total")), text(d.Find(".total")))
	}
}

func TestChartOfYears(t *testing.T) {
	h := site(t)
	d := page(t, h, "/search?lang=en", http.StatusOK)
	bars := d.Find(".bars a")
	if bars.Length() < 2 || d.Find(".bars svg rect.bar").Length() != bars.Length() {
		t.Fatalf("%d bars", bars.Length())
	}
	bar := d.Find(".bars a[href*='year=2021']")
	if !strings.Contains(text(bar), "2021: 4 paragraphs") {
		t.Errorf("the bar says %q", text(bar))
	}
	chosen := page(t, h, bar.AttrOr("href", ""), http.StatusOK)
	if got := text(chosen.Find(".bars a[aria-current]")); !strings.Contains(got, "2021") {
		t.Errorf("chosen: %q", got)
	}
	if got := chosen.Find("ol.hits > li").Length(); got != 4 {
		t.Errorf("the bar leads to %d hits", got)
	}
}

func TestPaging(t *testing.T) {
	h := site(t)
	first := page(t, h, "/search?size=10&sort=oldest", http.StatusOK)
	second := page(t, h, first.Find(".pager a.next").AttrOr("href", ""), http.StatusOK)
	if got := text(second.Find(".pager")); !strings.Contains(got, "11–20 of 42") {
		t.Errorf("the pager says %q", got)
	}
	if second.Find("ol.hits").AttrOr("start", "") != "11" {
		t.Error("the list of the second page begins anew")
	}
	if text(first.Find("ol.hits > li").First()) == text(second.Find("ol.hits > li").First()) {
		t.Error("both pages begin alike")
	}
	back := page(t, h, second.Find(".pager a[rel=first]").AttrOr("href", ""), http.StatusOK)
	if text(back.Find("ol.hits")) != text(first.Find("ol.hits")) {
		t.Error("the first page is another one now")
	}
}

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

func TestStatementPage(t *testing.T) {
	h := site(t)
	d := page(t, h, "/statements/harbour-2021-03-04?lang=en&q=cyber*", http.StatusOK)
	if d.Find("h1[lang=en]").Length() != 1 || text(d.Find(".dateline")) != "4 March 2021 stated in the text" {
		t.Errorf("%q", text(d.Find(".title-page")))
	}
	for position := 1; position <= 4; position++ {
		if d.Find("#p"+strconv.Itoa(position)+" .text[lang=en]").Length() != 1 {
			t.Errorf("there is no paragraph %d", position)
		}
	}
	if d.Find("#p1 mark").Length() != 2 || !strings.Contains(text(d.Find(".marked")), "¶ 1") {
		t.Errorf("marked: %q", text(d.Find("#p1")))
	}
	if got := text(d.Find("#p3 .evidence")); got != text(d.Find("#p3 .attribution q")) {
		t.Errorf("underlined: %q, quoted: %q", got, text(d.Find("#p3 .attribution q")))
	}
	for _, want := range []string{"harbour-2021-03-04.en.txt", "utf-8", "harbour-2021-03-04.copy.txt holds the same text", "3 no-break spaces"} {
		if !strings.Contains(text(d.Find(".about")), want) {
			t.Errorf("nothing says %q", want)
		}
	}
}

func TestSideBySideIsAlignedByPassage(t *testing.T) {
	d := page(t, site(t), "/statements/harbour-2021-03-04?lang=en&with=ru", http.StatusOK)
	d.Find("ol.paragraphs > li").Each(func(i int, s *goquery.Selection) {
		if s.Find(".text[lang=en]").Length() != 1 || s.Find(".text[lang=ru]").Length() != 1 {
			t.Errorf("row %d: %q", i+1, text(s))
		}
	})
	if d.Find("#p2-ru").Length() != 1 {
		t.Error("a paragraph beside has no address of its own")
	}
	gaps := page(t, site(t), "/statements/coast-2025-02-11?lang=en&with=und", http.StatusOK)
	if gaps.Find(".paragraphs > li").Length() < 1 {
		t.Error("nothing is shown of versions that do not match")
	}
}

// TestInterfaceLanguage holds that ui beats Accept-Language, and that names,
// dates and numbers follow.
func TestInterfaceLanguage(t *testing.T) {
	h := site(t)
	for _, test := range []struct{ address, accept, lang, meta string }{
		{"/search?q=norms&lang=en", "", "en", "NATO 4 March 2021"},
		{"/search?q=norms&lang=en", "fr-BE,en;q=0.5", "fr", "OTAN 4 mars 2021"},
		{"/search?q=norms&lang=en&ui=ru", "fr", "ru", "НАТО 4 марта 2021 г."},
	} {
		d := page(t, h, test.address, http.StatusOK, "Accept-Language", test.accept)
		if got := d.Find("html").AttrOr("lang", ""); got != test.lang {
			t.Errorf("%s (%s) is in %s", test.address, test.accept, got)
		}
		if got := strings.Join(each(d.Find(".hit-meta")), " "); !strings.Contains(got, test.meta) {
			t.Errorf("%s: %q", test.lang, got)
		}
		if d.Find(".hit .text[lang=en]").Length() == 0 {
			t.Errorf("%s: the texts are not marked as English", test.lang)
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
			d, err := goquery.NewDocumentFromReader(w.Body)
			must(t, err)
			if got := text(d.Find(".problem .lead")); got == "" || strings.Contains(got, "no value") || strings.Contains(got, "{") {
				t.Errorf("%s, %q: %q", lang, q, got)
			}
		}
	}
}

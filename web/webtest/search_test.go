package webtest_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"demarche/index/gazetteer"
	"demarche/index/memindex"
	"demarche/search"
	"demarche/search/sample"
	"demarche/web"
)

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

func TestStatementsAreNamedByTheirTitles(t *testing.T) {
	h := site(t)
	d := page(t, h, "/search?statement=harbour-2021-03-04&statement=-none&ui=fr", http.StatusOK)
	if got := text(d.Find(".chips [lang=fr]")); !strings.HasPrefix(got, "Déclaration sur l’intrusion") {
		t.Errorf("the filter is called %q", got)
	}
	if got := text(d.Find(".chip.excluded")); !strings.Contains(got, "none") {
		t.Errorf("a statement that is not there is called %q", got)
	}
}

func TestHeadingsTellWhatIsShown(t *testing.T) {
	h := site(t)
	for address, want := range map[string]string{
		"/search":                 "All paragraphs",
		"/search?actor=nato":      "Paragraphs",
		"/search?q=norms":         "norms",
		"/search?q=norms&lang=en": "norms",
	} {
		d := page(t, h, address, http.StatusOK)
		if got := text(d.Find("h1")); got != want {
			t.Errorf("%s is headed %q", address, got)
		}
		if current := d.Find(".sections [aria-current]").Length() == 1; current != (address == "/search") {
			t.Errorf("%s: the menu says that it is all paragraphs: %v", address, current)
		}
	}
}

func TestDataAreThoseOfThePage(t *testing.T) {
	h := site(t)
	for _, address := range []string{"/search", "/search?size=10&sort=oldest", "/search?q=cyber*&size=3"} {
		d := page(t, h, address, http.StatusOK)
		if next := d.Find(".pager .next").AttrOr("href", ""); next != "" {
			d = page(t, h, next, http.StatusOK)
		}
		body := get(t, h, d.Find(".as-data a[href^='/api/']").AttrOr("href", "")).Body.String()
		first := d.Find(".hit .permalink").First().AttrOr("href", "")
		if at := strings.Index(body, `"page":"`); !strings.HasPrefix(body[at:], `"page":"`+first) {
			t.Errorf("%s begins with %s, its data do not", address, first)
		}
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

// TestLongFacets holds that the most frequent values and the chosen ones are
// seen at once and the rest stands in the order of a dictionary.
func TestLongFacets(t *testing.T) {
	d := page(t, site(t), "/many/search?actor=ZW&ui=fr", http.StatusOK)
	actors := d.Find("fieldset").First()
	if got := text(actors.Find(".option:has([checked])").Not("details *")); !strings.HasPrefix(got, "Zimbabwe") {
		t.Errorf("chosen: %q", got)
	}
	if got := text(d.Find(".hit-meta").First()); !strings.HasPrefix(got, "Norvège, OTAN, Argentine, Autriche, Australie, 47 autres") {
		t.Errorf("the hit is of %q", got)
	}
	shown, folded := actors.Find(".option-name").Not("details *"), each(actors.Find("details .option-name"))
	if shown.Length() != 9 || len(folded) < 40 {
		t.Errorf("%d values are shown, %d folded", shown.Length(), len(folded))
	}
	for _, pair := range [][2]string{{"Égypte", "Finlande"}, {"Espagne", "États-Unis"}, {"Royaume-Uni", "Ukraine"}} {
		if i, j := slices.Index(folded, pair[0]), slices.Index(folded, pair[1]); i < 0 || i > j {
			t.Errorf("%s stands at %d, %s at %d: %q", pair[0], i, pair[1], j, folded)
		}
	}
}

// TestEqualCountsAreInTheOrderOfTheirNames also where their codes are not.
func TestEqualCountsAreInTheOrderOfTheirNames(t *testing.T) {
	d := page(t, site(t), "/many/search?statement=coast-2025-02-11&ui=fr", http.StatusOK)
	if got := text(d.Find("fieldset .option-name").First()); got != "Afrique du Sud" {
		t.Errorf("the first actor is %q", got)
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

// TestChartOfManyYears holds that the bars stay few and count everything.
func TestChartOfManyYears(t *testing.T) {
	names, err := gazetteer.Load()
	must(t, err)
	for _, span := range []int{2, 12, 13, 40, 81, 500} {
		statements := sample.Statements()
		want := 0
		for i := range statements {
			statements[i].Date = search.Date(strconv.Itoa(2025 - i*(span-1)/(len(statements)-1)))
			for _, v := range statements[i].Versions {
				want += len(v.Paragraphs)
			}
		}
		h, err := web.New(web.Config{Engine: memindex.New(statements), Names: names})
		must(t, err)
		d := page(t, h, "/search", http.StatusOK)
		bars := d.Find(".bars a")
		if bars.Length() < 2 || bars.Length() > 12 {
			t.Errorf("%d years make %d bars", span, bars.Length())
		}
		got := 0
		d.Find(".bar-count").Each(func(_ int, s *goquery.Selection) {
			n, _ := strconv.Atoi(s.Text())
			got += n
		})
		if got != want {
			t.Errorf("%d years: the bars count %d paragraphs of %d", span, got, want)
		}
		chosen := page(t, h, bars.Last().AttrOr("href", ""), http.StatusOK)
		last, _ := strconv.Atoi(d.Find(".bar-count").Last().Text())
		if !strings.HasPrefix(text(chosen.Find(".total")), strconv.Itoa(last)+" ") {
			t.Errorf("%d years: the last bar counts %d and leads to %q", span, last, text(chosen.Find(".total")))
		}
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

package webtest_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"demarche/index/memindex"
	"demarche/search"
	"demarche/search/sample"
	"demarche/web"
	"demarche/web/webtest"
)

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
	note, _ := d.Find("#p3 .evidence").Attr("aria-describedby")
	if d.Find("#"+note+".attribution a[href*='attribution=CA%3ACN']").Length() != 1 {
		t.Errorf("the words of paragraph 3 are explained by %q: %q", note, text(d.Find("#"+note)))
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

func TestSplitParagraphsStandBesideTheirPassage(t *testing.T) {
	d := page(t, site(t), webtest.ManySite+"/statements/harbour-2021-03-04?lang=en&with=ru", http.StatusOK)
	row := d.Find("li.row:has(#p2)")
	if row.Find("#p2-ru").Length() != 1 || row.Find("#p3-ru").Length() != 1 {
		t.Errorf("beside paragraph 2 stands %q", text(row))
	}
	if got := d.Find(".gap").Length(); got != 1 {
		t.Errorf("%d gaps; want one, beside paragraph 3", got)
	}
	back := page(t, site(t), webtest.ManySite+"/statements/harbour-2021-03-04?lang=ru&with=en", http.StatusOK)
	if row := back.Find("li.row:has(#p2)"); row.Find("#p3").Length() != 1 || row.Find("#p2-en").Length() != 1 {
		t.Errorf("the merged paragraphs stand in %q", text(row))
	}
}

func TestMarksOfEitherVersionAreLed(t *testing.T) {
	const address = "/statements/harbour-2021-03-04?lang=en&with=ru&q=%D0%BA%D0%B8%D0%B1%D0%B5%D1%80*"
	d := page(t, site(t), address, http.StatusOK)
	links := d.Find(".marked > a")
	if links.Length() == 0 {
		t.Fatalf("nothing leads to the marks: %q", text(d.Find(".marked")))
	}
	links.Each(func(_ int, s *goquery.Selection) {
		if target := s.AttrOr("href", ""); d.Find(target+" .text[lang=ru] mark").Length() == 0 {
			t.Errorf("%s has no mark", target)
		}
	})
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

// TestNotesAreTiedToTheirWords holds that each of several notes of one paragraph has
// its own words, also where the marks of a search lie across them.
func TestNotesAreTiedToTheirWords(t *testing.T) {
	h := site(t)
	for _, q := range []string{"", "&q=cable+OR+%22of+China+and%22+OR+Lazarus"} {
		d := page(t, h, "/statements/islands-2023-09-20?lang=en"+q, http.StatusOK)
		for note, want := range map[string]string{"p1-note1": "attribute the scanning", "p1-note2": "the theft of cryptocurrency"} {
			got := strings.Join(strings.Fields(d.Find("#p1 [aria-describedby='"+note+"']").Text()), " ")
			if !strings.HasPrefix(got, want) || got != text(d.Find("#"+note+" q")) {
				t.Errorf("%s: %q is explained by %q", note, got, text(d.Find("#"+note)))
			}
		}
		if (d.Find("#p1 mark .evidence").Length() > 0) != (q != "") {
			t.Errorf("%q: %d marks lie in words that attribute", q, d.Find("#p1 mark .evidence").Length())
		}
	}
}

// TestDeniedIsShownAndNotCounted meets an accusation that its speaker rejects.
func TestDeniedIsShownAndNotCounted(t *testing.T) {
	h := site(t)
	d := page(t, h, "/statements/notice-undated-7d3a", http.StatusOK)
	if got := text(d.Find(".attribution.denied").First()); !strings.Contains(got, "Rejects blame of North Korea made by Australia") {
		t.Errorf("the note says %q", got)
	}
	counts := page(t, h, "/attributions", http.StatusOK)
	if got := text(counts.Find(".denied tbody")); !strings.Contains(got, "North Korea Australia1 (Australia → North Korea, year unknown)") {
		t.Errorf("the table of what is rejected says %q", got)
	}
	cells := counts.Find(".denied td a")
	if cells.Length() == 0 {
		t.Error("the table of what is rejected leads nowhere")
	}
	cells.Each(func(_ int, s *goquery.Selection) {
		if !strings.Contains(s.AttrOr("href", ""), "denied") {
			t.Errorf("what is denied leads to %s", s.AttrOr("href", ""))
		}
	})
	if found := page(t, h, "/search?q=attributed_state%3AKP&year=unknown", http.StatusOK).Find(".hit").Length(); found != 0 {
		t.Errorf("what is denied is found as attributed, in %d paragraphs", found)
	}
}

// TestEachWordingHasItsStance meets a paragraph that attributes to a state, reports
// that others do, and rejects an accusation of it.
func TestEachWordingHasItsStance(t *testing.T) {
	statements := sample.Statements()
	a := &statements[0].Versions[0].Paragraphs[0].Attributions[0]
	reported := a.Assertions[0]
	own, denied := reported, reported
	own.By, own.Stance = []string{"NO"}, search.StanceOwn
	denied.By, denied.Stance = []string{"FR"}, search.StanceDenied
	a.By, a.Stance, a.Assertions = []string{"NO", "DE", "EE"}, search.StanceOwn, []search.Assertion{own, reported, denied}
	h, err := web.New(web.Config{Engine: memindex.New(statements)})
	must(t, err)
	for address, want := range map[string][]string{
		"/attributions?statement=coast-2025-02-11":                 {"NO → RU (own attribution 1): 1", "DE → RU (reported attribution 1): 1", "EE → RU (reported attribution 1): 1"},
		"/attributions?statement=coast-2025-02-11&stance=reported": {"DE → RU (reported attribution 1): 1", "EE → RU (reported attribution 1): 1"},
	} {
		d := page(t, h, address, http.StatusOK)
		got := d.Find(".flow svg svg a").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("aria-label", "") })
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the picture has %q, want %q", address, got, want)
		}
		if reported := d.Find(".ribbon.reported[fill^='url']").Length(); reported != 3 { // and that of the key
			t.Errorf("%s: %d ribbons are striped", address, reported)
		}
		if got := text(d.Find(".denied tbody")); got != "RU FR1 (FR → RU, 2025)1 (FR → RU)" {
			t.Errorf("%s: rejected is %q", address, got)
		}
	}
}

// TestUntitledAndUnnamed shows in words, in the language of the page, what a statement
// does not tell: its title, and who makes an attribution that it reports.
func TestUntitledAndUnnamed(t *testing.T) {
	statements := sample.Statements()
	st := &statements[0]
	st.Title = ""
	for i := range st.Versions {
		st.Versions[i].Title = ""
	}
	a := &st.Versions[0].Paragraphs[0].Attributions[0]
	unnamed := a.Assertions[0]
	unnamed.By, unnamed.Stance = nil, search.StanceReported
	a.Assertions = append(a.Assertions, unnamed)
	h, err := web.New(web.Config{Engine: memindex.New(statements)})
	must(t, err)
	for ui, title := range map[string]string{"en": "Untitled statement " + st.ID, "fr": "Déclaration sans titre " + st.ID, "ru": "Заявление без названия " + st.ID} {
		own := page(t, h, "/statements/"+st.ID+"?ui="+ui, http.StatusOK).Find("h1")
		if text(own) != title || own.AttrOr("lang", "") != ui {
			t.Errorf("the page of the statement is headed %q in %q, want %q in %q", text(own), own.AttrOr("lang", ""), title, ui)
		}
		found := page(t, h, "/search?statement="+st.ID+"&ui="+ui, http.StatusOK)
		for _, at := range []string{".hit h2", ".chips"} {
			if got := text(found.Find(at).First()); !strings.Contains(got, title) {
				t.Errorf("%s in %s says %q, want %q", at, ui, got, title)
			}
		}
	}
	says := text(page(t, h, "/statements/"+st.ID, http.StatusOK).Find(".quotes .says").Last())
	if want := "party not named, reported attribution"; says != want {
		t.Errorf("the last wording is of %q, want %q", says, want)
	}
}

// TestPictureKeepsToItsRoom holds that the picture of many parties leaves some to the
// table, and says how many.
func TestPictureKeepsToItsRoom(t *testing.T) {
	h := site(t)
	d := page(t, h, "/many/attributions", http.StatusOK)
	inTable := map[string]bool{}
	d.Find(".relations th[scope=row] a").Each(func(_ int, s *goquery.Selection) { inTable[text(s)] = true })
	shown := d.Find(".flow .end:not(.whom)").Length()
	if shown > 14 || len(inTable) < 20 {
		t.Errorf("the picture has %d parties, the table %d", shown, len(inTable))
	}
	if got := text(d.Find(".flow figcaption")); !strings.Contains(got, "more names are in the table only") {
		t.Errorf("the picture says %q", got)
	}
}

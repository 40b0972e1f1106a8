package webtest_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
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

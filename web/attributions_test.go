package web_test

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"demarche/index/memindex"
	"demarche/search/enginetest"
	"demarche/web"
	"demarche/web/api"
)

// TestEveryNumberLeadsToWhatItCounts follows every number of the table and of the
// picture, in every layout and unit, and wants the search to find just so many.
func TestEveryNumberLeadsToWhatItCounts(t *testing.T) {
	random := site(t, func(c *web.Config) { c.Engine = memindex.New(enginetest.Corpus(7, 60)) })
	for _, h := range []http.Handler{site(t), random} {
		checked := 0
		for _, question := range []string{
			"", "q=cyber*&", "attributed_state=RU&attributed_state=-KP&", "attributed_by=DE&lang=-fr&", "group=apt28&year=2024&",
			"attribution=DE%3ARU%3Aown&attribution=nato%3ACN&", "year=unknown&", "from=2021&attributed_by=-FR&",
		} {
			for _, layout := range []string{"", "rows=party&count=passages", "rows=group&count=statements", "stance=own", "stance=reported&rows=party"} {
				checked += checkNumbers(t, h, "/attributions?"+question+layout)
			}
		}
		if checked < 200 {
			t.Errorf("only %d numbers were followed", checked)
		}
	}
}

func checkNumbers(t *testing.T, h http.Handler, address string) (checked int) {
	t.Helper()
	w := get(t, h, address)
	d, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil || w.Code != http.StatusOK {
		t.Fatalf("%s: status %d, error %v", address, w.Code, err)
	}
	d.Find(".relations td a, .flow svg svg a").Each(func(_ int, s *goquery.Selection) {
		checked++
		href := s.AttrOr("href", "")
		total := answer(t, h, strings.Replace(href, "/search", "/api/v1/search", 1)+"&size=1&facets=").Total
		shown, _, _ := strings.Cut(s.Text(), " (")
		if label := s.AttrOr("aria-label", ""); label != "" {
			shown = label[strings.LastIndex(label, " ")+1:]
		}
		unit := map[bool]int{true: total.Passages, false: total.Paragraphs}[strings.Contains(address, "passages")]
		if strings.Contains(address, "statements") {
			unit = total.Statements
		}
		if strings.TrimSpace(shown) != strconv.Itoa(unit) {
			t.Errorf("%s: %q leads to %s, which finds %d", address, s.Text(), href, unit)
		}
	})
	return checked
}

// TestAttributionsOfTheAPI holds that each count is that of the search it links to,
// and that what is denied is apart.
func TestAttributionsOfTheAPI(t *testing.T) {
	h := site(t, func(c *web.Config) { c.Engine = memindex.New(enginetest.Corpus(7, 60)) })
	for _, question := range []string{"", "?lang=en&attributed_by=FR", "?attribution=DE%3ARU"} {
		var a api.Attributions
		if err := json.Unmarshal(get(t, h, "/api/v1/attributions"+question).Body.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		if len(a.Counts) == 0 || question == "" && len(a.Denied) == 0 {
			t.Errorf("%s: %d counts, %d denied", question, len(a.Counts), len(a.Denied))
		}
		for _, c := range append(a.Counts, a.Denied...) {
			if got := answer(t, h, c.Links.Self).Total; got != c.Total {
				t.Errorf("%s: %s counts %+v, finds %+v", question, c.Links.Self, c.Total, got)
			}
			if strings.HasSuffix(c.Attribution, ":denied") != (c.Stance == "denied") || (c.State == nil) == (c.Group == nil) {
				t.Errorf("%s: %+v", question, c)
			}
		}
	}
}

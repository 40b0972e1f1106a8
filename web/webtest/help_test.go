package webtest_test

import (
	"net/http"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"demarche/web/locale"
)

// TestExamplesOfHelpRun follows every search that help shows, in every language.
func TestExamplesOfHelpRun(t *testing.T) {
	h := site(t)
	for _, ui := range locale.Languages {
		d := page(t, h, "/help/query?ui="+ui, http.StatusOK)
		examples := d.Find(".prose a[href^='/search?']")
		if examples.Length() < 35 {
			t.Errorf("%s: %d examples", ui, examples.Length())
		}
		examples.Each(func(_ int, a *goquery.Selection) {
			answer := page(t, h, a.AttrOr("href", ""), http.StatusOK)
			q := answer.Find("#q").AttrOr("value", "")
			if a.Find("code").Length() > 0 && q != text(a) {
				t.Errorf("%s: %q asks for %q", ui, text(a), q)
			}
		})
	}
}

// TestHelpHasItsSections in every language, so that links into it hold.
func TestHelpHasItsSections(t *testing.T) {
	h := site(t)
	for _, ui := range locale.Languages {
		d := page(t, h, "/help/query?ui="+ui, http.StatusOK)
		for _, id := range []string{"words", "joining", "fields", "spelling", "formulas", "reasons", "ranking", "suggestions", "errors"} {
			if d.Find(".prose h2#"+id).Length() != 1 {
				t.Errorf("%s: there is no section %s", ui, id)
			}
		}
	}
}

// TestMistakesInHelpAreMended holds that what help calls a mistake has a suggestion.
func TestMistakesInHelpAreMended(t *testing.T) {
	h := site(t)
	for _, ui := range locale.Languages {
		mistakes := page(t, h, "/help/query?ui="+ui, http.StatusOK).Find("#suggestions + p a")
		if mistakes.Length() != 3 {
			t.Errorf("%s: %d mistakes", ui, mistakes.Length())
		}
		mistakes.Each(func(_ int, a *goquery.Selection) {
			if page(t, h, a.AttrOr("href", ""), http.StatusOK).Find(".suggested a").Length() == 0 {
				t.Errorf("%s: nothing is suggested for %q", ui, text(a))
			}
		})
	}
}

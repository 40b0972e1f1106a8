package webtest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"demarche/web/api"
)

// TestReasonsCanBeLeftOutAndTakenInAgain follows the links of a label and of the
// chip that it makes.
func TestReasonsCanBeLeftOutAndTakenInAgain(t *testing.T) {
	h := site(t)
	for ui, want := range map[string]string{"en": "inflection", "fr": "flexion", "ru": "другая форма"} {
		d := page(t, h, "/search?q=norm&lang=en&ui="+ui, http.StatusOK)
		label := d.Find(".reason:has(a[href*='without=inflection'])").First()
		if got := text(label); !strings.HasPrefix(got, want) {
			t.Fatalf("%s: the label is %q", ui, got)
		}
		left := page(t, h, label.Find("a").AttrOr("href", ""), http.StatusOK)
		if n := left.Find(".reason a[href*='inflection,']").Length(); n > 0 || text(left.Find(".total")) == text(d.Find(".total")) {
			t.Errorf("%s: left out, it is a reason still: %q", ui, text(left.Find(".total")))
		}
		chip := left.Find(".chip:has(a)").FilterFunction(func(_ int, s *goquery.Selection) bool {
			return strings.Contains(text(s), want)
		})
		back := page(t, h, chip.Find("a").AttrOr("href", ""), http.StatusOK)
		if text(back.Find(".total")) != text(d.Find(".total")) {
			t.Errorf("%s: taken in again, %q, not %q", ui, text(back.Find(".total")), text(d.Find(".total")))
		}
	}
}

// TestReasonsAreThoseOfTheHit holds that there are none without words.
func TestReasonsAreThoseOfTheHit(t *testing.T) {
	h := site(t)
	for q, want := range map[string]string{"norms+NEAR/9+cyberspace": "near each other", "cyber*": "beginning of a word"} {
		if got := text(page(t, h, "/search?lang=en&q="+q, http.StatusOK).Find(".hit .reasons").First()); !strings.Contains(got, want) {
			t.Errorf("%s: the reasons are %q", q, got)
		}
	}
	if n := page(t, h, "/search?lang=en", http.StatusOK).Find(".reasons").Length(); n > 0 {
		t.Errorf("%d hits without a query have reasons", n)
	}
}

func TestFormKeepsReasonsAndFormulas(t *testing.T) {
	d := page(t, site(t), "/search?q=norms&formulas=on&without=spelling,inflection", http.StatusOK)
	for name, want := range map[string]string{"formulas": "on", "without": "inflection,spelling"} {
		if got := d.Find("#ask input[type=hidden][name="+name+"]").AttrOr("value", ""); got != want {
			t.Errorf("the form sends %s=%q", name, got)
		}
	}
}

// TestEquivalentsAreOffered and found on demand, counted apart.
func TestEquivalentsAreOffered(t *testing.T) {
	h := site(t)
	d := page(t, h, "/search?q=responsible+state+behaviour", http.StatusOK)
	offer := d.Find(".formula")
	if got := text(offer.Find("q[lang=fr]").First()); got != "comportement responsable des États" {
		t.Fatalf("offered: %q", text(offer))
	}
	more := page(t, h, offer.Find("a").AttrOr("href", ""), http.StatusOK)
	if more.Find(".text[lang=ru] mark").Length() == 0 || !strings.Contains(text(more.Find(".reasons")), "equivalent wording") {
		t.Error("the Russian wording is not found")
	}
	if got := text(more.Find(".formula")); !strings.Contains(got, "found by these") {
		t.Errorf("the page says %q", got)
	}
	russian, _, _ := strings.Cut(more.Find(".hit:has(.text[lang=ru]) h2 a").AttrOr("href", ""), "#")
	if n := page(t, h, russian, http.StatusOK).Find("main mark").Length(); n == 0 {
		t.Errorf("%s has no marks", russian)
	}
	less := page(t, h, more.Find(".formula a").AttrOr("href", ""), http.StatusOK)
	if text(less.Find(".total")) != text(d.Find(".total")) {
		t.Errorf("%q, then %q", text(d.Find(".total")), text(less.Find(".total")))
	}
}

// TestSuggestions on the page and in the data, where nothing is found and where
// only one of the words is.
func TestSuggestions(t *testing.T) {
	h := site(t)
	for q, want := range map[string]string{
		"behavoiur":                  "behaviour",
		"responsible behavoiur":      "responsible behaviour",
		"responsible OR behavoiur":   "responsible OR behaviour",
		"rb,thghjcnhfycndj":          "киберпространство",
		"ответсвенное lang:ru":       "ответственное lang:ru",
		"norms":                      "",
		"zzzzzzzzzzzz":               "",
		"responsible behaviour -law": "",
	} {
		d := page(t, h, "/search?q="+url.QueryEscape(q), http.StatusOK)
		offered := each(d.Find(".suggested code"))
		var a api.Search
		if err := json.Unmarshal(get(t, h, "/api/v1/search?q="+url.QueryEscape(q)).Body.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		if a.Query.Suggestions == nil || len(a.Query.Suggestions) != len(offered) {
			t.Errorf("%s: the data suggest %v, the page %q", q, a.Query.Suggestions, offered)
		}
		if want == "" {
			if len(offered) > 0 {
				t.Errorf("%s: %q is suggested", q, offered)
			}
			continue
		}
		if !slices.Contains(offered, want) {
			t.Errorf("%s: %q is suggested, not %q", q, offered, want)
		}
		found := page(t, h, d.Find(".suggested a").First().AttrOr("href", ""), http.StatusOK)
		if found.Find(".hit").Length() == 0 {
			t.Errorf("%s: the suggestion finds nothing", q)
		}
	}
}

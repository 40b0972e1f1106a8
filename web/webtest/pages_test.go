package webtest_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

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
		if first, _, _ := strings.Cut(p.Address[1:], "/"); slices.Contains([]string{"broken", "busy", "empty", "many"}, first) {
			continue // links of these sites lead to the usual one
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

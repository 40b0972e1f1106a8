package web_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"demarche/web/api"
)

// document is the description that the site itself serves.
func document(t *testing.T, h http.Handler) routers.Router {
	t.Helper()
	d, err := openapi3.NewLoader().LoadFromData(get(t, h, api.DocumentPath).Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	router, err := legacy.NewRouter(d)
	if err != nil {
		t.Fatal(err)
	}
	return router
}

// TestAnswersAreAsDescribed compares real answers with the API's description:
// every status that an address can have, and the good requests too.
func TestAnswersAreAsDescribed(t *testing.T) {
	h := site(t)
	router := document(t, h)
	options := &openapi3filter.Options{
		IncludeResponseStatus:   true,
		SchemaValidationOptions: []openapi3.SchemaValidationOption{openapi3.EnableJSONSchema2020()},
	}
	for _, test := range []struct {
		address string
		status  int
	}{
		{"/api/v1/search", 200},
		{"/api/v1/search?q=norms&actor=nato&actor=-FR&year=2021&from=2018&to=2022-05&sort=oldest&size=3&facets=actor%2Cyear&ui=ru", 200},
		{"/api/v1/search?facets=", 200},
		{"/api/v1/search?size=2", 200},
		{"/api/v1/search?q=zeppelin", 200},
		{"/api/v1/search?q=behavoiur", 200},
		{"/api/v1/attributions", 200},
		{"/api/v1/attributions?q=cyber*&attribution=DE%3ARU&attribution=-NO%3ACN%3Areported&year=2024&ui=fr", 200},
		{"/api/v1/attributions?size=3", 400},
		{"/api/v1/suggest", 200},
		{"/api/v1/suggest?q=responsible+st&ui=fr", 200},
		{"/api/v1/suggest?q=har", 200},
		{"/api/v1/suggest?q=har&size=2", 400},
		{"/api/v1/search?attributed_state=CN", 200},
		{"/api/v1/search?year=unknown", 200},
		{"/api/v1/statements/harbour-2021-03-04", 200},
		{"/api/v1/statements/notice-undated-7d3a?ui=fr", 200},
		{"/api/v1/paragraphs/islands-2023-09-20.en.1", 200},
		{"/api/v1/search?q=%22open", 400},
		{"/api/v1/search?colour=red", 400},
		{"/api/v1/statements/none", 404},
		{"/api/v1/paragraphs/none", 404},
		{"/api/v1/search?q=" + strings.Repeat("a", 9000), 414},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, test.address, nil)
		route, parameters, err := router.FindRoute(r)
		if err != nil {
			t.Fatalf("%s: %v", test.address, err)
		}
		input := &openapi3filter.RequestValidationInput{Request: r, PathParams: parameters, Route: route, Options: options}
		if err := openapi3filter.ValidateRequest(t.Context(), input); err != nil && test.status == http.StatusOK {
			t.Errorf("%s: the description refuses the request: %v", test.address, err)
		}
		w := get(t, h, test.address)
		if w.Code != test.status {
			t.Errorf("%s: status %d", test.address, w.Code)
		}
		err = openapi3filter.ValidateResponse(t.Context(), &openapi3filter.ResponseValidationInput{
			RequestValidationInput: input, Status: w.Code, Header: w.Header(),
			Body: io.NopCloser(bytes.NewReader(w.Body.Bytes())), Options: options,
		})
		if err != nil {
			t.Errorf("%s: %v", test.address, err)
		}
	}
}

// TestDescriptionIsChecked makes sure that the check above can fail.
func TestDescriptionIsChecked(t *testing.T) {
	h := site(t)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/search", nil)
	route, _, err := document(t, h).FindRoute(r)
	if err != nil {
		t.Fatal(err)
	}
	options := &openapi3filter.Options{SchemaValidationOptions: []openapi3.SchemaValidationOption{openapi3.EnableJSONSchema2020()}}
	body := strings.Replace(get(t, h, "/api/v1/search").Body.String(), `"position":1`, `"position":"first"`, 1)
	err = openapi3filter.ValidateResponse(t.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, Route: route},
		Status:                 http.StatusOK, Header: http.Header{"Content-Type": {api.MediaType}},
		Body: io.NopCloser(strings.NewReader(body)), Options: options,
	})
	if err == nil {
		t.Error("a position in words was not noticed")
	}
}

func answer(t *testing.T, h http.Handler, address string) api.Search {
	t.Helper()
	w := get(t, h, address)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: status %d: %s", address, w.Code, w.Body)
	}
	var a api.Search
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestPagesMeetWithoutGapOrOverlap follows links.next to the end.
func TestPagesMeetWithoutGapOrOverlap(t *testing.T) {
	h := site(t)
	for _, question := range []string{"", "q=cyber*&", "sort=oldest&", "lang=en&q=States&"} {
		whole := ids(answer(t, h, "/api/v1/search?"+question+"size=100"))
		var got []string
		next := "/api/v1/search?" + question + "size=3"
		for next != "" {
			w := get(t, h, next)
			a := answer(t, h, next)
			got = append(got, ids(a)...)
			if hasNext := strings.Contains(w.Header().Get("Link"), `rel="next"`); hasNext != (a.Links.Next != "") {
				t.Errorf("%s: Link is %q", next, w.Header().Get("Link"))
			}
			next = a.Links.Next
		}
		if !slices.Equal(whole, got) {
			t.Errorf("%s: %v\nby pages %v", question, whole, got)
		}
	}
}

func ids(a api.Search) []string {
	var out []string
	for _, h := range a.Hits {
		out = append(out, h.ID)
	}
	return out
}

func TestOffsetsAreCodePoints(t *testing.T) {
	h := site(t)
	for _, q := range []string{"киберпространстве", "État*", "responsible"} {
		a := answer(t, h, "/api/v1/search?q="+url.QueryEscape(q))
		if len(a.Hits) == 0 {
			t.Errorf("%s finds nothing", q)
		}
		for _, hit := range a.Hits {
			runes := []rune(hit.Text)
			for _, r := range hit.Highlights {
				if r.Start < 0 || r.End > len(runes) || strings.ContainsAny(string(runes[r.Start:r.End]), " .,") {
					t.Errorf("%s: %+v of %q", hit.ID, r, hit.Text)
				}
			}
		}
	}
	for _, hit := range answer(t, h, "/api/v1/search?attributed_state=-unknown&size=100").Hits {
		for _, attribution := range hit.Attributions {
			e := attribution.Evidence
			if string([]rune(hit.Text)[e.Start:e.End]) != e.Text || !utf8.ValidString(e.Text) {
				t.Errorf("%s: %+v", hit.ID, e)
			}
		}
	}
}

func TestLinksLead(t *testing.T) {
	h := site(t)
	a := answer(t, h, "/api/v1/search?q=norms&size=2&ui=fr")
	links := []string{a.Links.Self, a.Links.Page, a.Links.Next}
	for _, hit := range a.Hits {
		links = append(links, hit.Links.Self, hit.Links.Page)
	}
	for _, link := range links {
		if w := get(t, h, link); w.Code != http.StatusOK || !strings.Contains(link, "ui=fr") {
			t.Errorf("%s: status %d", link, w.Code)
		}
	}
}

// TestFacetsOfTheAPI holds that filters within a field are alternatives, that a
// field's counts ignore its own filter, and that labels are in the reader's
// language.
func TestFacetsOfTheAPI(t *testing.T) {
	h := site(t)
	a := answer(t, h, "/api/v1/search?year=2021&year=2018&ui=ru")
	counts := map[string]api.FacetValue{}
	for _, v := range a.Facets["year"] {
		counts[v.Value] = v
	}
	if a.Total.Paragraphs != counts["2021"].Count+counts["2018"].Count || counts["2025"].Count == 0 {
		t.Errorf("total %d, years %+v", a.Total.Paragraphs, a.Facets["year"])
	}
	if !counts["2021"].Selected || counts["2025"].Selected {
		t.Errorf("years %+v", a.Facets["year"])
	}
	if lang := a.Facets["lang"][0]; !strings.Contains("английский французский русский", lang.Label) {
		t.Errorf("%+v", lang)
	}
	if len(answer(t, h, "/api/v1/search?facets=").Facets) != 0 {
		t.Error("facets= counts facets")
	}
}

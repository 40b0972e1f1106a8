package api_test

import (
	"encoding/base64"
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"demarche/search"
	"demarche/search/query"
	"demarche/web/api"
)

func parse(t testing.TB, rawQuery string) api.Params {
	t.Helper()
	p, err := api.ParseParams(rawQuery, query.Limits{})
	if err != nil {
		t.Fatalf("%s: %v", rawQuery, err)
	}
	return p
}

func TestRequest(t *testing.T) {
	for rawQuery, want := range map[string]search.Request{
		"": {Sort: search.Newest, Size: 20, Facets: search.Facets},
		"actor=nato&actor=FR&actor=-eu&lang=fr": {
			Sort: search.Newest, Size: 20, Facets: search.Facets,
			Filters: []search.Filter{
				{Field: "actor", Include: []string{"nato", "FR"}, Exclude: []string{"eu"}},
				{Field: "lang", Include: []string{"fr"}},
			},
		},
		"year=unknown&year=unknown&from=2018&to=&size=7&facets=year,actor&sort=oldest": {
			Sort: search.Oldest, Size: 7, Facets: []string{"year", "actor"}, From: "2018",
			Filters: []search.Filter{{Field: "year", Include: []string{"unknown"}}},
		},
		"formulas=on&without=spelling,exact,spelling": {
			Sort: search.Newest, Size: 20, Facets: search.Facets, Formulas: true, Without: []string{"exact", "spelling"},
		},
		"facets=&sort=relevance": {Sort: search.Newest, Size: 20, Facets: []string{}},
	} {
		if diff := cmp.Diff(want, parse(t, rawQuery).Request()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", rawQuery, diff)
		}
	}
	if r := parse(t, "q=norms").Request(); r.Sort != search.Relevance || r.Query == nil {
		t.Errorf("a query is %+v", r)
	}
}

func TestEncodeIsInOneSpelling(t *testing.T) {
	for _, test := range [][2]string{
		{"lang=fr&q=%20norms%20&actor=nato", "q=norms&actor=nato&lang=fr"},
		{"to=2021&from=2018&size=5", "from=2018&to=2021&size=5"},
		{"actor=-eu&actor=nato&actor=nato", "actor=nato&actor=-eu"},
		{"facets=", "facets="},
		{"without=near,exact&formulas=on&sort=newest", "sort=newest&formulas=on&without=exact%2Cnear"},
		{"from=&q=", ""},
	} {
		if got := parse(t, test[0]).Encode(); got != test[1] {
			t.Errorf("%s: %s, want %s", test[0], got, test[1])
		}
	}
}

func TestChangesStartAtTheFirstPage(t *testing.T) {
	p := parse(t, "q=norms&actor=nato&lang=fr&from=2018")
	p.After = &api.Cursor{Cursor: search.Cursor{ID: "a.en.1"}, Rank: 20}
	for _, test := range []struct{ got, want string }{
		{p.First().Encode(), "q=norms&actor=nato&lang=fr&from=2018"},
		{p.Adding("actor", "eu").Encode(), "q=norms&actor=nato&actor=eu&lang=fr&from=2018"},
		{p.Adding("actor", "-nato").Encode(), "q=norms&actor=-nato&lang=fr&from=2018"},
		{p.Adding("year", "2021").Encode(), "q=norms&actor=nato&year=2021&lang=fr&from=2018"},
		{p.Removing("actor", "nato").Encode(), "q=norms&lang=fr&from=2018"},
		{p.Only("lang", "ru").Encode(), "q=norms&actor=nato&lang=ru&from=2018"},
		{p.Unfiltered().Encode(), "q=norms"},
		{p.LeavingOut("near").LeavingOut("exact").Encode(), "q=norms&actor=nato&lang=fr&from=2018&without=exact%2Cnear"},
		{p.LeavingOut("near").TakingIn("near").Encode(), "q=norms&actor=nato&lang=fr&from=2018"},
		{p.LeavingOut("near").Unfiltered().Encode(), "q=norms"},
		{p.WithFormulas(true).Encode(), "q=norms&actor=nato&lang=fr&from=2018&formulas=on"},
	} {
		if test.got != test.want {
			t.Errorf("%s, want %s", test.got, test.want)
		}
	}
	if got := p.Filters[0].Include; len(got) != 1 {
		t.Errorf("a change changed the original: %v", got)
	}
}

// longestFuzzed is more than the longest query takes where each of its bytes is
// escaped. What a fuzzer makes beyond it costs much and shows nothing else.
var longestFuzzed = 4 * query.DefaultLimits.Bytes

// FuzzParams holds that whatever can be read reads back the same from its
// canonical spelling, and that what cannot is refused with a reason.
func FuzzParams(f *testing.F) {
	for _, seed := range []string{
		"q=norms&actor=nato&actor=-eu&year=unknown", "from=2021-07&to=2022&sort=oldest&size=3", "facets=year&ui=fr",
		"cursor=AAAA", "q=%ff", "q=%22a b%22~3", "a=1;b=2", "kind=déclaration",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, rawQuery string) {
		if len(rawQuery) > longestFuzzed {
			return
		}
		p, err := api.ParseParams(rawQuery, query.Limits{})
		if err != nil {
			var bad *api.InvalidError
			var badQuery *query.Error
			if !errors.As(err, &bad) && !errors.As(err, &badQuery) {
				t.Fatalf("%q: %T %v", rawQuery, err, err)
			}
			return
		}
		again := parse(t, p.Encode())
		if got, want := again.Encode(), p.Encode(); got != want {
			t.Fatalf("%q reads back as %q", want, got)
		}
	})
}

// next is the cursor for the page after the hit id of the question.
func next(p api.Params, score float64, id string) string {
	after, ok := p.Next(&search.Result{Next: &search.Cursor{Score: score, ID: id}, Hits: make([]search.Hit, 20)})
	if !ok {
		return ""
	}
	values, err := url.ParseQuery(after.Encode())
	if err != nil {
		return ""
	}
	return values.Get("cursor")
}

func TestCursorComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := parse(&testing.T{}, "q=norms&lang=en")
		score := rapid.Float64().Draw(t, "score")
		id := rapid.StringMatching(`[a-z0-9-]{1,60}\.(en|fr|ru)\.[1-9][0-9]?`).Draw(t, "id")
		back, err := api.ParseParams("q=norms&lang=en&cursor="+next(p, score, id), query.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if want := (api.Cursor{Cursor: search.Cursor{Score: score, ID: id}, Rank: 20}); *back.After != want {
			t.Fatalf("%+v, want %+v", *back.After, want)
		}
	})
}

func TestCursorBelongsToItsQuestion(t *testing.T) {
	token := next(parse(t, "q=norms&lang=en"), 1.5, "a.en.1")
	for _, same := range []string{"lang=en&q=norms", "q=norms&lang=en&size=50", "q=norms&lang=en&ui=fr&facets="} {
		parse(t, same+"&cursor="+token)
	}
	for _, other := range []string{"q=law&lang=en", "q=norms", "q=norms&lang=en&sort=oldest", "q=norms&lang=-en"} {
		if _, err := api.ParseParams(other+"&cursor="+token, query.Limits{}); err == nil {
			t.Errorf("%s took the cursor of another question", other)
		}
	}
}

func TestDamagedCursorIsRefused(t *testing.T) {
	const question = "q=norms&lang=en"
	token := next(parse(t, question), 1.5, "a.en.1")
	damaged := []string{"", "a", token[:len(token)-1], token + "A", strings.Repeat("A", 2000), token + "="}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		flipped := append([]byte(nil), raw...)
		flipped[i] ^= 1
		damaged = append(damaged, base64.RawURLEncoding.EncodeToString(flipped))
	}
	for _, bad := range damaged {
		var invalid *api.InvalidError
		_, err := api.ParseParams(question+"&cursor="+url.QueryEscape(bad), query.Limits{})
		if !errors.As(err, &invalid) || invalid.Code != "cursor" {
			t.Errorf("%.40q: %v", bad, err)
		}
	}
}

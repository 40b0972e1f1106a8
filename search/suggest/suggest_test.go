package suggest_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"demarche/search"
	"demarche/search/query"
	"demarche/search/suggest"
)

func TestOtherKeyboard(t *testing.T) {
	for _, tt := range []struct{ typed, want string }{
		{"ghbdtn", "привет"},
		{"GHBDTN", "привет"},
		{"руддщ", "hello"},
		{"rb,thghjcnhfycndj", "киберпространство"},
		{",tpjgfcyjcnm", "безопасность"},
		{"14", ""},
		{"", ""},
		{"ghиdtn", ""},
		{"état", ""},
	} {
		if got := suggest.OtherKeyboard(tt.typed); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.typed, got, tt.want)
		}
	}
}

// FuzzOtherKeyboard holds for any word of which each character has its key on the
// other keyboard: it comes back from there.
func FuzzOtherKeyboard(f *testing.F) {
	for _, s := range []string{"ghbdtn", "привет", "rb,thghjcnhfycndj", "a1", "Ё", "'0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		other := suggest.OtherKeyboard(s)
		if other == "" || strings.ContainsAny(other, strings.ToLower(s)) {
			return
		}
		if back := suggest.OtherKeyboard(other); back != strings.ToLower(s) {
			t.Errorf("%q is %q, and that %q", s, other, back)
		}
	})
}

// words is an engine that has some words, each in one paragraph, and knows which
// of them is similar to which other one.
type words struct {
	search.Engine
	has     []string
	similar map[string][]search.SimilarWord
}

func (w words) Search(_ context.Context, r search.Request) (*search.Result, error) {
	for _, typed := range strings.FieldsFunc(r.Query.String(), func(r rune) bool { return strings.ContainsRune(` "()~`, r) }) {
		if !slices.Contains(w.has, typed) {
			return &search.Result{}, nil
		}
	}
	return &search.Result{Total: search.Total{Paragraphs: 1}}, nil
}

func (w words) Similar(_ context.Context, typed string) ([]search.SimilarWord, error) {
	return w.similar[typed], nil
}

func TestFor(t *testing.T) {
	e := words{
		has: []string{"responsible", "behaviour", "comportement", "ответственность", "attribution", "bière"},
		similar: map[string][]search.SimilarWord{
			"behavuour":   {{Lang: "en", Text: "behaviour"}},
			"atribution":  {{Lang: "en", Text: "attribution"}, {Lang: "fr", Text: "attribution"}},
			"comporteman": {{Lang: "fr", Text: "comportement"}},
			"nowhere":     {{Lang: "en", Text: "no-such-word"}},
		},
	}
	for _, tt := range []struct{ typed, want string }{
		{"behaviour", ""},
		{"responsible behaviour", ""},
		{"behavuour", "behaviour"},
		{"responsible behavuour", "responsible behaviour"},
		{`"responsible behavuour"~`, `"responsible behaviour"~`},
		{"(responsible behavuour)", "responsible behaviour"},
		{"（responsible OR behaviour）", ""},
		{"（responsible behavuour）", "responsible behaviour"},
		{"atribution", "attribution"},
		{"jndtncndtyyjcnm", "ответственность"},
		{"ифзфишдшен", ""},
		{"ghbdtn", "привет"},
		{"responsible ghbdtn", "responsible привет"},
		{"nfqyf", "тайна"},
		{"http", ""},
		{"gchqdprk", ""},
		{"фееrибution", ""},
		{"фееишгешщт", ""},
		{"куызщтышиду", "responsible"},
		{"куызщтышиду behavuour", "responsible behaviour"},
		{"comporteman", "comportement"},
		{"nowhere", ""},
		{"-behavuour", ""},
		{"actor:behavuour", ""},
		{`"behavuour`, ""},
		{"", ""},
	} {
		found, err := suggest.For(t.Context(), e, tt.typed, query.Limits{})
		if err != nil {
			t.Errorf("%s: %v", tt.typed, err)
		}
		got := ""
		for _, f := range found {
			got += f.Query
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.typed, got, tt.want)
		}
	}
}

// russia is an engine over one Russian paragraph that RU is held responsible in.
type russia struct{ search.Engine }

func (russia) Search(_ context.Context, r search.Request) (*search.Result, error) {
	result := search.Result{Facets: []search.Facet{
		{Field: "attributed_state", Values: []search.FacetValue{{Value: "RU"}}},
		{Field: "lang", Values: []search.FacetValue{{Value: "ru"}}},
	}}
	if r.Query != nil && (strings.Contains(r.Query.String(), "attributed_state:RU") || strings.Contains(r.Query.String(), "lang:ru")) {
		result.Total.Paragraphs = 1
	}
	return &result, nil
}

func russianLabel(lang, field, _ string) string {
	if field == "lang" {
		return map[string]string{"en": "Russian", "fr": "russe", "ru": "русский"}[lang]
	}
	return map[string]string{"en": "Russia", "fr": "Russie", "ru": "Россия"}[lang]
}

func TestNamed(t *testing.T) {
	for _, tt := range []struct{ typed, want string }{
		{"attributed_state:russia", "attributed_state:RU"},
		{"attributed_state:Россия", "attributed_state:RU"},
		{"norms (attributed_state:russie OR actor:nato)", "norms (attributed_state:RU OR actor:nato)"},
		{"lang:russian", "lang:ru"},
		{"norms -lang:Русский", "norms -lang:ru"},
		{"lang:russia", ""},
		{"attributed_state:RU", ""},
		{"attributed_state:ruritania", ""},
		{"actor:russia", ""},
		{"russia", ""},
	} {
		n, err := query.Parse(tt.typed, query.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		found, err := suggest.Named(t.Context(), russia{}, russianLabel, n)
		if err != nil {
			t.Errorf("%s: %v", tt.typed, err)
		}
		got := ""
		if found != nil {
			got = found.Query
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.typed, got, tt.want)
		}
	}
}

package search_test

import (
	"errors"
	"strings"
	"testing"

	"demarche/search"
	"demarche/search/query"
)

func TestValidate(t *testing.T) {
	for _, ok := range []search.Request{
		{},
		{Size: search.MaxSize, Sort: search.Oldest, Facets: search.Facets},
		{From: "2021", To: "2021-01"},
		{From: "2021-07-19"},
		{Filters: []search.Filter{{Field: "statement", Include: []string{"no-such"}}, {Field: "year"}}},
	} {
		if err := ok.Validate(); err != nil {
			t.Errorf("%+v: %v", ok, err)
		}
	}
	for _, tt := range []struct {
		field, says string
		request     search.Request
	}{
		{"size", "-5 is not a number of hits from 0 to 100", search.Request{Size: -5}},
		{"size", "101", search.Request{Size: 101}},
		{"sort", `"best" is no order: choose relevance, newest or oldest`, search.Request{Sort: "best"}},
		{"filter", `"colour" is no field: choose one of actor, `, search.Request{Filters: []search.Filter{{Field: "colour"}}}},
		{"filter", `"year" is filtered twice`, search.Request{Filters: []search.Filter{{Field: "year"}, {Field: "year"}}}},
		{"facets", `"statement" is no facet`, search.Request{Facets: []string{"statement"}}},
		{"facets", `"lang" is asked for twice`, search.Request{Facets: []string{"lang", "lang"}}},
		{"from", `"2021-13" is not a date of the calendar`, search.Request{From: "2021-13"}},
		{"to", `"soon" is not a date`, search.Request{To: "soon"}},
		{"from", "2022 is after 2021-12", search.Request{From: "2022", To: "2021-12"}},
	} {
		err := tt.request.Validate()
		var invalid *search.InvalidError
		if !errors.As(err, &invalid) || invalid.Field != tt.field || !strings.Contains(invalid.Detail, tt.says) {
			t.Errorf("%+v: got %v, want %s: …%s…", tt.request, err, tt.field, tt.says)
		}
	}
}

func TestOrder(t *testing.T) {
	word := query.Word{Text: "norms"}
	for _, tt := range []struct {
		request search.Request
		want    search.Sort
	}{
		{search.Request{}, search.Newest},
		{search.Request{Sort: search.Relevance}, search.Newest},
		{search.Request{Sort: search.Oldest}, search.Oldest},
		{search.Request{Query: word}, search.Relevance},
		{search.Request{Query: word, Sort: search.Newest}, search.Newest},
	} {
		if got := tt.request.Order(); got != tt.want {
			t.Errorf("%+v: got %s, want %s", tt.request, got, tt.want)
		}
	}
}

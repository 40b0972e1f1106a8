package enginetest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"demarche/search"
	"demarche/search/sample"
)

// variety are queries of every kind, the empty one included.
var variety = []string{
	"", "cyberspace", "responsible state behaviour", `"of the"`, "attribut*", "NATO OR Russie",
	"-alliance", "actor:nato", "les États", "ответственность", "nothingofthekind",
}

// same compares what does not depend on an engine.
var same = cmp.Options{
	cmpopts.EquateEmpty(),
	cmpopts.IgnoreFields(search.Hit{}, "Score"),
	cmpopts.IgnoreFields(search.Result{}, "Next"),
}

func statements(t *testing.T, e search.Engine) {
	for _, want := range sample.Statements() {
		got, err := e.Statement(t.Context(), want.ID)
		if err != nil {
			t.Errorf("%s: %v", want.ID, err)
			continue
		}
		if d := cmp.Diff(&want, got, same); d != "" {
			t.Errorf("%s: -given +returned\n%s", want.ID, d)
		}
	}
	for _, id := range []string{"", "no-such-statement", "harbour-2021-03-04.en.1"} {
		if _, err := e.Statement(t.Context(), id); !errors.Is(err, search.ErrNotFound) {
			t.Errorf("statement %q: got %v, want ErrNotFound", id, err)
		}
	}
}

func paragraphs(t *testing.T, e search.Engine) {
	everything := allHits(t, e, search.Request{Size: search.MaxSize})
	for _, want := range everything {
		got, err := e.Paragraph(t.Context(), want.Paragraph.ID)
		if err != nil {
			t.Errorf("%s: %v", want.Paragraph.ID, err)
			continue
		}
		if d := cmp.Diff(&want, got, same); d != "" {
			t.Errorf("%s: -hit +paragraph\n%s", want.Paragraph.ID, d)
		}
		if got.Score != 0 {
			t.Errorf("%s: a paragraph that nobody searched has the score %v", want.Paragraph.ID, got.Score)
		}
	}
	for _, id := range []string{"", "no-such-paragraph", "harbour-2021-03-04", "harbour-2021-03-04.en.99"} {
		if _, err := e.Paragraph(t.Context(), id); !errors.Is(err, search.ErrNotFound) {
			t.Errorf("paragraph %q: got %v, want ErrNotFound", id, err)
		}
	}
}

func info(t *testing.T, e search.Engine) {
	var want search.Info
	for _, s := range sample.Statements() {
		want.Statements++
		want.Versions += len(s.Versions)
		for _, v := range s.Versions {
			want.Paragraphs += len(v.Paragraphs)
		}
	}
	got := e.Info()
	if got.Generation == "" {
		t.Error("there is no generation")
	}
	if got != e.Info() {
		t.Errorf("info changes: %+v, then %+v", got, e.Info())
	}
	got.Generation = ""
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// hits checks what holds for the hits of any search against the statements
// they are from.
func hits(t *testing.T, e search.Engine) {
	want := map[string]search.Hit{}
	for _, s := range sample.Statements() {
		for i := range s.Versions {
			v := &s.Versions[i]
			for j := range v.Paragraphs {
				p := &v.Paragraphs[j]
				want[p.ID] = search.Hit{Paragraph: *p, Lang: v.Lang, Statement: s.Header(v), Versions: s.Siblings(v, p)}
			}
		}
	}
	for _, q := range variety {
		for _, h := range allHits(t, e, search.Request{Query: node(t, q), Size: search.MaxSize}) {
			if d := cmp.Diff(want[h.Paragraph.ID], h, same, cmpopts.IgnoreFields(search.Hit{}, "Highlights", "Reasons")); d != "" {
				t.Errorf("%s: %s: -given +returned\n%s", q, h.Paragraph.ID, d)
			}
			checkSpans(t, q, h)
		}
	}
}

func checkSpans(t *testing.T, q string, h search.Hit) {
	end := 0
	for _, s := range h.Highlights {
		if s.Start < end || s.End <= s.Start || s.End > len(h.Paragraph.Text) {
			t.Errorf("%s: %s: the highlights %v are not sorted spans of the text", q, h.Paragraph.ID, h.Highlights)
			return
		}
		end = s.End
	}
}

// pages checks that any page size gives the same hits in the same order, each
// once.
func pages(t *testing.T, e search.Engine) {
	for _, q := range variety {
		for _, sort := range []search.Sort{"", search.Relevance, search.Newest, search.Oldest} {
			r := search.Request{Query: node(t, q), Sort: sort, Size: search.MaxSize}
			whole := answer(t, e, r)
			if whole.Total.Paragraphs != len(whole.Hits) || whole.Next != nil {
				t.Errorf("%s: %d hits of %d, next %v", describe(r), len(whole.Hits), whole.Total.Paragraphs, whole.Next)
			}
			checkOrder(t, r, whole.Hits)
			for _, size := range []int{1, 3, 7} {
				r.Size = size
				if d := cmp.Diff(whole.Hits, allHits(t, e, r), cmpopts.EquateEmpty()); d != "" {
					t.Errorf("%s: -one page +pages\n%s", describe(r), d)
				}
			}
		}
	}
}

func checkOrder(t *testing.T, r search.Request, hits []search.Hit) {
	inOrder := func(a, b *search.Hit) bool {
		switch r.Order() {
		case search.Newest:
			return a.Place().CompareNewest(b.Place()) < 0
		case search.Oldest:
			return a.Place().CompareOldest(b.Place()) < 0
		}
		return a.Score > b.Score || a.Score == b.Score && a.Place().CompareNewest(b.Place()) < 0
	}
	for i := 1; i < len(hits); i++ {
		if !inOrder(&hits[i-1], &hits[i]) {
			t.Errorf("%s: %s (%v) stands before %s (%v)", describe(r),
				hits[i-1].Paragraph.ID, hits[i-1].Score, hits[i].Paragraph.ID, hits[i].Score)
		}
	}
}

func countsOnly(t *testing.T, e search.Engine) {
	for _, q := range variety {
		r := search.Request{Query: node(t, q), Facets: search.Facets}
		none := answer(t, e, r)
		if len(none.Hits) > 0 || none.Next != nil {
			t.Errorf("%s: size 0 gives %d hits, next %v", q, len(none.Hits), none.Next)
		}
		r.Size = search.MaxSize
		some := answer(t, e, r)
		some.Hits = nil
		if d := cmp.Diff(some, none, same); d != "" {
			t.Errorf("%s: -size 100 +size 0\n%s", q, d)
		}
	}
}

func refusals(t *testing.T, e search.Engine) {
	for _, tt := range []struct {
		field   string
		request search.Request
	}{
		{"size", search.Request{Size: -5}},
		{"size", search.Request{Size: search.MaxSize + 1}},
		{"sort", search.Request{Sort: "random"}},
		{"filter", search.Request{Filters: []search.Filter{{Field: "colour", Include: []string{"red"}}}}},
		{"filter", search.Request{Filters: []search.Filter{{Field: "lang"}, {Field: "lang"}}}},
		{"facets", search.Request{Facets: []string{"statement"}}},
		{"facets", search.Request{Facets: []string{"year", "year"}}},
		{"from", search.Request{From: "2021-13"}},
		{"to", search.Request{To: "yesterday"}},
		{"from", search.Request{From: "2022", To: "2021"}},
		{"without", search.Request{Without: []string{"luck"}}},
		{"cursor", search.Request{Size: 1, After: &search.Cursor{ID: "no-such-paragraph"}}},
	} {
		_, err := e.Search(t.Context(), tt.request)
		var invalid *search.InvalidError
		if !errors.As(err, &invalid) {
			t.Errorf("%+v: got %v, want an InvalidError", tt.request, err)
			continue
		}
		if invalid.Field != tt.field || invalid.Detail == "" {
			t.Errorf("%+v: the error is about %q (%s), want %q", tt.request, invalid.Field, invalid.Detail, tt.field)
		}
	}
}

// withoutReasons checks that no hit has a reason that a request is without, and that
// each reason finds something that is not found without it.
func withoutReasons(t *testing.T, e search.Engine) {
	for reason, q := range map[string]string{
		search.ReasonExact:      "behaviour",
		search.ReasonInflection: "attribution",
		search.ReasonSpelling:   "behaviours",
		search.ReasonNear:       `"state norms"~3`,
		search.ReasonPrefix:     "attribut*",
	} {
		r := search.Request{Query: node(t, q), Size: search.MaxSize}
		all := answer(t, e, r)
		r.Without = []string{reason}
		some := answer(t, e, r)
		if some.Total.Paragraphs >= all.Total.Paragraphs {
			t.Errorf("%s: %d paragraphs, without %s %d", q, all.Total.Paragraphs, reason, some.Total.Paragraphs)
		}
		for _, h := range some.Hits {
			if slices.Contains(h.Reasons, reason) {
				t.Errorf("%s without %s: %s has the reasons %v", q, reason, h.Paragraph.ID, h.Reasons)
			}
		}
	}
}

// similar checks what is spelled like a word that no text has, by language.
func similar(t *testing.T, e search.Engine) {
	for word, want := range map[string]string{
		"behavoiur":        "en behaviour",
		"atribute":         "en attribute; en attributed",
		"comportment":      "fr comportement; fr comportements",
		"Киберпространтво": "ru киберпространство; ru киберпространства; ru киберпространстве",
		"cyberspac":        "en cyberspace; fr cyberespace; und cyberspace",
		"nato":             "",
		"xyz":              "",
		"qqqqqqqq":         "",
		"":                 "",
	} {
		found, err := e.Similar(t.Context(), word)
		if err != nil {
			t.Errorf("%s: %v", word, err)
		}
		var got []string
		for _, f := range found {
			got = append(got, f.Lang+" "+f.Text)
			if f.Paragraphs < 1 {
				t.Errorf("%s: %s is in %d paragraphs", word, f.Text, f.Paragraphs)
			}
		}
		if d := cmp.Diff(want, strings.Join(got, "; ")); d != "" {
			t.Errorf("%s: -want +got\n%s", word, d)
		}
	}
}

func canceled(t *testing.T, e search.Engine) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, q := range variety {
		if _, err := e.Search(ctx, search.Request{Query: node(t, q), Size: 10}); !errors.Is(err, context.Canceled) {
			t.Errorf("search %q: got %v, want context.Canceled", q, err)
		}
	}
	if _, err := e.Statement(ctx, "harbour-2021-03-04"); !errors.Is(err, context.Canceled) {
		t.Errorf("statement: got %v, want context.Canceled", err)
	}
	if _, err := e.Paragraph(ctx, "harbour-2021-03-04.en.1"); !errors.Is(err, context.Canceled) {
		t.Errorf("paragraph: got %v, want context.Canceled", err)
	}
}

// together checks that searches at the same time answer as they do alone. It
// is for the race detector too.
func together(t *testing.T, e search.Engine) {
	var wg sync.WaitGroup
	for _, q := range variety {
		r := search.Request{Query: node(t, q), Size: search.MaxSize, Facets: search.Facets}
		alone := answer(t, e, r)
		for range 4 {
			wg.Go(func() {
				got, err := e.Search(t.Context(), r)
				if err != nil {
					t.Errorf("%s: %v", q, err)
				} else if d := cmp.Diff(alone, got, cmpopts.EquateEmpty()); d != "" {
					t.Errorf("%s: -alone +together\n%s", q, d)
				}
			})
		}
	}
	wg.Wait()
}

func empty(t *testing.T, e search.Engine) {
	for _, q := range variety {
		got := answer(t, e, search.Request{Query: node(t, q), Size: 10, Facets: search.Facets})
		want := &search.Result{Equivalents: got.Equivalents}
		for _, f := range search.Facets {
			want.Facets = append(want.Facets, search.Facet{Field: f})
		}
		if d := cmp.Diff(want, got, same); d != "" {
			t.Errorf("%q in an empty engine: -want +got\n%s", q, d)
		}
	}
}

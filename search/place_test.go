package search_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/search"
)

func TestPlaces(t *testing.T) {
	newest := []search.Place{
		{"2024-02-29", "b", "en", 1},
		{"2021-07-19", "a", "en", 1},
		{"2021-07-19", "a", "en", 2},
		{"2021-07-19", "a", "fr", 1},
		{"2021-07-19", "a", "ru", 1},
		{"2021-07-19", "a", "de", 1},
		{"2021-07-19", "a", "und", 1},
		{"2021-07-19", "b", "en", 1},
		{"2021-07", "a", "en", 1},
		{"2021", "a", "en", 1},
		{"2020-12-31", "a", "en", 1},
		{"", "a", "en", 1},
		{"", "b", "en", 1},
	}
	oldest := []search.Place{newest[10], newest[9], newest[8], newest[1], newest[2], newest[3], newest[4], newest[5], newest[6], newest[7], newest[0], newest[11], newest[12]}
	for name, tt := range map[string]struct {
		want    []search.Place
		compare func(p, q search.Place) int
	}{
		"newest": {newest, search.Place.CompareNewest},
		"oldest": {oldest, search.Place.CompareOldest},
	} {
		got := slices.Clone(tt.want)
		rand.New(rand.NewPCG(1, 1)).Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		slices.SortFunc(got, tt.compare)
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s: -want +got\n%s", name, d)
		}
	}
}

func TestHitPlace(t *testing.T) {
	h := search.Hit{Lang: "fr", Statement: search.Header{ID: "s", Date: "2021"}, Paragraph: search.Paragraph{Position: 3}}
	if got, want := h.Place(), (search.Place{Date: "2021", Statement: "s", Lang: "fr", Position: 3}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

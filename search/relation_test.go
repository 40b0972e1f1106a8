package search_test

import (
	"slices"
	"testing"

	"demarche/search"
)

func TestRelationsReadBack(t *testing.T) {
	for _, value := range []string{"US:RU", "nato:apt28", "unknown:KP:denied", "paris-call:CN:own"} {
		r, ok := search.ParseRelation(value)
		if !ok || r.String() != value {
			t.Errorf("%s: %+v, %v", value, r, ok)
		}
	}
	for _, value := range []string{"", "unknown", "US", ":RU", "US:", "US:RU:", "US:RU:own:x"} {
		if r, ok := search.ParseRelation(value); ok {
			t.Errorf("%q is read as %+v", value, r)
		}
	}
}

func TestRelationKnowsStates(t *testing.T) {
	for value, want := range map[string]bool{"US:RU": true, "US:apt28": false, "nato:CN:own": true} {
		if r, _ := search.ParseRelation(value); r.OfState() != want {
			t.Errorf("%s: of a state is %v", value, !want)
		}
	}
}

// TestRelationsAreThoseOfEachWording holds that nobody speaks in the own name, names a
// group or is contradicted because another wording says so.
func TestRelationsAreThoseOfEachWording(t *testing.T) {
	a := search.Attribution{
		State: "RU", By: []string{"nato", "CZ"}, Groups: []string{"gru"}, Stance: search.StanceOwn,
		Assertions: []search.Assertion{
			{By: []string{"nato"}, Stance: search.StanceOwn},
			{By: []string{"CZ"}, Groups: []string{"gru"}, Stance: search.StanceReported},
			{By: []string{"nato"}, Stance: search.StanceOwn},
			{Stance: search.StanceDenied},
		},
	}
	for _, test := range []struct {
		name string
		of   search.Attribution
		want []string
	}{
		{"several wordings", a, []string{"nato:RU:own", "nato:RU", "CZ:RU:reported", "CZ:RU", "CZ:gru:reported", "CZ:gru", "unknown:RU:denied"}},
		{"no wording kept", search.Attribution{State: "KP", Stance: search.StanceReported}, []string{"unknown:KP:reported", "unknown:KP"}},
	} {
		var got []string
		for _, r := range test.of.Relations() {
			got = append(got, r.String())
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

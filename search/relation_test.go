package search_test

import (
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

package search

import (
	"slices"
	"strings"
)

// A Relation is who holds whom responsible, one pair of an attribution. Its text
// is a value of the field "attribution": "US:RU" for the pair in the stances own
// and reported, "US:RU:own" for one stance.
//
// The fields attributed_by and attributed_state tell of a paragraph which parties
// and which states occur in it, not which of them belong together; this one does.
type Relation struct {
	// By is the attributing party, [NoValue] where it is not known.
	By string
	// Whom is the attributed state or a threat group named with it: states are
	// written in capitals, groups are not.
	Whom string
	// Stance is "" for own and reported alike. What is only denied is in no pair
	// without a stance.
	Stance Stance
}

// String writes r as a value of the field.
func (r Relation) String() string {
	text := r.By + ":" + r.Whom
	if r.Stance != "" {
		text += ":" + string(r.Stance)
	}
	return text
}

// ParseRelation reads what String writes; ok is false for anything else.
func ParseRelation(value string) (r Relation, ok bool) {
	parts := strings.Split(value, ":")
	if len(parts) < 2 || len(parts) > 3 || parts[0] == "" || parts[1] == "" {
		return Relation{}, false
	}
	r = Relation{By: parts[0], Whom: parts[1]}
	if len(parts) == 3 {
		r.Stance = Stance(parts[2])
	}
	return r, r.Stance != "" || len(parts) == 2
}

// OfState reports whether the relation is to a state, not to a group.
func (r Relation) OfState() bool { return strings.ToUpper(r.Whom) == r.Whom }

// Relations are the pairs of an attribution, each once: of every wording its parties
// with the state and with the groups it names, in its stance and, unless it denies,
// without. So a party whose attribution the speaker only reports does not speak in
// its own name because the speaker does, and what one wording denies is kept beside
// what another attributes.
func (a Attribution) Relations() []Relation {
	var all []Relation
	put := func(r Relation) {
		if !slices.Contains(all, r) {
			all = append(all, r)
		}
	}
	for _, w := range a.wordings() {
		for _, by := range w.parties() {
			for _, whom := range append([]string{a.State}, w.Groups...) {
				put(Relation{by, whom, w.Stance})
				if w.Stance != StanceDenied {
					put(Relation{By: by, Whom: whom})
				}
			}
		}
	}
	return all
}

// wordings are the assertions, or the attribution as one where none is kept.
func (a Attribution) wordings() []Assertion {
	if len(a.Assertions) > 0 {
		return a.Assertions
	}
	return []Assertion{{By: a.By, Groups: a.Groups, Stance: a.Stance, Strength: a.Strength, Evidence: a.Evidence}}
}

func (b Assertion) parties() []string {
	if len(b.By) == 0 {
		return []string{NoValue}
	}
	return b.By
}

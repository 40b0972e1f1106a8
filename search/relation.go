package search

import "strings"

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
	// Stance is "" for own and reported alike. A denied accusation is in no pair
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

// Relations are the pairs of an attribution: every party with the state and with
// each group, with the stance and, unless it denies, without.
func (a Attribution) Relations() []Relation {
	parties := a.By
	if len(parties) == 0 {
		parties = []string{NoValue}
	}
	var all []Relation
	for _, by := range parties {
		for _, whom := range append([]string{a.State}, a.Groups...) {
			all = append(all, Relation{by, whom, a.Stance})
			if a.Attributes() {
				all = append(all, Relation{By: by, Whom: whom})
			}
		}
	}
	return all
}

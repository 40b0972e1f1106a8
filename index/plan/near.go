package plan

import "slices"

// spot is a position at which a slot holds.
type spot struct{ position, slot int }

// standNear reports whether s, in any order, holds anywhere. It is known for slots of
// single words no two of which are at one place, which is what the words of most
// queries are: then the shortest windows, each from the last places of all slots to the
// present one, decide, and no sets of slots have to be looked at as in [Windows].
func standNear(s Sequence, at func(Term) []int) (holds, known bool) {
	spots, known := spotsOf(s, at)
	if !known || spots == nil {
		return false, known
	}
	skip := skipped{term: s.Skip, at: at}
	last := make([]int, len(s.Slots))
	for i := range last {
		last[i] = -1
	}
	for _, spot := range spots {
		last[spot.slot] = spot.position
		start := slices.Min(last)
		if start < 0 {
			continue
		}
		others := spot.position + 1 - start - len(s.Slots)
		for p := start; others > s.Slack && p < spot.position; p++ {
			if len(s.Skip.Texts) == 0 {
				break
			}
			if skip.has(p) {
				others--
			}
		}
		if others <= s.Slack {
			return true, true
		}
	}
	return false, true
}

// spotsOf are the sorted spots of the slots of s; none where a slot has none.
func spotsOf(s Sequence, at func(Term) []int) (spots []spot, known bool) {
	for _, slot := range s.Slots {
		if len(slot.Alternatives) != 1 || len(slot.Alternatives[0]) != 1 {
			return nil, false
		}
		if t := slot.Alternatives[0][0]; len(t.Texts) == 0 || mayHoldWith(t, s.Skip) {
			return nil, false
		}
	}
	for i, slot := range s.Slots {
		positions := at(slot.Alternatives[0][0])
		if len(positions) == 0 {
			return nil, true
		}
		for _, p := range positions {
			spots = append(spots, spot{p, i})
		}
	}
	slices.SortFunc(spots, func(a, b spot) int { return a.position - b.position })
	for i := range spots[1:] {
		if spots[i].position == spots[i+1].position {
			return nil, false
		}
	}
	return spots, true
}

package align

import (
	"cmp"
	"slices"

	"demarche/search"
)

// cluster is what is known to be one statement: items that share a file, a
// declared key or a text, and later those found to be versions of it.
type cluster struct {
	items []*item
	// into is the cluster that has taken in this one; nil for one that stands.
	into *cluster
}

func (c *cluster) root() *cluster {
	for c.into != nil {
		c = c.into
	}
	return c
}

func merge(a, b *cluster) {
	if a, b = a.root(), b.root(); a != b {
		a.items = append(a.items, b.items...)
		b.items, b.into = nil, a
	}
}

// clusters joins items by what leaves no doubt: one file, one declared key,
// one text.
func clusters(all []*item, pairs []same) map[*item]*cluster {
	of := map[*item]*cluster{}
	files, keys := map[string]*cluster{}, map[string]*cluster{}
	for _, it := range all {
		of[it] = &cluster{items: []*item{it}}
		if c := files[it.file]; c != nil {
			merge(c, of[it])
		}
		files[it.file] = of[it]
		if key := it.notes.Statement; key != "" {
			if c := keys[key]; c != nil {
				merge(c, of[it])
			}
			keys[key] = of[it]
		}
	}
	for _, p := range pairs {
		if a, b := of[p.a].root(), of[p.b].root(); !anyApart(a, b) {
			merge(a, b)
		}
	}
	return of
}

// anyApart reports whether the metadata keeps two clusters apart.
func anyApart(a, b *cluster) bool {
	return slices.ContainsFunc(a.items, func(x *item) bool {
		return slices.ContainsFunc(b.items, func(y *item) bool { return declaredApart(x, y) })
	})
}

// Two versions are taken for one statement from this likeness on, see
// [likenessOf]: on the parallel texts that were measured, versions of one
// statement are above 0.45 and others below 0.3.
const sameStatement = 0.38

// candidate is a pair of items in two languages that may be one statement.
type candidate struct {
	a, b  *item
	score float64
}

// joinLanguages merges the clusters that hold versions of one statement, the
// likeliest first. Two clusters that both hold a language are two statements.
func joinLanguages(all []*item, of map[*item]*cluster) {
	var found []candidate
	for _, c := range translations(all, of) {
		if c.score = likenessOf(c.a, c.b); c.score >= sameStatement {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(x, y candidate) int { return cmp.Compare(y.score, x.score) })
	for _, c := range found {
		if a, b := of[c.a].root(), of[c.b].root(); a != b && mayJoin(a, b) {
			merge(a, b)
		}
	}
}

// mayJoin reports whether nothing says that two clusters are two statements.
func mayJoin(a, b *cluster) bool {
	for _, x := range a.items {
		for _, y := range b.items {
			if x.lang == y.lang || declaredApart(x, y) || datesApart(x.notes.Date, y.notes.Date) {
				return false
			}
		}
	}
	return true
}

// translations pairs each item with the few in other languages that share most
// of its telling anchors. Anchors that very many items have are passed over, so
// that time is near linear in the texts.
func translations(all []*item, of map[*item]*cluster) []candidate {
	const (
		common = 64 // holders of an anchor that tells nothing
		tried  = 8  // candidates of an item
	)
	holders := map[string][]int{}
	for i, it := range all {
		for a := range it.whole {
			holders[a] = append(holders[a], i)
		}
	}
	var out []candidate
	for i, it := range all {
		scores := map[int]float64{}
		for a, n := range it.whole {
			if len(holders[a]) > common {
				continue
			}
			for _, j := range holders[a] {
				if other := all[j]; j < i && other.lang != it.lang && of[other].root() != of[it].root() {
					scores[j] += weight(a) * float64(min(n, other.whole[a])) / float64(len(holders[a]))
				}
			}
		}
		for _, j := range best(scores, tried) {
			out = append(out, candidate{a: all[j], b: it})
		}
	}
	return out
}

// best are the keys of the n highest scores, in order.
func best(scores map[int]float64, n int) []int {
	keys := make([]int, 0, len(scores))
	for k := range scores {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b))
	})
	return keys[:min(n, len(keys))]
}

// likenessOf says how likely two items in different languages are versions of
// one statement, 0 to 1: by the anchors that paragraphs taken for the same
// share, by how many paragraphs have one counterpart of fitting length, and by
// what is known of date and issuers.
func likenessOf(a, b *item) float64 {
	if shared, all := overlap(a.whole, b.whole); shared < leastAnchors*all || !within(float64(a.total), float64(b.total), 2) {
		return 0
	}
	beads := pair(a, b)
	score := anchorShare*alignedAnchors(a, b, beads) + (1-anchorShare)*shape(a, b, beads)
	if a.notes.Date != "" && a.notes.Date == b.notes.Date {
		score += sameDate
	}
	if len(a.notes.Actors) > 0 && len(b.notes.Actors) > 0 && !sharedActor(a, b) {
		score -= otherActors
	}
	return score
}

// Weights of likenessOf. Shape alone must not reach sameStatement: short texts
// often have the same number of paragraphs.
const (
	anchorShare = 0.7
	sameDate    = 0.1
	otherActors = 0.15
	// leastAnchors is the share of anchors without which nothing else is looked
	// at: versions of one statement have twice as many.
	leastAnchors = 0.12
)

func sharedActor(a, b *item) bool {
	return slices.ContainsFunc(a.notes.Actors, func(x search.Actor) bool {
		return slices.ContainsFunc(b.notes.Actors, func(y search.Actor) bool { return x.ID == y.ID })
	})
}

// alignedAnchors is the share of anchors that stand in both paragraphs of a
// bead.
func alignedAnchors(a, b *item, beads []bead) float64 {
	shared, all := 0.0, 0.0
	for _, d := range beads {
		s, n := overlap(join(a.anchors[d.from[0]:d.from[1]]), join(b.anchors[d.to[0]:d.to[1]]))
		shared, all = shared+s, all+n
	}
	return shared / max(all, 1)
}

// shape is the share of the text that stands in paragraphs with one
// counterpart of fitting length. Few paragraphs tell less than many.
func shape(a, b *item, beads []bead) float64 {
	if a.total == 0 || b.total == 0 {
		return 0
	}
	ratio := float64(b.total) / float64(a.total)
	fitting, certain := 0, float64(len(beads))/float64(len(beads)+1)
	for _, d := range beads {
		if d.from[1]-d.from[0] != 1 || d.to[1]-d.to[0] != 1 {
			continue
		}
		la, lb := a.chars[d.from[0]], b.chars[d.to[0]]
		if within(float64(lb), float64(la)*ratio, 1.3) {
			fitting += la + lb
		}
	}
	return certain * float64(fitting) / float64(a.total+b.total)
}

// within reports whether two lengths differ by no more than a factor.
func within(a, b, factor float64) bool { return max(a, b) <= factor*min(a, b) }

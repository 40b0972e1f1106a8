package align

import (
	"cmp"
	"context"
	"slices"
)

// candidate is a pair of items in two languages that may be one statement.
type candidate struct {
	a, b  *item
	score float64
}

// Limits that keep the search for candidates near linear in the texts.
const (
	// A sign that more items have tells nothing.
	common = 64
	// Of those that share most signs, so many are tried.
	tried = 8
	// Pairs of anchors that are signs of an item: those of the lowest hash.
	pairsKept = 128
	// Anchors of a paragraph that are paired: of the kinds that tell most, then
	// of the lowest hash.
	pairedKept = 14
)

// translations pairs each item with the few in other languages that share most
// of its telling signs: anchors, pairs of anchors that stand in one paragraph,
// and the date. Among thousands of statements of a kind every single name and
// number is common, but two of them together seldom are. Pairs are sampled by
// the lowest hashes, as in MinHash (Broder 1997), so that versions sample alike.
func translations(ctx context.Context, heads []*item) ([]candidate, error) {
	signs := make([][]uint64, len(heads))
	holders := map[uint64][]int{}
	for i, it := range heads {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		signs[i] = signsOf(it)
		for _, s := range signs[i] {
			if len(holders[s]) <= common {
				holders[s] = append(holders[s], i)
			}
		}
	}
	var out []candidate
	for i, it := range heads {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		scores := map[int]float64{}
		for _, s := range signs[i] {
			sharing := holders[s]
			if len(sharing) > common {
				continue
			}
			for _, j := range sharing {
				if j < i && heads[j].lang != it.lang {
					scores[j] += 1 / float64(len(sharing))
				}
			}
		}
		for _, j := range best(scores, tried) {
			out = append(out, candidate{a: heads[j], b: it})
		}
	}
	return out, nil
}

// signsOf are the hashes of what an item is found by, each once.
func signsOf(it *item) []uint64 {
	var pairs []uint64
	for _, b := range it.anchors {
		some := telling(b)
		for x, a := range some {
			for _, c := range some[x+1:] {
				pairs = append(pairs, mix(uint64(a)<<32|uint64(c)))
			}
		}
	}
	slices.Sort(pairs)
	pairs = slices.Compact(pairs)
	out := pairs[:min(len(pairs), pairsKept)]
	for _, t := range it.whole {
		out = append(out, uint64(t.anchor))
	}
	if it.notes.Date != "" {
		out = append(out, mix(hash(string(it.notes.Date))))
	}
	slices.Sort(out)
	return slices.Clip(slices.Compact(out))
}

// telling are the anchors of a paragraph that are paired, in order.
func telling(b bag) []anchor {
	out := make([]anchor, 0, len(b))
	for _, t := range b {
		out = append(out, t.anchor)
	}
	slices.SortFunc(out, func(x, y anchor) int { return cmp.Or(cmp.Compare(x.kind(), y.kind()), cmp.Compare(x, y)) })
	out = out[:min(len(out), pairedKept)]
	slices.Sort(out)
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

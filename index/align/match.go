package align

import (
	"cmp"
	"context"
	"slices"
)

// cluster is what is known to be one statement: items that share a file, a
// declared key or a text, and later those found to be versions of it.
type cluster struct {
	items  []*item
	langs  map[string]bool
	voices voices
	// into is the cluster that has taken in this one; nil for one that stands.
	into *cluster
}

func newCluster(it *item) *cluster {
	return &cluster{items: []*item{it}, langs: map[string]bool{it.lang: true}, voices: voices{it}}
}

func (c *cluster) root() *cluster {
	for c.into != nil {
		if c.into.into != nil {
			c.into = c.into.into
		}
		c = c.into
	}
	return c
}

// merge joins two clusters, the smaller to the larger.
func merge(a, b *cluster) {
	a, b = a.root(), b.root()
	if a == b {
		return
	}
	if len(a.items) < len(b.items) {
		a, b = b, a
	}
	a.items = append(a.items, b.items...)
	for lang := range b.langs {
		a.langs[lang] = true
	}
	for _, it := range b.voices {
		a.voices = a.voices.with(it)
	}
	b.items, b.langs, b.voices, b.into = nil, nil, nil, a
}

// clusters joins items by what leaves no doubt: one file, one declared key,
// one text.
func clusters(all []*item) map[*item]*cluster {
	of := make(map[*item]*cluster, len(all))
	files, keys := map[string]*cluster{}, map[string]*cluster{}
	texts := map[*family]*cluster{}
	for _, it := range all {
		of[it] = newCluster(it)
		join := func(c *cluster) *cluster {
			if c != nil {
				merge(c, of[it])
			}
			return of[it].root()
		}
		files[it.file] = join(files[it.file])
		if key := it.notes.Statement; key != "" {
			keys[key] = join(keys[key])
		}
	}
	for _, it := range all {
		c := texts[it.family]
		if c == nil {
			texts[it.family] = of[it]
		} else if a, b := c.root(), of[it].root(); a != b && !a.voices.apart(b.voices) {
			merge(a, b)
		}
	}
	return of
}

// Two versions are taken for one statement from these likenesses on, see
// [likenessOf]. Languages of one script have more sounds in common, by chance
// too. decisions/0002-cognates.md has the measurements.
const (
	sameScript  = 0.32
	otherScript = 0.27
)

func leastLikeness(a, b *item) float64 {
	if oneScript(a, b) {
		return sameScript
	}
	return otherScript
}

// leastAligned is the share of anchors in paragraphs taken for the same without
// which shape says nothing: true versions of three paragraphs and more have more.
func leastAligned(a, b *item) float64 {
	if oneScript(a, b) {
		return 0.1
	}
	return 0.04
}

func oneScript(a, b *item) bool { return (a.lang == "ru") == (b.lang == "ru") }

// joinLanguages merges the clusters that hold versions of one statement, the
// likeliest first. Two clusters that both hold a language are two statements.
func joinLanguages(ctx context.Context, heads []*item, of map[*item]*cluster) error {
	tries, err := translations(ctx, heads)
	if err != nil {
		return err
	}
	var found []candidate
	for _, c := range tries {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !mayJoin(of[c.a].root(), of[c.b].root()) {
			continue
		}
		if c.score = likenessOf(c.a, c.b); c.score >= leastLikeness(c.a, c.b) {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(x, y candidate) int { return cmp.Compare(y.score, x.score) })
	for _, c := range found {
		if a, b := of[c.a].root(), of[c.b].root(); mayJoin(a, b) {
			merge(a, b)
		}
	}
	return nil
}

// mayJoin reports whether nothing says that two clusters are two statements, or
// one already.
func mayJoin(a, b *cluster) bool {
	for lang := range a.langs {
		if b.langs[lang] {
			return false
		}
	}
	return !a.voices.apart(b.voices)
}

// likenessOf says how likely two items in different languages are versions of
// one statement, 0 to 1: by the anchors that paragraphs taken for the same
// share, by how many of them are of fitting length, and by what is known of date
// and issuers.
func likenessOf(a, b *item) float64 {
	if shared, all := overlap(a.whole, b.whole); shared < leastAnchors*all || !within(float64(a.total), float64(b.total), 2) {
		return 0
	}
	if !agree(a, b) {
		return 0
	}
	beads := pair(a, b)
	aligned := alignedAnchors(a, b, beads)
	if aligned < leastAligned(a, b) {
		return 0
	}
	score := anchorShare*aligned + (1-anchorShare)*fit(a, b, beads)
	if a.notes.Date != "" && a.notes.Date == b.notes.Date {
		score += sameDate
	}
	if len(a.issuers) > 0 && len(b.issuers) > 0 && !intersect(a.issuers, b.issuers) {
		score -= otherActors
	}
	return score
}

// Weights of likenessOf. Shape alone must not reach
// the least likeness: short texts
// often have the same number of paragraphs.
const (
	anchorShare = 0.7
	sameDate    = 0.04
	otherActors = 0.15
	// leastAnchors is the share of anchors without which nothing else is looked
	// at: all versions measured have more.
	leastAnchors = 0.04
	// fewAnchors is the weight of anchors that are taken to be missing, so that
	// what few anchors say does not count for much.
	fewAnchors = 4
)

// agree reports whether few of the numbers and names of two versions stand
// against each other: notices of one form differ in little else, while of a
// translation one side at most has something of its own. A few in a long text
// are differences of writing. Of a long text paragraphs may be left out, while a
// short one is translated whole: it names more that both do than either alone,
// and is as long as texts are in its language.
func agree(a, b *item) bool {
	const (
		few    = 0.3
		short  = 3   // paragraphs at most
		longer = 1.4 // than expected, or shorter
	)
	shared, ofA, ofB := 0, 0, 0
	for _, t := range a.whole {
		switch {
		case t.anchor.kind() > aName:
		case b.whole.has(t.anchor):
			shared++
		default:
			ofA++
		}
	}
	for _, t := range b.whole {
		if t.anchor.kind() <= aName && !a.whole.has(t.anchor) {
			ofB++
		}
	}
	if min(len(a.chars), len(b.chars)) <= short && (max(ofA, ofB) > shared || !within(float64(a.total)*ratio(a, b), float64(b.total), longer)) {
		return false
	}
	return float64(min(ofA, ofB)) <= few*float64(shared)
}

// alignedAnchors is the share of anchors that stand in both paragraphs of a
// bead.
func alignedAnchors(a, b *item, beads []bead) float64 {
	shared, all := 0.0, 0.0
	for _, d := range beads {
		s, n := overlap(join(a.anchors[d.from[0]:d.from[1]]), join(b.anchors[d.to[0]:d.to[1]]))
		shared, all = shared+s, all+n
	}
	return shared / (all + fewAnchors)
}

// fit is the share of the text that stands in beads of fitting length, whether
// they have one paragraph on either side or more. Any two paragraphs may fit: one
// bead tells nothing, and few tell less than many.
func fit(a, b *item, beads []bead) float64 {
	if a.total == 0 || b.total == 0 {
		return 0
	}
	ratio := float64(b.total) / float64(a.total)
	matched, fitting := 0, 0
	for _, d := range beads {
		la, lb := sum(a.chars[d.from[0]:d.from[1]]), sum(b.chars[d.to[0]:d.to[1]])
		if la == 0 || lb == 0 {
			continue
		}
		matched++
		if within(float64(la)*ratio, float64(lb), 1.3) && d.tells(a, b) {
			fitting += la + lb
		}
	}
	n := float64(matched)
	return max(0, min((n-1)/2, n/(n+1))) * float64(fitting) / float64(a.total+b.total)
}

// tells reports whether it says something that the sides of a bead are of fitting
// length. Between languages of one script they must have an anchor in common, too,
// and be no list, since of many paragraphs some always fit. Between two scripts
// true versions have too few anchors for that.
func (d bead) tells(a, b *item) bool {
	if !oneScript(a, b) {
		return true
	}
	shared, _ := overlap(join(a.anchors[d.from[0]:d.from[1]]), join(b.anchors[d.to[0]:d.to[1]]))
	return shared > 0 && max(d.from[1]-d.from[0], d.to[1]-d.to[0]) < listLeast
}

func sum(lengths []int) (total int) {
	for _, n := range lengths {
		total += n
	}
	return total
}

// within reports whether two lengths differ by no more than a factor.
func within(a, b, factor float64) bool { return max(a, b) <= factor*min(a, b) }

package align

import (
	"cmp"
	"context"
	"slices"

	"demarche/search"
)

// Two versions in one language are the same text where their shingles are
// alike, or where one holds nearly all of the other and is not much longer;
// and where not each has a number or name of its own in place of the other's,
// which is all that tells notices of one form apart.
const (
	sameJaccard     = 0.8
	sameContainment = 0.9
	sameLength      = 0.6 // shorter to longer, in shingles
)

// family is a text and the items that hold it.
type family struct {
	// head is the longest of them; every other is like it.
	head   *item
	files  map[string]bool
	voices voices
}

func (f *family) take(it *item) {
	it.family = f
	f.files[it.file] = true
	f.voices = f.voices.with(it)
}

// admits reports whether nothing but the text keeps an item out of a family.
func (f *family) admits(it *item) bool {
	return f.head.lang == it.lang && !f.files[it.file] && !f.voices.apart(voices{it})
}

// voices are items that differ in key, date, issuers or title: what others must
// not contradict. There are few, however many items there are.
type voices []*item

func (v voices) with(it *item) voices {
	if slices.ContainsFunc(v, func(x *item) bool {
		return x.notes.Statement == it.notes.Statement && x.notes.Date == it.notes.Date && sameParties(x, it)
	}) {
		return v
	}
	return append(v, it)
}

// apart reports whether something known keeps items apart from others.
func (v voices) apart(others voices) bool {
	return slices.ContainsFunc(v, func(x *item) bool {
		return slices.ContainsFunc(others, func(y *item) bool { return apart(x, y) })
	})
}

// families gives every item the family of those that hold its text, and returns
// the heads of families in the order of the items.
//
// Equal texts are found by their digest. Others are compared only where they
// share sampled shingles that few texts have, and only with the heads of
// families, so time is near linear in the texts, however many copies there are.
func families(ctx context.Context, all []*item) ([]*item, error) {
	longest := slices.Clone(all)
	slices.SortStableFunc(longest, func(a, b *item) int { return cmp.Compare(len(b.shingles), len(a.shingles)) })
	equal := map[uint64][]*family{}
	heads := shelf{}
	for _, it := range longest {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f := familyOf(it, equal[it.digest], heads)
		if f == nil {
			f = &family{head: it, files: map[string]bool{}}
			equal[it.digest] = append(equal[it.digest], f)
			heads.put(f)
		}
		f.take(it)
	}
	return slices.DeleteFunc(slices.Clone(all), func(it *item) bool { return it.family.head != it }), nil
}

// familyOf finds the family that holds the text of an item, nil where none does.
func familyOf(it *item, equal []*family, heads shelf) *family {
	if len(it.shingles) == 0 {
		return nil
	}
	for _, f := range equal {
		if f.admits(it) && slices.Equal(f.head.shingles, it.shingles) {
			return f
		}
	}
	var found *family
	best := 0.0
	for _, f := range heads.near(it) {
		if !f.admits(it) {
			continue
		}
		if like, ok := sameText(f.head, it); ok && like > best {
			found, best = f, like
		}
	}
	return found
}

// shelf holds families by the sampled shingles of their heads.
type shelf map[uint32][]*family

func (s shelf) put(f *family) {
	for _, h := range sample(f.head.shingles) {
		if len(s[h]) <= formula {
			s[h] = append(s[h], f)
		}
	}
}

// A shingle that more families have is of a formula and leads to none; and of
// those that share most, so many are compared.
const (
	formula  = 50
	compared = 12
)

// near are the families whose heads share most of the sampled shingles of an
// item, the nearest first.
func (s shelf) near(it *item) []*family {
	shared := map[*family]int{}
	var out []*family
	for _, h := range sample(it.shingles) {
		if len(s[h]) > formula {
			continue
		}
		for _, f := range s[h] {
			if shared[f]++; shared[f] == 1 {
				out = append(out, f)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *family) int { return cmp.Compare(shared[b], shared[a]) })
	return out[:min(len(out), compared)]
}

// sameText reports whether the texts of two items in one language are the same,
// and how alike they are.
func sameText(a, b *item) (jaccard float64, ok bool) {
	jaccard, containment := likeness(a.shingles, b.shingles)
	length := float64(min(len(a.shingles), len(b.shingles))) / float64(max(len(a.shingles), len(b.shingles), 1))
	if jaccard < sameJaccard && (containment < sameContainment || length < sameLength) {
		return jaccard, false
	}
	if a.whole.exceeds(b.whole) && b.whole.exceeds(a.whole) {
		return jaccard, false
	}
	x, y := ledgerOf(a), ledgerOf(b)
	return jaccard, !x.tellsMore(y) || !y.tellsMore(x)
}

// apart reports whether two items cannot be of one statement by what is
// declared or known of them. A declared key joins what dates and issuers would
// keep apart.
func apart(a, b *item) bool {
	if a.notes.Statement != "" && b.notes.Statement != "" {
		return a.notes.Statement != b.notes.Statement
	}
	return datesApart(a.notes.Date, b.notes.Date) || issuersApart(a, b) || titlesApart(a, b)
}

// datesApart reports whether two known dates cannot be the same.
func datesApart(a, b search.Date) bool {
	return a != "" && b != "" && !a.Within(b, b)
}

// betterText orders items that hold the same text: first the one that more is
// declared or stated of, then the one with more text, then by name of the file.
func betterText(a, b *item) int {
	return cmp.Or(cmp.Compare(b.known(), a.known()), cmp.Compare(b.total, a.total), cmp.Compare(a.file, b.file))
}

// known weighs what is known of an item apart from its text.
func (it *item) known() int {
	n := 0
	for weight, p := range map[int]search.Provenance{4: it.notes.DateProvenance, 2: it.notes.TitleProvenance} {
		switch p {
		case search.Declared:
			n += 2 * weight
		case search.Stated:
			n += weight
		}
	}
	if it.notes.URL != "" {
		n++
	}
	return n
}

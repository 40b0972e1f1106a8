package align

import (
	"slices"

	"demarche/index/gazetteer"
	"demarche/index/source"
)

// introduce notes whom an item names and who issues it.
func (it *item) introduce() {
	for _, a := range it.notes.Actors {
		it.issuers = append(it.issuers, a.ID)
	}
	title := gazetteer.Settle([][]gazetteer.Match{it.names.Find(it.lang, it.notes.Title)})[0]
	for _, n := range title {
		if n.Kind != gazetteer.Group {
			it.titled = append(it.titled, n.ID)
		}
	}
	it.named = slices.Concat(it.issuers, it.titled)
	for _, p := range it.paragraphs {
		it.named = append(it.named, p.Mentions...)
	}
	for _, ids := range []*[]string{&it.issuers, &it.titled, &it.named} {
		slices.Sort(*ids)
		*ids = slices.Clip(slices.Compact(*ids))
	}
}

// sameParties reports whether two items have the same issuers and name the same
// in their titles.
func sameParties(a, b *item) bool {
	return slices.Equal(a.issuers, b.issuers) && slices.Equal(a.titled, b.titled) && a.declaresIssuers() == b.declaresIssuers()
}

// issuersApart reports whether two items are of different issuers: where each has
// one whom the other names nowhere, and where they have none in common. Versions in
// two languages may be read differently, though, where issuers are not declared; what
// several say together each of them publishes; and one may pass on what another says.
func issuersApart(a, b *item) bool {
	switch {
	case len(a.issuers) == 0 || len(b.issuers) == 0:
		return false
	case !contain(b.named, a.issuers) && !contain(a.named, b.issuers):
		return true
	case intersect(a.issuers, b.issuers):
		return false
	}
	return a.declaresIssuers() && b.declaresIssuers() ||
		a.lang == b.lang && !together(a, b) && a.passesOn(b.issuers) == b.passesOn(a.issuers)
}

// together reports whether two items are what their issuers say together: the same
// words, which name all of them, under titles that name none.
func together(a, b *item) bool {
	return a.digest == b.digest && contain(a.named, b.issuers) && contain(b.named, a.issuers) &&
		!intersect(a.titled, a.issuers) && !intersect(b.titled, b.issuers)
}

// passesOn reports whether an item is what one of some issuers says, at the address
// of somebody else: its title names that issuer, and not its own.
func (it *item) passesOn(issuers []string) bool {
	return intersect(it.titled, issuers) && !intersect(it.titled, it.issuers)
}

// titlesApart reports whether the title of either of two items names a state or
// body that the other names nowhere. What one title alone says more comes from
// the site it is from, as does what it takes from the text.
func titlesApart(a, b *item) bool {
	return !contain(b.named, a.titled) && !contain(a.named, b.titled)
}

// declaresIssuers reports whether the issuers of an item were declared as such,
// not read off a title or an address.
func (it *item) declaresIssuers() bool {
	return slices.ContainsFunc(it.draft.Document.Declared, func(d source.Declared) bool { return len(d.Actors) > 0 })
}

// intersect reports whether two sorted lists share anything.
func intersect(a, b []string) bool {
	return slices.ContainsFunc(a, func(id string) bool { return holds(b, id) })
}

// contain reports whether a sorted list has all that another has.
func contain(a, b []string) bool {
	return !slices.ContainsFunc(b, func(id string) bool { return !holds(a, id) })
}

func holds(sorted []string, id string) bool {
	_, ok := slices.BinarySearch(sorted, id)
	return ok
}

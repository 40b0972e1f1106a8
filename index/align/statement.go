package align

import (
	"cmp"
	"maps"
	"slices"

	"demarche/index/annotate"
	"demarche/index/gazetteer"
	"demarche/search"
)

// edition is one language version of a statement with all items that carry it.
type edition struct {
	lang string
	// texts are the items whose paragraphs make up the version, in order: one,
	// but where the metadata joins several files in one language.
	texts []*item
	// copies are the items that hold the same text as one of texts.
	copies []*item
}

func (e *edition) all() []*item { return slices.Concat(e.texts, e.copies) }

// assemble makes a statement of the items of a cluster, with no IDs yet.
func assemble(members []*item, g *gazetteer.Gazetteer) search.Statement {
	slices.SortFunc(members, func(a, b *item) int {
		return cmp.Or(cmp.Compare(langRank(a.lang), langRank(b.lang)), cmp.Compare(a.lang, b.lang), betterText(a, b))
	})
	editions, copied := split(members)
	s := search.Statement{Duplicates: copied, DateProvenance: search.Unknown, Actors: actors(members, g)}
	s.Date, s.DateProvenance, s.DateEvidence = date(members)
	for _, e := range editions {
		s.Versions = append(s.Versions, version(e, &s))
	}
	s.Kind = first(members, func(it *item) string { return it.notes.Kind })
	s.Title = first(members, func(it *item) string { return it.notes.Title })
	s.URL = first(members, func(it *item) string { return it.notes.URL })
	s.Sources = sources(members, &s)
	s.Repairs = repairs(members)
	passages(editions, &s)
	return s
}

// first is the first value of items, in their order, that is not empty.
func first(items []*item, value func(*item) string) string {
	for _, it := range items {
		if v := value(it); v != "" {
			return v
		}
	}
	return ""
}

// split sorts items, in order of languages and of preference, into editions,
// and says which files are duplicates of which.
func split(members []*item) ([]*edition, []search.Duplicate) {
	var editions []*edition
	var copied []search.Duplicate
	for _, it := range members {
		if len(editions) == 0 || editions[len(editions)-1].lang != it.lang {
			editions = append(editions, &edition{lang: it.lang})
		}
		e := editions[len(editions)-1]
		if of := e.textOf(it); of != nil {
			e.copies = append(e.copies, it)
			similarity, _ := likeness(of.shingles, it.shingles)
			copied = append(copied, search.Duplicate{File: it.file, Of: of.file, Lang: it.lang, Similarity: similarity})
			continue
		}
		e.texts = append(e.texts, it)
	}
	for _, e := range editions {
		slices.SortFunc(e.texts, func(a, b *item) int { return cmp.Compare(a.file, b.file) })
	}
	slices.SortFunc(copied, func(a, b search.Duplicate) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Lang, b.Lang))
	})
	return editions, copied
}

// textOf is the text of an edition that an item is a copy of, nil for none.
func (e *edition) textOf(it *item) *item {
	for _, t := range e.texts {
		if t.family == it.family {
			return t
		}
	}
	return nil
}

// version makes the version of an edition. Its paragraphs are copies, so that
// the drafts stay as they are.
func version(e *edition, s *search.Statement) search.Version {
	v := search.Version{Lang: e.lang, TitleProvenance: search.Unknown}
	var files []string
	for _, it := range e.all() {
		files = append(files, it.file)
		if v.Title == "" && it.notes.Title != "" {
			v.Title, v.TitleProvenance = it.notes.Title, it.notes.TitleProvenance
		}
		v.URL = cmp.Or(v.URL, it.notes.URL)
	}
	slices.Sort(files)
	v.Files = slices.Compact(files)
	v.Date, v.DateProvenance, _ = date(e.all())
	if v.Date == "" && s.Date != "" {
		v.Date, v.DateProvenance = s.Date, search.Aligned
	}
	for _, it := range e.texts {
		for _, p := range it.paragraphs {
			p.Position = len(v.Paragraphs) + 1
			p.Attributions = annotate.Resolve(p.Attributions, s.Actors)
			v.Paragraphs = append(v.Paragraphs, p)
		}
	}
	return v
}

// date is the best known date of items: a declared one before a stated one,
// then the one that most items give, then the most precise, then the earliest.
func date(items []*item) (search.Date, search.Provenance, search.Evidence) {
	type vote struct {
		it    *item
		count int
	}
	votes := map[search.Date]vote{}
	for _, it := range items {
		if it.notes.Date == "" {
			continue
		}
		v := votes[it.notes.Date]
		if v.it == nil || rank(it.notes.DateProvenance) < rank(v.it.notes.DateProvenance) ||
			rank(it.notes.DateProvenance) == rank(v.it.notes.DateProvenance) && it.file < v.it.file {
			v.it = it
		}
		v.count++
		votes[it.notes.Date] = v
	}
	dates := slices.SortedFunc(maps.Keys(votes), func(a, b search.Date) int {
		x, y := votes[a], votes[b]
		return cmp.Or(cmp.Compare(rank(x.it.notes.DateProvenance), rank(y.it.notes.DateProvenance)),
			cmp.Compare(y.count, x.count), cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	if len(dates) == 0 {
		return "", search.Unknown, search.Evidence{}
	}
	n := votes[dates[0]].it.notes
	return n.Date, n.DateProvenance, n.DateEvidence
}

// rank orders provenances, the most certain first.
func rank(p search.Provenance) int {
	return slices.Index([]search.Provenance{search.Declared, search.Stated, search.Aligned, search.Unknown, ""}, p)
}

// actors are the declared issuers where any are, else those that at least half
// of the items with any state, in the order in which most and the first name
// them. Who passes on what another says does not issue it.
func actors(items []*item, g *gazetteer.Gazetteer) []search.Actor {
	var found []search.Actor
	votes, voters := map[string]int{}, 0
	var issuers []string
	for _, it := range items {
		issuers = append(issuers, it.issuers...)
	}
	slices.Sort(issuers)
	for _, p := range []search.Provenance{search.Declared, search.Stated} {
		for _, it := range items {
			if len(it.notes.Actors) == 0 || it.notes.Actors[0].Provenance != p ||
				!it.declaresIssuers() && it.passesOn(issuers) {
				continue
			}
			voters++
			for _, a := range it.notes.Actors {
				if votes[a.ID]++; votes[a.ID] == 1 {
					a.Name = g.Name("en", a.ID)
					found = append(found, a)
				}
			}
		}
		if voters > 0 {
			break
		}
	}
	if len(found) > 0 && found[0].Provenance == search.Stated {
		found = slices.DeleteFunc(found, func(a search.Actor) bool { return 2*votes[a.ID] < voters })
	}
	slices.SortStableFunc(found, func(a, b search.Actor) int { return cmp.Compare(votes[b.ID], votes[a.ID]) })
	return found
}

// sources are the files of items, each once, with what is known of each.
func sources(items []*item, s *search.Statement) []search.Source {
	files := map[string][]*item{}
	for _, it := range items {
		files[it.file] = append(files[it.file], it)
	}
	var out []search.Source
	for _, file := range slices.Sorted(maps.Keys(files)) {
		source := files[file][0].draft.Document.Source
		source.Date, source.DateProvenance, _ = date(files[file])
		if source.Date == "" && s.Date != "" {
			source.Date, source.DateProvenance = s.Date, search.Aligned
		}
		source.URL = first(files[file], func(it *item) string { return it.notes.URL })
		out = append(out, source)
	}
	return out
}

// repairSteps is the order in which repairs are listed, see [search.Repair].
var repairSteps = []string{"mojibake", "ligature", "soft_hyphen", "line_hyphen", "nfc", "nbsp", "hard_wrap", "scrap"}

// repairs sums the repairs of the files of items.
func repairs(items []*item) []search.Repair {
	counts, seen := map[string]int{}, map[string]bool{}
	for _, it := range items {
		if seen[it.file] {
			continue
		}
		seen[it.file] = true
		for _, r := range it.draft.Document.Repairs {
			counts[r.Kind] += r.Count
		}
	}
	var out []search.Repair
	for _, kind := range slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(slices.Index(repairSteps, a), slices.Index(repairSteps, b)), cmp.Compare(a, b))
	}) {
		out = append(out, search.Repair{Kind: kind, Count: counts[kind]})
	}
	return out
}

package segment

import (
	"slices"
	"unicode/utf8"

	"demarche/index/source"
	"demarche/search"
)

// run is the units of one language, in their order.
type run struct {
	lang  string
	units []unit
}

// Shares of the text of the largest language from which on another language is a
// version of the document. Less of it is a quotation.
const (
	// restartShare is enough where its numbering starts again at 1.
	restartShare = 0.03
	// apartShare is enough where it stands before or behind the rest.
	apartShare = 0.2
	// amidShare is enough where it stands amid the rest: paragraph by paragraph,
	// or as a long quotation.
	amidShare = 0.5
)

// declaredLangs are the languages declared for a file, each once.
func declaredLangs(declared []source.Declared) []string {
	var langs []string
	for _, d := range declared {
		for _, l := range d.Lang {
			if !slices.Contains(langs, l) {
				langs = append(langs, l)
			}
		}
	}
	return langs
}

// versions sorts units by language. Versions follow each other or stand
// interleaved; either way the units of one language are one version. What is
// declared beats what is detected: one declared language is that of the whole
// file, of several each unit has one.
func versions(units []unit, declared []string) []run {
	if len(units) == 0 {
		return nil
	}
	if len(declared) == 1 {
		return []run{{declared[0], units}}
	}
	langs := languages(units, declared)
	assign(units, langs)
	var runs []run
	for _, u := range units {
		i := slices.IndexFunc(runs, func(r run) bool { return r.lang == u.lang })
		if i < 0 {
			runs = append(runs, run{lang: u.lang})
			i = len(runs) - 1
		}
		runs[i].units = append(runs[i].units, u)
	}
	return runs
}

// extent is what there is of one language.
type extent struct {
	size        int // letters of its paragraphs
	first, last int // units
	paragraphs  int
	restarts    bool // its first number is 1, and another language stands before
}

// languages gives the languages that versions are in.
func languages(units []unit, declared []string) []string {
	extents := map[string]*extent{}
	largest := 0
	for i := range units {
		u := &units[i]
		if u.lang == "" || u.kind != paragraph {
			continue
		}
		e := extents[u.lang]
		if e == nil {
			e = &extent{first: i, restarts: u.number == "1" && len(extents) > 0}
			extents[u.lang] = e
		}
		e.last = i
		e.size += utf8.RuneCountInString(u.text)
		e.paragraphs++
		largest = max(largest, e.size)
	}
	var langs []string
	for l := range extents {
		if isVersion(l, extents, largest) && (len(declared) == 0 || slices.Contains(declared, l)) {
			langs = append(langs, l)
		}
	}
	slices.Sort(langs)
	return langs
}

// isVersion reports whether what there is of a language is a version, and no
// quotation.
func isVersion(l string, extents map[string]*extent, largest int) bool {
	e := extents[l]
	share := float64(e.size) / float64(largest)
	if e.size == largest {
		return true
	}
	amid := false
	for other, o := range extents {
		amid = amid || other != l && o.first < e.last && o.last > e.first
	}
	switch {
	case l == search.Undetermined && e.paragraphs < 3:
		return false // lists of names are in no language
	case e.restarts:
		return share >= restartShare
	case amid || l == search.Undetermined:
		return share >= amidShare
	}
	return share >= apartShare
}

// assign gives every unit one of the languages. A unit in none of them is with
// its neighbour: a line that is not a paragraph with the paragraph that it leads
// to, others with what they follow.
func assign(units []unit, langs []string) {
	for i := range units {
		if !slices.Contains(langs, units[i].lang) {
			units[i].lang = ""
		}
	}
	for i := len(units) - 2; i >= 0; i-- {
		if u := &units[i]; u.lang == "" && u.kind != paragraph && u.kind != Signature {
			u.lang = units[i+1].lang
		}
	}
	for i := 1; i < len(units); i++ {
		if units[i].lang == "" {
			units[i].lang = units[i-1].lang
		}
	}
	for i := len(units) - 2; i >= 0; i-- {
		if units[i].lang == "" {
			units[i].lang = units[i+1].lang
		}
	}
	for i := range units {
		if units[i].lang == "" {
			units[i].lang = search.Undetermined
		}
	}
}

package segment

import (
	"slices"

	"demarche/index/lang"
	"demarche/index/source"
	"demarche/search"
)

// run is the units of one language, in their order.
type run struct {
	lang  string
	units []unit
}

// Shares of the text of the largest language.
const (
	// versionShare makes another language a version of the document; less of it is
	// a quotation, unless its numbering starts again.
	versionShare = 0.2
	restartShare = 0.03
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

// languages detects the language of every unit, and gives those that versions
// are in.
func languages(units []unit, declared []string) []string {
	size := map[string]int{}
	restart := map[string]bool{}
	for i := range units {
		u := &units[i]
		u.lang = lang.Detect(u.text)
		if u.lang == search.Undetermined && u.words() < 20 {
			u.lang = ""
			continue
		}
		if u.kind == paragraph {
			if u.number == "1" && size[u.lang] == 0 && len(size) > 0 {
				restart[u.lang] = true
			}
			size[u.lang] += len(u.text)
		}
	}
	largest := 0
	for _, n := range size {
		largest = max(largest, n)
	}
	var langs []string
	for l, n := range size {
		share := float64(n) / float64(largest)
		if share >= versionShare || restart[l] && share >= restartShare {
			if len(declared) == 0 || slices.Contains(declared, l) {
				langs = append(langs, l)
			}
		}
	}
	slices.Sort(langs)
	return langs
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

// Package gazetteer knows the names of states, of the bodies they form and of
// the threat groups and agencies that act for them, in English, French and
// Russian, and finds those names in a text. The names are data files.
//
// It says what is named, not what is said of it (index/annotate).
package gazetteer

// Gazetteer is a set of names. It is safe for use by many goroutines.
type Gazetteer struct {
	names map[string]map[string]string // language, ID: short name
}

// Load reads the names that ship with the program.
func Load() (*Gazetteer, error) {
	return &Gazetteer{names: map[string]map[string]string{}}, nil
}

// Name returns the short name of an ID in a language, in English where that
// language has none, or the ID itself when it is unknown.
func (g *Gazetteer) Name(lang, id string) string {
	for _, l := range []string{lang, "en"} {
		if name := g.names[l][id]; name != "" {
			return name
		}
	}
	return id
}

// Package gazetteer knows the names of states, of the bodies they form and of
// the threat groups and agencies that act for them, in English, French and
// Russian, and finds those names in a text. The names are data files; data/
// README.md says how they are written.
//
// It says what is named, not what is said of it (index/annotate).
package gazetteer

import (
	"embed"
	"io/fs"
	"slices"
	"strings"

	"demarche/index/phrase"
	"demarche/search"
)

// Kind says what a name stands for.
type Kind string

// States are known by their ISO 3166-1 alpha-2 code, bodies (of states) and
// groups (threat groups and agencies) by a slug.
const (
	State Kind = "state"
	Body  Kind = "body"
	Group Kind = "group"
)

// Form says how a name names.
type Form string

// Noun is a name proper in any case form ("China", "Китаем"), Adjective an
// adjective or a word for the people ("Chinese"), Place a capital or seat that
// can stand for the state ("Beijing"), Short a word that stands for a body
// where it is named elsewhere in the same document ("the Alliance"), Office an
// office that speaks for a state or body and has a name of its own ("the White
// House"). Shared is a word of another state that is this one's where the
// document names this one alone ("Congolese"); what is settled has none.
const (
	Noun      Form = "noun"
	Adjective Form = "adjective"
	Place     Form = "place"
	Short     Form = "short"
	Office    Form = "office"
	Shared    Form = "shared"
)

// Name is what a run of words stands for.
type Name struct {
	ID   string
	Kind Kind
	Form Form
	// State is the state that a group acts for; ID itself for a state; "" for
	// a body.
	State string
	// Agency says that a group is an agency or unit of a state, which may do more
	// than break into computers.
	Agency bool
}

// Gazetteer is a set of names. It is safe for use by many goroutines.
type Gazetteer struct {
	display map[string]map[string]string // language, ID: short name
	names   map[string]*lexicon          // language: names to find
	exact   map[string]string            // folded name in any language: ID
	kinds   map[string]Kind
	states  map[string]string // group: the state it acts for
	hosts   map[string]string // end of a host name: who publishes there
}

//go:embed data/*.csv
var shipped embed.FS

// Load reads the names that ship with the program and those of a user's own
// folders. The error is that of [Read].
func Load(own ...fs.FS) (*Gazetteer, error) {
	data, err := fs.Sub(shipped, "data")
	if err != nil {
		return nil, err
	}
	return Read(append([]fs.FS{data}, own...)...)
}

// Name returns the short name of an ID in a language, in English where that
// language has none, in another where English has none either, or the ID itself
// when it is unknown. It implements [search.Names].
func (g *Gazetteer) Name(lang, id string) string {
	for _, l := range slices.Concat([]string{lang, anyLanguage}, search.Languages) {
		if name := g.display[l][id]; name != "" {
			return name
		}
	}
	return id
}

var _ search.Names = (*Gazetteer)(nil)

// KindOf returns the kind of an ID, "" when it is unknown.
func (g *Gazetteer) KindOf(id string) Kind { return g.kinds[id] }

// States returns the codes of all states, sorted.
func (g *Gazetteer) States() []string {
	var ids []string
	for id, kind := range g.kinds {
		if kind == State {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// StateOf returns the state that a group acts for; a state's own ID; "" for
// bodies and what is unknown.
func (g *Gazetteer) StateOf(id string) string {
	if g.kinds[id] == State {
		return id
	}
	return g.states[id]
}

// Lookup returns the ID of a state, body or group given by its ID or by any
// of its names in any language, in any case.
func (g *Gazetteer) Lookup(name string) (id string, ok bool) {
	name = strings.TrimSpace(name)
	for _, candidate := range []string{name, strings.ToUpper(name), strings.ToLower(name)} {
		if _, ok := g.kinds[candidate]; ok {
			return candidate, true
		}
	}
	id, ok = g.exact[phrase.Fold(name)]
	return id, ok
}

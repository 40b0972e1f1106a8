package gazetteer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"demarche/index/phrase"
)

var (
	stateID = regexp.MustCompile(`^[A-Z]{2}$`)
	slugID  = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// nameColumns hold names; where two are written alike the earlier column wins.
var nameColumns = []struct {
	column string
	form   Form
}{{"names", Noun}, {"adjectives", Adjective}, {"places", Place}, {"short", Short}, {"shared", Shared}}

func readState(b *builder, r row) {
	id := r.field("id")
	if !stateID.MatchString(id) {
		r.fail("id", fmt.Sprintf("%q is not an ISO 3166-1 code of two capitals", id))
		return
	}
	b.named(r, Name{ID: id, Kind: State, State: id}, r.lang)
}

func readBody(b *builder, r row) {
	id := r.field("id")
	if !slugID.MatchString(id) {
		r.fail("id", fmt.Sprintf("%q is not a slug: use small letters, digits and hyphens", id))
		return
	}
	b.named(r, Name{ID: id, Kind: Body}, r.lang)
}

// groupKinds may stand in the column of that name.
var groupKinds = []string{"", "agency", "unit", "group"}

func readGroup(b *builder, r row) {
	id, state, lang := r.field("id"), r.field("state"), r.field("lang")
	switch {
	case !slugID.MatchString(id):
		r.fail("id", fmt.Sprintf("%q is not a slug: use small letters, digits and hyphens", id))
	case !stateID.MatchString(state):
		r.fail("state", fmt.Sprintf("%q is not an ISO 3166-1 code of two capitals", state))
	case !slices.Contains(groupKinds, r.field("kind")):
		r.fail("kind", fmt.Sprintf("%q is not one of %s, and not empty", r.field("kind"), strings.Join(groupKinds[1:], ", ")))
	case !inLanguage(r, lang):
	case b.gazetteer.states[id] != "" && b.gazetteer.states[id] != state:
		r.fail("state", fmt.Sprintf("%q acts for %s already: use another id, or that state", id, b.gazetteer.states[id]))
	default:
		b.refers(r, "state", state)
		b.gazetteer.states[id] = state
		b.named(r, Name{ID: id, Kind: Group, State: state, Agency: r.field("kind") == "agency"}, lang)
	}
}

func readOffice(b *builder, r row) {
	n, lang := Name{ID: r.field("id"), Form: Office}, r.field("lang")
	switch {
	case stateID.MatchString(n.ID):
		n.Kind, n.State = State, n.ID
	case slugID.MatchString(n.ID):
		n.Kind = Body
	default:
		r.fail("id", fmt.Sprintf("%q is neither an ISO 3166-1 code of two capitals nor a slug", n.ID))
		return
	}
	if !inLanguage(r, lang) {
		return
	}
	b.refers(r, "id", n.ID)
	for _, name := range r.list("names") {
		b.add(r, "names", lang, name, entry{name: n})
	}
}

// inLanguage reports whether the language of a row is one of ours, or all of them.
func inLanguage(r row, lang string) bool {
	if lang == anyLanguage || slices.Contains(languages, lang) {
		return true
	}
	r.fail("lang", fmt.Sprintf("%q is not one of %s, and not empty for all", lang, strings.Join(languages, ", ")))
	return false
}

// named takes in all names of a row.
func (b *builder) named(r row, n Name, lang string) {
	g := b.gazetteer
	if kind, ok := g.kinds[n.ID]; ok && kind != n.Kind {
		r.fail("id", fmt.Sprintf("%q is a %s already: use another id", n.ID, kind))
		return
	}
	g.kinds[n.ID] = n.Kind
	if g.display[lang] == nil {
		g.display[lang] = map[string]string{}
	}
	if name := r.field("name"); name != "" {
		g.display[lang][n.ID] = name
	}
	for _, c := range nameColumns {
		n.Form = c.form
		for _, name := range r.list(c.column) {
			b.add(r, c.column, lang, name, entry{name: n})
		}
	}
	for _, name := range append(r.list("names"), r.field("name")) {
		if folded := phrase.Fold(name); folded != "" && (g.exact[folded] == "" || b.rank > 0) {
			g.exact[folded] = n.ID
		}
	}
}

// add enters a name in the lexicon of its language, or of all.
func (b *builder) add(r row, column, lang, name string, e entry) {
	e.rank = b.rank
	langs := []string{lang}
	if lang == anyLanguage {
		langs = languages
	}
	for _, l := range langs {
		if err := b.gazetteer.names[l].add(name, e); err != nil {
			r.fail(column, err.Error())
			return
		}
	}
}

func readHomonym(b *builder, r row) {
	lang, where := r.field("lang"), where(r.field("where"))
	if !slices.Contains(languages, lang) {
		r.fail("lang", fmt.Sprintf("%q is not one of %s", lang, strings.Join(languages, ", ")))
		return
	}
	if !slices.Contains(wheres, where) {
		r.fail("where", fmt.Sprintf("%q is not one of here, start, capitals, document", where))
		return
	}
	if where == document && len(r.list("instead_of")) == 0 {
		r.fail("instead_of", "must not be empty: name the group whose abbreviation the document means otherwise")
		return
	}
	b.refers(r, "instead_of", r.list("instead_of")...)
	b.add(r, "name", lang, r.field("name"), entry{where: where, instead: r.list("instead_of")})
}

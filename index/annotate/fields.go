package annotate

import (
	"slices"
	"strings"
	"unicode"

	"demarche/index/gazetteer"
	"demarche/index/phrase"
	"demarche/index/segment"
	"demarche/index/source"
	"demarche/search"
)

// publishers is what tells who publishes a file.
type publishers struct {
	fields []string    // names of fields, the surest first
	others *phrase.Set // words in names of others than states: of the press, of schools
}

// readPublishers reads lines of a key, "field" or "other", and a name or words.
func readPublishers() (publishers, error) {
	const name = "data/fields.txt"
	p := publishers{others: phrase.NewSet()}
	lines, err := readLines(data, name)
	if err != nil {
		return p, err
	}
	for _, line := range lines {
		switch line.key {
		case "field":
			p.fields = append(p.fields, line.text)
		case "other":
			for word := range strings.SplitSeq(line.text, ";") {
				if err := p.others.Add(strings.TrimSpace(word), 0); err != nil {
					return p, line.errorf(name, "%v", err)
				}
			}
		default:
			return p, line.errorf(name, "%q is not one of field, other", line.key)
		}
	}
	return p, nil
}

// publishing finds the state or body at whose address a version was published, or
// whose name stands in a field that says who publishes it. What several say together
// has a title that names them.
func (a *Annotator) publishing(d segment.Document, lang string) []search.Actor {
	for _, declared := range d.Declared {
		if len(declared.Lang) > 0 && !slices.Contains(declared.Lang, lang) {
			continue
		}
		if id := a.gazetteer.Publisher(declared.URL); id != "" {
			return a.actors([]string{id}, search.Declared, search.Evidence{Text: declared.URL})
		}
	}
	for _, name := range a.publishers.fields {
		for _, f := range d.Fields {
			if !sameField(f.Name, name) {
				continue
			}
			if ids := a.publisher(f, lang); len(ids) > 0 {
				return a.actors(ids, search.Declared, search.Evidence{Text: f.Value})
			}
		}
	}
	return nil
}

// publisher is whom the value of a field names: an address, or a name in the
// language of the version or, as on many sites, in another. Of several the first is
// the office, the others are where it is: "Embassy of Estonia in Paris".
func (a *Annotator) publisher(f source.Field, lang string) []string {
	if id := a.gazetteer.Publisher(f.Value); id != "" {
		return []string{id}
	}
	tokens := phrase.Tokens(f.Value)
	for i := range tokens {
		if _, other := a.publishers.others.At(f.Value, tokens, i); other {
			return nil
		}
	}
	for _, code := range append([]string{lang}, search.Languages...) {
		l := a.languages[code]
		if l == nil {
			continue
		}
		if ids, _ := a.issuers(l, f.Value); len(ids) > 0 {
			return ids
		}
		for _, n := range a.gazetteer.Find(code, f.Value) {
			if n.Kind != gazetteer.Group && n.Form != gazetteer.Place {
				return []string{n.ID}
			}
		}
	}
	return nil
}

// sameField reports whether names of fields are the same but for case and marks:
// issued_by, Issued-By.
func sameField(a, b string) bool { return letters(a) == letters(b) }

func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

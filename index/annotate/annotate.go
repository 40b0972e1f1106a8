// Package annotate reads in a segmented document who speaks, when, and whom
// its paragraphs hold responsible for malicious cyber activity. Words and rules
// are data files; data/README.md says how they are written.
//
// It looks at one file at a time: what versions tell each other is the matter
// of index/align.
package annotate

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"

	"demarche/index/gazetteer"
	"demarche/index/phrase"
	"demarche/index/segment"
	"demarche/search"
)

// Annotator reads documents. It is safe for use by many goroutines.
type Annotator struct {
	gazetteer  *gazetteer.Gazetteer
	languages  map[string]*language
	publishers publishers
	chambers   map[string]string // states by the groups of their parliaments
	// watch sees what could be weighed, in place of weighing it; nil but for learning.
	watch func(*reading, []found)
}

// New makes an annotator that knows the names of g. It panics where the words
// and rules that ship with the program are wrong, which its tests rule out.
func New(g *gazetteer.Gazetteer) *Annotator {
	a, err := Extended(g, nil)
	if err != nil {
		panic(fmt.Sprintf("annotate: %v", err))
	}
	return a
}

// Extended is [New] with words of a user's own, from the files words.en.csv,
// words.fr.csv and words.ru.csv of a folder; nil for none. The error names each row
// that cannot be used, a [*gazetteer.RowError].
func Extended(g *gazetteer.Gazetteer, own fs.FS) (*Annotator, error) {
	a, err := read(g, own)
	if err != nil {
		return nil, err
	}
	for _, lang := range search.Languages {
		err = errors.Join(err, a.languages[lang].readWeights(data, "data/weights."+lang+".csv"))
	}
	return a, err
}

// Unweighed is an annotator that goes by patterns alone and reads no weights: what weights are
// learned with, be those that ship out of date or gone.
func Unweighed(g *gazetteer.Gazetteer) (*Annotator, error) { return read(g, nil) }

// read makes an annotator without weights.
func read(g *gazetteer.Gazetteer, own fs.FS) (*Annotator, error) {
	a := &Annotator{gazetteer: g, languages: map[string]*language{}}
	var errs []error
	var err error
	if a.publishers, err = readPublishers(); err != nil {
		errs = append(errs, err)
	}
	if a.chambers, err = readChambers(); err != nil {
		errs = append(errs, err)
	}
	for _, lang := range search.Languages {
		l, err := load(data, lang)
		if err == nil && own != nil {
			err = l.readWords(own, "words."+lang+".csv", false)
			if errors.Is(err, fs.ErrNotExist) {
				err = nil
			}
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		l.base = map[string]string{}
		for _, id := range g.States() {
			l.base[id] = phrase.Fold(g.Name(lang, id))
		}
		a.languages[lang] = l
	}
	return a, errors.Join(errs...)
}

// Annotate reads a document. The paragraphs of d are left as they are; the
// draft has copies.
func (a *Annotator) Annotate(d segment.Document) Draft {
	draft := Draft{Document: d, Notes: make([]Notes, len(d.Versions))}
	draft.Document.Versions = make([]segment.Version, len(d.Versions))
	for i, v := range d.Versions {
		draft.Document.Versions[i], draft.Notes[i] = a.version(d, v)
	}
	return draft
}

// version annotates the paragraphs of a version and reads what it says of
// itself.
func (a *Annotator) version(d segment.Document, v segment.Version) (segment.Version, Notes) {
	texts := make([]string, len(v.Paragraphs))
	for i, p := range v.Paragraphs {
		texts[i] = p.Text
	}
	room := rooms.Get().(*room)
	defer room.leave()
	passages := a.read(room, v.Lang, append(texts, cmp.Or(declaredTitle(d, v.Lang), v.Title)))
	title := &passages[len(texts)]
	passages = passages[:len(texts)]
	l := a.languages[v.Lang]
	out := v
	out.Paragraphs = slices.Clone(v.Paragraphs)
	around := l.entitled(title)
	around.theme, around.watch = &theme{passages: passages}, a.watch
	for i := range out.Paragraphs {
		around.number = i
		p := &out.Paragraphs[i]
		p.Mentions = passages[i].mentions()
		if l == nil {
			continue
		}
		passages[i].turns = l.turns(&passages[i])
		assertions, accused := l.assertions(&passages[i], around)
		p.Attributions = group(assertions)
		around.before, around.accused, around.asking = &passages[i], accused, around.after(passages[i].turns)
		around.voice = voices(passages[i].turns, math.MaxInt, around.voice)
		around.known, around.employers = statesOf(assertions), employers(assertions)
		around.earlier = slices.Concat(around.earlier, statesOf(byPatterns(assertions)))
		around.tellers = tellers(nil).with(assertions)
	}
	return out, a.notes(d, v, a.speakers(l, d, out, passages))
}

// speakers are those who issue a version: by its title, else by its address or
// its fields, with whom its paragraphs surely speak together with these; else by what its
// paragraphs say, else by the place that it is dated from.
func (a *Annotator) speakers(l *language, d segment.Document, v segment.Version, passages []passage) []search.Actor {
	if l == nil {
		return nil
	}
	if actors := a.titled(l, d, v); len(actors) > 0 {
		return actors
	}
	published, said := a.publishing(d, v.Lang), a.speaking(l, passages, v, d.Source.File)
	switch {
	case len(said) > 1 && len(published) > 0 && slices.ContainsFunc(said, func(x search.Actor) bool { return x.ID == published[0].ID }):
		return said // the publisher with others
	case len(published) > 0:
		return published
	case len(said) > 0:
		return said
	}
	return a.dated(l, d, v, passages)
}

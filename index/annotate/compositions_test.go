package annotate_test

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"demarche/index/annotate"
	"demarche/search"
)

// TestCompositions makes a sentence of every culprit, deed and frame of
// testdata/compositions, as its README.md says, and counts in how many the
// culprit's state is held responsible: in enough of those with a frame that
// blames, in no more than a few of those with a frame that does not.
func TestCompositions(t *testing.T) {
	a := annotator(t)
	for _, lang := range search.Languages {
		t.Run(lang, func(t *testing.T) { compose(t, a, lang) })
	}
}

func compose(t *testing.T, a *annotate.Annotator, lang string) {
	c := readCompositions(t, lang)
	blames := c.tried(a, lang, c.blaming, c.culprits)
	spares := c.tried(a, lang, c.sparing, c.others)
	t.Logf("held responsible in %.3f of %d that blame, %.3f of %d that do not",
		blames.share(), blames.tried, spares.share(), spares.tried)
	t.Logf("blaming, worst first:\n%s", blames.worst(true))
	t.Logf("not blaming, worst first:\n%s", spares.worst(false))
	if got := blames.share(); got < c.least {
		t.Errorf("held responsible in %.3f of the sentences that blame; want %.3f or more", got, c.least)
	}
	if got := spares.share(); got > c.most {
		t.Errorf("held responsible in %.3f of the sentences that do not blame; want %.3f or less", got, c.most)
	}
}

// compositions are the parts of sentences of one language.
type compositions struct {
	before                  string
	culprits, others, deeds []map[string]string
	blaming, sparing        []string
	least, most             float64
}

// outOf counts how many of the sentences that were tried were found to hold the
// state responsible, and keeps one that was and one that was not.
type outOf struct {
	found, tried int
	hit, missed  string
}

func (o outOf) share() float64 { return ratio(o.found, o.tried) }

// tally counts by part, and all.
type tally struct {
	outOf
	parts map[string]*outOf
}

// tried makes the sentences of some frames and asks who is held responsible.
func (c compositions) tried(a *annotate.Annotator, lang string, frames []string, names []map[string]string) tally {
	sum := tally{parts: map[string]*outOf{}}
	for _, frame := range frames {
		for _, culprit := range names {
			for _, deed := range c.deeds {
				text := filled(frame, culprit, deed)
				found := slices.ContainsFunc(attributions(a, lang, "NO", "", []string{c.before, text})[1],
					func(at search.Attribution) bool { return at.State == culprit["state"] })
				sum.add(found, text, "frame   "+frame, "culprit "+culprit["who"], "deed    "+deed["did"])
			}
		}
	}
	return sum
}

func (s *tally) add(found bool, text string, parts ...string) {
	all := []*outOf{&s.outOf}
	for _, part := range parts {
		if s.parts[part] == nil {
			s.parts[part] = &outOf{}
		}
		all = append(all, s.parts[part])
	}
	for _, o := range all {
		o.tried++
		if found {
			o.found++
			o.hit = text
		} else {
			o.missed = text
		}
	}
}

// worst lists the parts that do worst first, with a sentence that went wrong;
// blame is whether they should be found.
func (s *tally) worst(blame bool) string {
	var out []string
	for part := range s.parts {
		out = append(out, part)
	}
	slices.SortFunc(out, func(a, b string) int {
		if !blame {
			a, b = b, a
		}
		return cmp.Or(cmp.Compare(s.parts[a].share(), s.parts[b].share()), cmp.Compare(a, b))
	})
	var b strings.Builder
	for _, part := range out {
		wrong := s.parts[part].hit
		if blame {
			wrong = s.parts[part].missed
		}
		if wrong != "" {
			fmt.Fprintf(&b, "%.2f %s: %s\n", s.parts[part].share(), part, wrong)
		}
	}
	return b.String()
}

// filled puts the forms of a culprit and a deed in the places of a frame:
// {to} is the form of that name. Forms may ask for others.
func filled(frame string, parts ...map[string]string) string {
	for range 2 {
		for _, part := range parts {
			for name, form := range part {
				frame = strings.ReplaceAll(frame, "{"+name+"}", form)
			}
		}
	}
	first, size := utf8.DecodeRuneInString(frame)
	return string(unicode.ToUpper(first)) + frame[size:]
}

func readCompositions(t *testing.T, lang string) compositions {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "compositions", lang+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	var c compositions
	for _, f := range archive.Files {
		lines := strings.Split(strings.TrimSpace(string(f.Data)), "\n")
		switch f.Name {
		case "before":
			c.before = lines[0]
		case "culprits":
			c.culprits = forms(t, lines)
		case "others":
			c.others = forms(t, lines)
		case "deeds":
			c.deeds = forms(t, lines)
		case "blaming":
			c.least, c.blaming = limit(t, lines[0]), lines[1:]
		case "sparing":
			c.most, c.sparing = limit(t, lines[0]), lines[1:]
		default:
			t.Fatalf("%s: no part of a sentence", f.Name)
		}
	}
	return c
}

// forms reads a table whose first line names the columns.
func forms(t *testing.T, lines []string) []map[string]string {
	t.Helper()
	names := strings.Split(lines[0], "|")
	var out []map[string]string
	for _, line := range lines[1:] {
		cells := strings.Split(line, "|")
		if len(cells) != len(names) {
			t.Fatalf("%q: %d forms, want %d", line, len(cells), len(names))
		}
		row := map[string]string{}
		for i, name := range names {
			row[strings.TrimSpace(name)] = strings.TrimSpace(cells[i])
		}
		out = append(out, row)
	}
	return out
}

func limit(t *testing.T, line string) float64 {
	t.Helper()
	share, err := strconv.ParseFloat(line, 64)
	if err != nil {
		t.Fatal(err)
	}
	return share
}

package annotate_test

import (
	"cmp"
	"fmt"
	"iter"
	"os"
	"slices"
	"strings"
	"testing"

	"demarche/index/annotate"
	"demarche/index/annotate/labelled"
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
	c, err := labelled.ReadCompositions(os.DirFS("testdata"), lang)
	if err != nil {
		t.Fatal(err)
	}
	blames := tried(a, lang, c.Before, c.Blaming())
	spares := tried(a, lang, c.Before, c.Sparing())
	t.Logf("held responsible in %.3f of %d that blame, %.3f of %d that do not",
		blames.share(), blames.tried, spares.share(), spares.tried)
	t.Logf("blaming, worst first:\n%s", blames.worst(true))
	t.Logf("not blaming, worst first:\n%s", spares.worst(false))
	if got := blames.share(); got < c.Least {
		t.Errorf("held responsible in %.3f of the sentences that blame; want %.3f or more", got, c.Least)
	}
	if got := spares.share(); got > c.Most {
		t.Errorf("held responsible in %.3f of the sentences that do not blame; want %.3f or less", got, c.Most)
	}
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

// tried asks of sentences who is held responsible.
func tried(a *annotate.Annotator, lang, before string, composed iter.Seq[labelled.Composed]) tally {
	sum := tally{parts: map[string]*outOf{}}
	for c := range composed {
		found := slices.ContainsFunc(attributions(a, lang, "NO", "", []string{before, c.Text})[1],
			func(at search.Attribution) bool { return at.State == c.State })
		sum.add(found, c.Text, "frame   "+c.Frame, "culprit "+c.Who, "deed    "+c.Deed)
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

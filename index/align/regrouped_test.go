package align_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"demarche/index/annotate"
	"demarche/index/segment"
	"demarche/search"
)

// regrouping is how a version divides its text into paragraphs otherwise than
// another: the share of paragraphs that it splits in two, and of those that it
// runs together with the next.
type regrouping struct{ split, merge float64 }

// version divides texts.
func (g regrouping) version(random *rand.Rand, lang string, texts []string) (v segment.Version) {
	v.Lang = lang
	for i := 0; i < len(texts); i++ {
		parts := texts[i : i+1]
		switch chance := random.Float64(); {
		case chance < g.split:
			words := strings.Fields(texts[i])
			half := len(words) / 2
			parts = []string{strings.Join(words[:half], " "), strings.Join(words[half:], " ")}
		case chance < g.split+g.merge && i+1 < len(texts):
			parts = []string{texts[i] + " " + texts[i+1]}
			i++
		}
		for _, text := range parts {
			if text != "" {
				v.Paragraphs = append(v.Paragraphs, search.Paragraph{Position: len(v.Paragraphs) + 1, Text: text})
			}
		}
	}
	return v
}

// TestRegrouped checks that documents find their versions however these divide
// their paragraphs, and no other's.
func TestRegrouped(t *testing.T) {
	g := names(t)
	a := annotate.New(g)
	m := newMaker(t, 7)
	for _, other := range []string{"fr", "ru"} {
		for _, tt := range []struct {
			regrouping
			made, parallel float64 // shares of documents that find their version
		}{
			{regrouping{0.5, 0}, 0.99, 0.99},
			{regrouping{1, 0}, 0.97, 0.85},
			{regrouping{0, 0.5}, 0.99, 0.99},
			{regrouping{0, 1}, 0.99, 0.85},
			{regrouping{0.4, 0.4}, 0.99, 0.99},
		} {
			for kind, want := range map[string]float64{"made": tt.made, "parallel": tt.parallel} {
				t.Run(fmt.Sprintf("%s %s split %.1f merged %.1f", kind, other, tt.split, tt.merge), func(t *testing.T) {
					documents := map[string]func() [][]row{"made": m.documents, "parallel": func() [][]row { return parallelDocuments(t, other) }}[kind]()
					random := rand.New(rand.NewPCG(5, 8))
					var drafts []annotate.Draft
					for i, d := range documents {
						v := tt.version(random, other, column(d, other))
						drafts = append(drafts, draft(a, fmt.Sprintf("%02d.en", i), "en", d),
							a.Annotate(segment.Document{Source: search.Source{File: fmt.Sprintf("%02d.%s", i, other)}, Versions: []segment.Version{v}}))
					}
					found, wrong := 0, 0
					for _, s := range statements(t, drafts, g) {
						switch {
						case len(s.Sources) == 1:
						case len(s.Sources) == 2 && s.Sources[0].File[:2] == s.Sources[1].File[:2]:
							found++
						default:
							wrong++
						}
					}
					share := float64(found) / float64(len(documents))
					t.Logf("%d of %d documents find their version (%.3f); %d statements are of two documents", found, len(documents), share, wrong)
					if share < want || wrong > 0 {
						t.Errorf("want %.2f, and no statement of two documents", want)
					}
				})
			}
		}
	}
}

// documents are some made statements that are no notices.
func (m *maker) documents() (out [][]row) {
	for range 60 {
		out = append(out, m.statement(1))
	}
	return out
}

// parallelDocuments are parallel paragraphs cut into documents of eight to
// fifteen.
func parallelDocuments(t *testing.T, other string) (out [][]row) {
	for seed := range uint64(4) {
		for _, d := range shuffled(slices.Clone(rows(t, "en", other)), seed, 8, 15) {
			if len(d) >= 8 {
				out = append(out, d)
			}
		}
	}
	return out
}

func column(d []row, lang string) (texts []string) {
	for _, r := range d {
		texts = append(texts, r[lang])
	}
	return texts
}

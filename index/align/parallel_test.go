package align_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"demarche/index/annotate"
	"demarche/index/segment"
	"demarche/search"
)

// row is a paragraph in several languages.
type row map[string]string

var printed = regexp.MustCompile(`^(#+ |- |\d+\. )`)

// rows are the parallel paragraphs that have two languages.
func rows(t testing.TB, a, b string) []row {
	t.Helper()
	var out []row
	files, _ := filepath.Glob(filepath.Join(shared, "parallel", "*.tsv"))
	if len(files) == 0 {
		t.Skipf("the parallel paragraphs are absent (no %s): put the folder shared beside the project", filepath.Join(shared, "parallel", "*.tsv"))
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(data)), "\n")
		header := strings.Split(lines[0], "\t")
		for _, line := range lines[1:] {
			r := row{}
			for i, cell := range strings.Split(line, "\t") {
				r[header[i]] = printed.ReplaceAllString(strings.TrimSpace(cell), "")
			}
			if r[a] != "" && r[b] != "" {
				out = append(out, r)
			}
		}
	}
	return out
}

// TestParallel shuffles parallel paragraphs into documents, each language of a
// document in a file of its own, without numbers, titles or dates, aligns all
// files together, and counts the rows whose two paragraphs are one passage and
// no other's. All rows of a file that does not find its other version count as
// wrong.
func TestParallel(t *testing.T) {
	g := names(t)
	a := annotate.New(g)
	for _, tt := range []struct {
		other       string
		least, most int     // rows of a document
		accuracy    float64 // share of rows
	}{
		{"fr", 4, 7, 0.98},
		{"fr", 8, 15, 0.98},
		{"fr", 16, 30, 0.98},
		{"ru", 4, 7, 0.95},
		{"ru", 8, 15, 0.95},
		{"ru", 16, 30, 0.95},
	} {
		t.Run(fmt.Sprintf("%s %d to %d", tt.other, tt.least, tt.most), func(t *testing.T) {
			pool := rows(t, "en", tt.other)
			right, wrong, all := 0, 0, 0
			for seed := range uint64(8) {
				documents := shuffled(slices.Clone(pool), seed, tt.least, tt.most)
				var drafts []annotate.Draft
				for i, d := range documents {
					drafts = append(drafts, draft(a, fmt.Sprintf("%02d.en", i), "en", d), draft(a, fmt.Sprintf("%02d.%s", i, tt.other), tt.other, d))
					all += len(d)
				}
				for _, s := range statements(t, drafts, g) {
					switch {
					case len(s.Sources) == 1:
					case len(s.Sources) > 2 || s.Sources[0].File[:2] != s.Sources[1].File[:2]:
						wrong++
					default:
						right += counterparts(s)
					}
				}
			}
			accuracy := float64(right) / float64(all)
			t.Logf("%d of %d rows are one passage (%.3f); %d statements are of two documents", right, all, accuracy, wrong)
			if accuracy < tt.accuracy || wrong > 0 {
				t.Errorf("want %.2f of rows, and no statement of two documents", tt.accuracy)
			}
		})
	}
}

// counterparts counts the paragraphs of a statement of two versions that share
// a passage with the one at the same place and with no other.
func counterparts(s search.Statement) (right int) {
	for _, p := range s.Versions[0].Paragraphs {
		if slices.Equal(passage(s.Versions[0], p.Passage), []int{p.Position}) && slices.Equal(passage(s.Versions[1], p.Passage), []int{p.Position}) {
			right++
		}
	}
	return right
}

// shuffled cuts rows in random order into documents of least to most
// rows; the last has what is left.
func shuffled(pool []row, seed uint64, least, most int) [][]row {
	random := rand.New(rand.NewPCG(seed, 1))
	random.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	var out [][]row
	for len(pool) > 0 {
		n := min(len(pool), least+random.IntN(most-least+1))
		out, pool = append(out, pool[:n]), pool[n:]
	}
	return out
}

func draft(a *annotate.Annotator, file, lang string, d []row) annotate.Draft {
	v := segment.Version{Lang: lang}
	for i, r := range d {
		v.Paragraphs = append(v.Paragraphs, search.Paragraph{Position: i + 1, Text: r[lang]})
	}
	return a.Annotate(segment.Document{Source: search.Source{File: file}, Versions: []segment.Version{v}})
}

// TestSplitsAndGaps lets the second version leave out a tenth of the paragraphs
// and run together another tenth with the next, as translators do.
func TestSplitsAndGaps(t *testing.T) {
	g := names(t)
	a := annotate.New(g)
	for other, want := range map[string]float64{"fr": 0.98, "ru": 0.98} {
		pool := rows(t, "en", other)
		right, all := 0, 0
		for seed := range uint64(8) {
			random := rand.New(rand.NewPCG(seed, 2))
			for _, d := range shuffled(slices.Clone(pool), seed, 8, 15) {
				v, held := loose(random, d, other)
				second := a.Annotate(segment.Document{Source: search.Source{File: "b"}, Versions: []segment.Version{v}})
				first := draft(a, "a", "en", d)
				// The two are declared one statement: here only passages count.
				first.Notes[0].Statement, second.Notes[0].Statement = "one", "one"
				s := statements(t, []annotate.Draft{first, second}, g)[0]
				for i, p := range s.Versions[0].Paragraphs {
					all++
					if slices.Equal(passage(s.Versions[1], p.Passage), held[i]) {
						right++
					}
				}
			}
		}
		accuracy := float64(right) / float64(all)
		t.Logf("en-%s: %d of %d paragraphs (%.3f)", other, right, all, accuracy)
		if accuracy < want {
			t.Errorf("en-%s: %.3f of paragraphs, want %.2f", other, accuracy, want)
		}
	}
}

// loose is a version of rows with gaps and merged paragraphs. held says for
// each row in which paragraphs it is.
func loose(random *rand.Rand, d []row, lang string) (v segment.Version, held [][]int) {
	v.Lang = lang
	held = make([][]int, len(d))
	for i := 0; i < len(d); i++ {
		switch chance := random.IntN(10); {
		case chance == 0 && i > 0:
			continue
		case chance == 1 && i+1 < len(d):
			v.Paragraphs = append(v.Paragraphs, search.Paragraph{Position: len(v.Paragraphs) + 1, Text: d[i][lang] + " " + d[i+1][lang]})
			held[i], held[i+1] = []int{len(v.Paragraphs)}, []int{len(v.Paragraphs)}
			i++
		default:
			v.Paragraphs = append(v.Paragraphs, search.Paragraph{Position: len(v.Paragraphs) + 1, Text: d[i][lang]})
			held[i] = []int{len(v.Paragraphs)}
		}
	}
	return v, held
}

func passage(v search.Version, id string) (positions []int) {
	for _, p := range v.Paragraphs {
		if p.Passage == id {
			positions = append(positions, p.Position)
		}
	}
	return positions
}

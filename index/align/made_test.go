package align_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index/annotate"
	"demarche/index/gazetteer"
	"demarche/index/segment"
	"demarche/index/source"
	"demarche/search"
)

// maker makes statements in three languages, all of one kind: of the same
// sentences, with other states, places, numbers and dates in them.
type maker struct {
	random                   *rand.Rand
	names                    *gazetteer.Gazetteer
	annotator                *annotate.Annotator
	clauses, notices, cities []row
}

func newMaker(t testing.TB, seed uint64) *maker {
	t.Helper()
	g := names(t)
	return &maker{
		rand.New(rand.NewPCG(seed, 3)), g, annotate.New(g),
		table(t, "clauses"), table(t, "notices"), table(t, "cities"),
	}
}

// table reads rows of three languages.
func table(t testing.TB, name string) (out []row) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		out = append(out, row{"en": cells[0], "fr": cells[1], "ru": cells[2]})
	}
	return out[1:]
}

// months that all three languages have been given a name for.
var months = []row{
	{"en": "March", "fr": "mars", "ru": "марта"},
	{"en": "June", "fr": "juin", "ru": "июня"},
	{"en": "October", "fr": "octobre", "ru": "октября"},
	{"en": "November", "fr": "novembre", "ru": "ноября"},
}

// fill puts the same values into the slots of a sentence in each language.
func (m *maker) fill(clause row) row {
	states := m.names.States()
	out := row{}
	replacers := map[string][]string{}
	set := func(slot string, value func(lang string) string) {
		for _, lang := range search.Languages {
			replacers[lang] = append(replacers[lang], "{"+slot+"}", value(lang))
		}
	}
	for _, slot := range []string{"S", "T", "U"} {
		id := states[m.random.IntN(len(states))]
		set(slot, func(lang string) string { return m.names.Name(lang, id) })
	}
	number := func(slot string, from, below int) {
		n := strconv.Itoa(from + m.random.IntN(below-from))
		set(slot, func(string) string { return n })
	}
	number("N", 10, 980)
	number("M", 11, 99)
	number("D", 10, 29)
	number("Y", 2008, 2026)
	city, month := m.cities[m.random.IntN(len(m.cities))], months[m.random.IntN(len(months))]
	set("C", func(lang string) string { return city[lang] })
	set("MONTH", func(lang string) string { return month[lang] })
	for _, lang := range search.Languages {
		out[lang] = strings.NewReplacer(replacers[lang]...).Replace(clause[lang])
	}
	return out
}

// statement makes the paragraphs of a statement: every tenth is a notice, which
// differs from others in its values only.
func (m *maker) statement(k int) []row {
	var out []row
	if k%10 == 0 {
		for _, n := range m.notices {
			out = append(out, m.fill(n))
		}
		return out
	}
	for range 5 + m.random.IntN(10) {
		paragraph := row{}
		for range 1 + m.random.IntN(3) {
			for lang, text := range m.fill(m.clauses[m.random.IntN(len(m.clauses))]) {
				paragraph[lang] = strings.TrimSpace(paragraph[lang] + " " + text)
			}
		}
		out = append(out, paragraph)
	}
	return out
}

// made is a corpus of drafts. truth says which statement a file is of.
type made struct {
	drafts []annotate.Draft
	truth  map[string]int
}

// corpus makes n files: statements in one, two or three languages, a fifth of
// the files with a copy that differs in typography, or in a few words and a
// paragraph. Half of the statements have a declared date.
func (m *maker) corpus(n int) made {
	c := made{truth: map[string]int{}}
	for k := 0; len(c.drafts) < n; k++ {
		rows := m.statement(k)
		var declared []source.Declared
		if m.random.IntN(2) == 0 {
			day := fmt.Sprintf("%d-%02d-%02d", 2009+m.random.IntN(17), 1+m.random.IntN(12), 1+m.random.IntN(28))
			declared = []source.Declared{{Date: search.Date(day)}}
		}
		first := m.random.IntN(3)
		for i := range 1 + m.random.IntN(3) {
			lang := search.Languages[(first+i)%3]
			c.add(m.annotator, k, lang, rows, declared)
			switch m.random.IntN(10) {
			case 0:
				c.add(m.annotator, k, lang, typography(rows), declared)
			case 1:
				c.add(m.annotator, k, lang, m.revised(rows, lang), nil)
			}
		}
	}
	return c
}

func (c *made) add(a *annotate.Annotator, k int, lang string, rows []row, declared []source.Declared) {
	// Names of files say nothing of what they hold and are in no order.
	name := fmt.Sprintf("%08x.%s", uint32(len(c.drafts)+1)*2654435761, lang)
	v := segment.Version{Lang: lang}
	for i, r := range rows {
		v.Paragraphs = append(v.Paragraphs, search.Paragraph{Position: i + 1, Text: r[lang]})
	}
	c.truth[name] = k
	c.drafts = append(c.drafts, a.Annotate(segment.Document{Source: search.Source{File: name}, Declared: declared, Versions: []segment.Version{v}}))
}

// typography is the same text from another source.
func typography(rows []row) (out []row) {
	r := strings.NewReplacer("'", "’", " :", "\u00a0:", ", ", ",\u00a0", "ё", "е")
	for _, p := range rows {
		q := row{}
		for lang, text := range p {
			q[lang] = r.Replace(text)
		}
		out = append(out, q)
	}
	return out
}

// revised is the same text with a paragraph more and now and then a word gone.
func (m *maker) revised(rows []row, lang string) (out []row) {
	for _, p := range rows {
		words := strings.Fields(p[lang])
		if at := 1 + m.random.IntN(len(words)-1); len(words) > 20 && strings.ToLower(words[at]) == words[at] && !strings.ContainsAny(words[at], "0123456789") {
			words = append(words[:at], words[at+1:]...)
		}
		out = append(out, row{lang: strings.Join(words, " ")})
	}
	closing := row{"en": "End of the text as delivered.", "fr": "Fin du texte tel qu'il a été prononcé.", "ru": "Конец текста в том виде, в каком он был произнесён."}
	return append(out, row{lang: closing[lang]})
}

// joins counts the pairs of files of a made corpus: of one statement and found
// so, of one and not found so, of two and joined all the same.
type joins struct{ found, missed, wrong int }

func (c made) joins(statements []search.Statement) (j joins) {
	size := map[int]int{}
	for _, k := range c.truth {
		size[k]++
	}
	for _, s := range statements {
		held := map[int]int{}
		for _, src := range s.Sources {
			held[c.truth[src.File]]++
		}
		n := len(s.Sources)
		j.wrong += n * (n - 1) / 2
		for _, h := range held {
			j.found += h * (h - 1) / 2
			j.wrong -= h * (h - 1) / 2
		}
	}
	for _, n := range size {
		j.missed += n * (n - 1) / 2
	}
	j.missed -= j.found
	return j
}

// TestMade checks that of files of one kind those of one statement are found,
// and no others joined.
func TestMade(t *testing.T) {
	m := newMaker(t, 1)
	c := m.corpus(1000)
	j := c.joins(statements(t, c.drafts, m.names))
	found := float64(j.found) / float64(j.found+j.missed)
	t.Logf("%d files: of %d pairs of one statement %.3f are found; %d pairs are joined wrongly", len(c.drafts), j.found+j.missed, found, j.wrong)
	if found < 0.99 || j.wrong > 0 {
		t.Errorf("want 0.99 found or more and none joined wrongly")
	}
}

// TestMadeInAnyOrder checks that the order of hundreds of files says nothing.
func TestMadeInAnyOrder(t *testing.T) {
	m := newMaker(t, 6)
	c := m.corpus(400)
	want := statements(t, c.drafts, m.names)
	slices.Reverse(c.drafts)
	if diff := cmp.Diff(want, statements(t, c.drafts, m.names)); diff != "" {
		t.Errorf("another order gives other statements:\n%s", diff)
	}
}

package align_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"demarche/index/annotate"
	"demarche/index/segment"
	"demarche/search"
)

var large = flag.Bool("large", false, "align all of ../shared/large, about 10,000 texts, instead of the two daily publishers")

// TestDailyPublishers aligns what two publishers issued day by day, thousands
// of texts of few kinds, none with a version in another language. Whether their
// dates are known or not, no two are joined unless one holds all words of the
// other in their order.
func TestDailyPublishers(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 2,000 texts: run without -short")
	}
	files := []string{"whitehouse_en", "kremlin_ru"}
	if *large {
		files = append(files, "ungdc_en", "belgium_chamber_fr", "1tv_news_ru")
	}
	g := names(t)
	a := annotate.New(g)
	var undated, dated []annotate.Draft
	words := map[string][]string{}
	for _, name := range files {
		for _, p := range published(t, name) {
			d := p.draft(a)
			undated = append(undated, d)
			d.Notes = slices.Clone(d.Notes)
			d.Notes[0].Date, d.Notes[0].DateProvenance = p.Date, search.Declared
			dated = append(dated, d)
			words[p.ID] = strings.FieldsFunc(strings.ToLower(p.Text), notInWord)
		}
	}
	for name, drafts := range map[string][]annotate.Draft{"undated": undated, "dated": dated} {
		joined, wrong := 0, 0
		for _, s := range statements(t, drafts, g) {
			if len(s.Sources) == 1 {
				continue
			}
			joined++
			for _, src := range s.Sources {
				x, y := words[s.Sources[0].File], words[src.File]
				if !contains(x, y) && !contains(y, x) {
					wrong++
					t.Errorf("%s: %s and %s are joined", name, s.Sources[0].File, src.File)
				}
			}
		}
		t.Logf("%d texts, %s: %d statements of several files, %d texts joined wrongly", len(drafts), name, joined, wrong)
	}
}

// contains reports whether a text has all words of another in their order.
func contains(words, others []string) bool {
	for _, w := range words {
		if len(others) > 0 && others[0] == w {
			others = others[1:]
		}
	}
	return len(others) == 0
}

func notInWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// publication is a line of ../shared/large.
type publication struct {
	ID, Lang, Text string
	Date           search.Date
}

func published(t *testing.T, name string) (out []publication) {
	t.Helper()
	f, err := os.Open(filepath.Join(shared, "large", name+".jsonl.gz"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the bulk texts are absent (%v): put the folder shared beside the project", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var p publication
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// draft is a publication of unknown date.
func (p publication) draft(a *annotate.Annotator) annotate.Draft {
	v := segment.Version{Lang: p.Lang}
	for text := range strings.SplitSeq(p.Text, "\n\n") {
		v.Paragraphs = append(v.Paragraphs, search.Paragraph{Position: len(v.Paragraphs) + 1, Text: strings.Join(strings.Fields(text), " ")})
	}
	return a.Annotate(segment.Document{Source: search.Source{File: p.ID}, Versions: []segment.Version{v}})
}

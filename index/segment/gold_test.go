package segment_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"demarche/index/clean"
	"demarche/index/segment"
	"demarche/index/source"
	"demarche/search"
)

// goldF1 is the least F1 of paragraphs over the labelled statements.
const goldF1 = 0.97

// label is what the labels say of the blocks of a statement, which blank lines
// separate.
type label struct {
	ID    string `json:"id"`
	File  string `json:"file"`
	Body  *int   `json:"body_paragraphs"`
	Noise []int  `json:"headings_or_noise_blocks"`
}

// Labelled statements in text or Markdown: every block that is not noise is one
// paragraph, or one and more where a line end is marked as kept or items stand.
func TestGold(t *testing.T) {
	gold := filepath.Join("..", "..", "..", "shared", "gold")
	data, err := os.ReadFile(filepath.Join(gold, "labels.jsonl"))
	if err != nil {
		t.Skipf("the labelled statements are absent (%v): put the folder shared beside the project", err)
	}
	hit, extra, missed := 0, 0, 0
	for line := range strings.Lines(string(data)) {
		var l label
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		names, err := filepath.Glob(filepath.Join(gold, "texts", l.ID+"-*.txt"))
		if err != nil {
			t.Fatal(err)
		}
		if len(names) == 0 {
			continue // one of the five
		}
		f := readGold(t, names[0])
		if !blocksOfText(names[0]) {
			continue
		}
		h, e, m := compare(t, f, l)
		hit, extra, missed = hit+h, extra+e, missed+m
	}
	precision, recall := float64(hit)/float64(hit+extra), float64(hit)/float64(hit+missed)
	f1 := 2 * precision * recall / (precision + recall)
	t.Logf("%d blocks: precision %.3f, recall %.3f, F1 %.3f", hit+missed, precision, recall, f1)
	if f1 < goldF1 {
		t.Errorf("F1 of paragraphs is %.3f, want %.2f", f1, goldF1)
	}
}

// blocksOfText reports whether the blocks of a labelled file are those of its
// text: not of the markup of a page, and not single lines.
func blocksOfText(name string) bool {
	return !regexp.MustCompile(`-(unga|australia|us-doj)-`).MatchString(name)
}

func readGold(t *testing.T, name string) source.File {
	t.Helper()
	entries, _ := source.Find([]string{name})
	if len(entries) != 1 {
		t.Fatalf("%s: found %d", name, len(entries))
	}
	f, err := source.Read(entries[0], source.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// compare counts the blocks with a paragraph, the paragraphs that should not be,
// and the blocks without one.
func compare(t *testing.T, f source.File, l label) (hit, extra, missed int) {
	starts := map[int]int{} // paragraphs by block
	all := blocks(f)
	for _, v := range segment.Split(f, clean.Repair(f.Text)).Versions {
		for _, p := range v.Paragraphs {
			i := slices.IndexFunc(all, func(b search.Span) bool {
				return p.Origin.Span.Start >= b.Start && p.Origin.Span.Start < b.End
			})
			if starts[i]++; i < 0 || p.Origin.Span.End > all[i].End+1 {
				extra++
			}
		}
	}
	for i, b := range all {
		text := f.Text[b.Start-f.Offset : b.End-f.Offset]
		n := starts[i]
		switch noise := slices.Contains(l.Noise, i); {
		case noise:
			extra += n
		case n == 0:
			missed++
		default:
			hit++
			if !severalParagraphs.MatchString(text) {
				extra += n - 1
			}
		}
		if n == 0 != slices.Contains(l.Noise, i) {
			t.Logf("%s: block %d: %d paragraphs: %.70q", l.ID, i, n, text)
		}
	}
	return hit, extra, missed
}

var (
	// severalParagraphs are the blocks that hold more than one paragraph: items, and
	// lines whose end Markdown keeps.
	severalParagraphs = regexp.MustCompile(`(?m)^\s*(?:[-–•*]|\d+[.)])\s|\S[ \x{00A0}]{2,}\n`)
	blankLines        = regexp.MustCompile(`\n[\s\x{00A0}]*\n`)
)

// blocks are the runs of lines between blank lines, as spans of the decoded text.
func blocks(f source.File) []search.Span {
	var spans []search.Span
	at := 0
	add := func(end int) {
		text := f.Text[at:end]
		if bare := strings.TrimSpace(text); bare != "" {
			start := f.Offset + at + strings.Index(text, bare)
			spans = append(spans, search.Span{Start: start, End: start + len(bare)})
		}
	}
	for _, m := range blankLines.FindAllStringIndex(f.Text, -1) {
		add(m[0])
		at = m[1]
	}
	add(len(f.Text))
	return spans
}

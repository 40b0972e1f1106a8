package annotate_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"html"
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

// gold is the folder of labelled statements, which is not part of the project.
const gold = "../../../shared/gold"

type label struct {
	ID           string
	File         string
	Title        string
	Issuers      []string
	Languages    []string
	Attributions []struct {
		Start   string   `json:"paragraph_start"`
		States  []string `json:"attributed_states"`
		By      []string `json:"attributing_parties"`
		Groups  []string
		Stance  string `json:"speaker_stance"`
		Strengh string `json:"strength"`
	}
	Ambiguous []struct {
		Start string `json:"paragraph_start"`
	}
}

func labels(t *testing.T) []label {
	t.Helper()
	f, err := os.Open(filepath.Join(gold, "labels.jsonl"))
	if err != nil {
		t.Skipf("the labelled statements are absent (%v): put the folder shared beside the project", err)
	}
	defer f.Close()
	var out []label
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<22)
	for in.Scan() {
		var l label
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	return out
}

var (
	frontMatter = regexp.MustCompile(`(?s)\A---\n.*?\n---\n`)
	cdata       = regexp.MustCompile(`(?s)<content><!\[CDATA\[(.*?)\]\]>`)
	breaks      = regexp.MustCompile(`(?i)</p>|<br ?/?>\s*<br ?/?>|</li>|</h\d>`)
	tags        = regexp.MustCompile(`</?[a-zA-Z][^>]*>`)
	blank       = regexp.MustCompile(`\n[ \t\x{a0}>]*\n`)
	number      = regexp.MustCompile(`^\d+\. `)
)

// blocks cuts a file into paragraphs, simply: by blank lines, by the tags that
// end a paragraph, or by lines where a file has no blank lines.
func blocks(t *testing.T, l label) []string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(gold, l.File))
	if err != nil {
		t.Skipf("the labelled statements are absent (%v): put the folder shared beside the project", err)
	}
	text := frontMatter.ReplaceAllString(strings.ReplaceAll(string(b), "\r\n", "\n"), "")
	if m := cdata.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	text = html.UnescapeString(tags.ReplaceAllString(breaks.ReplaceAllString(text, "\n\n"), ""))
	parts := blank.Split(text, -1)
	if strings.Contains(l.File, "unga") {
		parts = strings.Split(text, "\n")
	}
	var out []string
	for _, p := range parts {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			out = append(out, number.ReplaceAllString(strings.TrimPrefix(p, "> "), ""))
		}
	}
	return out
}

func key(s string) string {
	s = strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(s, ""))), " ")
	s = number.ReplaceAllString(strings.TrimPrefix(s, "> "), "")
	r := []rune(s)
	return string(r[:min(52, len(r))])
}

func speakers(issuers []string) []search.Actor {
	var out []search.Actor
	for _, id := range issuers {
		if len(id) != 2 || id == "G7" {
			id = strings.ToLower(strings.ReplaceAll(id, "_", "-"))
		}
		out = append(out, search.Actor{ID: id})
	}
	return out
}

type score struct{ hit, miss, wrong int }

func (s score) precision() float64 { return float64(s.hit) / float64(max(1, s.hit+s.wrong)) }
func (s score) recall() float64    { return float64(s.hit) / float64(max(1, s.hit+s.miss)) }

func (s score) String() string {
	return fmt.Sprintf("precision %.3f recall %.3f (%d hits, %d missed, %d wrong)", s.precision(), s.recall(), s.hit, s.miss, s.wrong)
}

// TestGold measures attribution on the labelled statements, cut into paragraphs
// simply, and lists what is missed and what is wrong (-v).
func TestGold(t *testing.T) {
	a := annotator(t)
	total := score{}
	byParties, byStance := score{}, score{}
	for _, l := range labels(t) {
		if strings.HasPrefix(l.ID, "seed-") {
			continue
		}
		s := measure(t, a, l, &byParties, &byStance)
		total.hit, total.miss, total.wrong = total.hit+s.hit, total.miss+s.miss, total.wrong+s.wrong
	}
	t.Logf("attributed states: %v", total)
	t.Logf("parties: %v", byParties)
	t.Logf("stance: %v", byStance)
	if total.precision() < 0.95 || total.recall() < 0.90 {
		t.Errorf("attributed states are below precision 0.95 or recall 0.90")
	}
}

func measure(t *testing.T, a *annotate.Annotator, l label, byParties, byStance *score) (s score) {
	v := segment.Version{Lang: l.Languages[0], Title: l.Title}
	for i, text := range blocks(t, l) {
		v.Paragraphs = append(v.Paragraphs, search.Paragraph{Position: i + 1, Text: text})
	}
	d := a.Annotate(segment.Document{Versions: []segment.Version{v}})
	want := map[string][]string{}
	parties := map[string][]string{}
	stance := map[string]string{}
	ignore := map[string]bool{}
	for _, x := range l.Attributions {
		if x.Stance == "rejects" {
			continue
		}
		want[key(x.Start)] = append(want[key(x.Start)], x.States...)
		parties[key(x.Start)] = x.By
		stance[key(x.Start)] = x.Stance
	}
	for _, x := range l.Ambiguous {
		ignore[key(x.Start)] = true
	}
	seen := map[string]bool{}
	for _, p := range d.Document.Versions[0].Paragraphs {
		k := key(p.Text)
		if ignore[k] {
			continue
		}
		seen[k] = true
		got := slices.DeleteFunc(annotate.Resolve(p.Attributions, speakers(l.Issuers)), func(a search.Attribution) bool { return !a.Attributes() })
		for _, at := range got {
			if slices.Contains(want[k], at.State) {
				s.hit++
				if (stance[k] == "asserts") == (at.Stance == search.StanceOwn) {
					byStance.hit++
				} else {
					byStance.wrong++
				}
				compare(byParties, l, parties[k], at.By)
			} else {
				s.wrong++
				t.Logf("%s WRONG %s %s [%s] %q\n    in: %.200s", l.ID, at.State, at.Assertions[0].Rule, at.Stance, at.Evidence.Text, p.Text)
			}
		}
		for _, state := range want[k] {
			if !slices.ContainsFunc(got, func(x search.Attribution) bool { return x.State == state }) {
				s.miss++
				t.Logf("%s MISSED %s: %s", l.ID, state, p.Text)
			}
		}
	}
	for k := range want {
		if !seen[k] {
			t.Logf("%s: label not found in the text: %q", l.ID, k)
		}
	}
	return s
}

func compare(s *score, l label, want, got []string) {
	var w []string
	for _, id := range speakers(want) {
		if !strings.Contains(id.ID, " ") {
			w = append(w, id.ID)
		}
	}
	for _, id := range got {
		if slices.Contains(w, id) {
			s.hit++
		} else {
			s.wrong++
		}
	}
	for _, id := range w {
		if !slices.Contains(got, id) {
			s.miss++
		}
	}
}

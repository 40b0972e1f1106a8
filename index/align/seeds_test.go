package align_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index/align"
	"demarche/index/annotate"
	"demarche/index/clean"
	"demarche/index/gazetteer"
	"demarche/index/segment"
	"demarche/index/source"
	"demarche/search"
)

// shared holds real material that is not part of the project.
const shared = "../../../shared"

func names(t testing.TB) *gazetteer.Gazetteer {
	t.Helper()
	g, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// statements aligns drafts.
func statements(t testing.TB, drafts []annotate.Draft, g *gazetteer.Gazetteer) []search.Statement {
	t.Helper()
	out, err := align.Statements(t.Context(), drafts, g)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// seeds reads the five statements without their metadata.
func seeds(t testing.TB, g *gazetteer.Gazetteer) []annotate.Draft {
	t.Helper()
	folder := filepath.Join(shared, "seeds")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the five statements as obtained are absent (%v): put the folder shared beside the project", err)
	}
	return read(t, annotate.New(g), folder)
}

// read makes drafts of the files of a folder, named without it.
func read(t testing.TB, a *annotate.Annotator, folder string) (drafts []annotate.Draft) {
	t.Helper()
	entries, refused := source.Find([]string{folder})
	if len(refused) > 0 {
		t.Fatal(refused)
	}
	for _, e := range entries {
		f, err := source.Read(e, source.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		d := segment.Split(f, clean.Repair(f.Text))
		d.Source.File = filepath.Base(d.Source.File)
		drafts = append(drafts, a.Annotate(d))
	}
	return drafts
}

// TestSeeds checks what the raw files of the five statements tell: versions,
// counts, dates, duplicates and issuers.
func TestSeeds(t *testing.T) {
	g := names(t)
	var got []string
	for _, s := range statements(t, seeds(t, g), g) {
		got = append(got, fmt.Sprintf("%s %s %s %v", s.ID[:len(s.ID)-5], s.DateProvenance, s.Kind, s.DateEvidence.Text))
		for _, v := range s.Versions {
			got = append(got, fmt.Sprintf("  %s %d %s %s", v.Lang, len(v.Paragraphs), v.DateProvenance, strings.Join(v.Files, " ")))
			for _, p := range v.Paragraphs {
				if want := fmt.Sprintf("%s.p%d", s.ID, p.Position); p.Passage != want {
					t.Errorf("%s is in passage %s, want %s", p.ID, p.Passage, want)
				}
			}
		}
		for _, src := range s.Sources {
			got = append(got, fmt.Sprintf("  %s %s", src.File, src.DateProvenance))
		}
		for _, d := range s.Duplicates {
			got = append(got, fmt.Sprintf("  %s of %s in %s", d.File, d.Of, d.Lang))
		}
	}
	want := []string{
		"nato-2021-07-19 stated statement 19 Jul. 2021",
		"  en 4 aligned 001_eb08baf898ac2314.txt",
		"  fr 4 stated 001_eb08baf898ac2314.txt 003_bea057d45a5a7d6c.txt",
		"  ru 4 aligned 000_f5c39e19c9b9d51c.txt",
		"  000_f5c39e19c9b9d51c.txt aligned",
		"  001_eb08baf898ac2314.txt aligned",
		"  003_bea057d45a5a7d6c.txt stated",
		"  001_eb08baf898ac2314.txt of 003_bea057d45a5a7d6c.txt in fr",
		"nato-undated unknown  ",
		"  en 5 unknown 002_8e0e90c685f40201.txt",
		"  fr 5 unknown 002_8e0e90c685f40201.txt",
		"  002_8e0e90c685f40201.txt unknown",
		"paris-call-2018-11-12 stated call 12 ноября 2018 года",
		"  ru 24 stated 004_b15114058055317d.txt",
		"  004_b15114058055317d.txt stated",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("statements differ (-want +got):\n%s", diff)
	}
}

// TestSeedLabels checks the attributions of the five against their labels.
func TestSeedLabels(t *testing.T) {
	want := seedLabels(t)
	g := names(t)
	got := map[string]string{}
	for _, s := range statements(t, seeds(t, g), g) {
		for _, v := range s.Versions {
			for _, p := range v.Paragraphs {
				for _, a := range p.Attributions {
					by, groups := slices.Sorted(slices.Values(a.By)), slices.Sorted(slices.Values(a.Groups))
					got[p.Text[:12]] += fmt.Sprintf("%s by %v groups %v %s %s", a.State, by, groups, a.Stance, a.Strength)
				}
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("attributions differ (-want +got):\n%s", diff)
	}
}

// seedLabels are the labelled attributions by the beginning of the paragraph.
func seedLabels(t *testing.T) map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(shared, "gold", "labels.jsonl"))
	if err != nil {
		t.Skipf("the labels are absent (%v): put the folder shared beside the project", err)
	}
	defer f.Close()
	stances := map[string]search.Stance{"asserts": search.StanceOwn, "reports": search.StanceReported}
	out := map[string]string{}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<22)
	for in.Scan() {
		var l struct {
			ID           string
			Attributions []struct {
				Start    string   `json:"paragraph_start"`
				States   []string `json:"attributed_states"`
				By       []string `json:"attributing_parties"`
				Groups   []string
				Strength string
				Stance   string `json:"speaker_stance"`
			}
		}
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(l.ID, "seed-") {
			continue
		}
		for _, a := range l.Attributions {
			_, start, _ := strings.Cut(a.Start, ". ")
			groups := make([]string, 0)
			for _, id := range a.Groups {
				groups = append(groups, strings.ToLower(id))
			}
			by := make([]string, 0)
			for _, id := range a.By {
				by = append(by, strings.Replace(id, "NATO", "nato", 1))
			}
			slices.Sort(by)
			slices.Sort(groups)
			out[start[:12]] = fmt.Sprintf("%s by %v groups %v %s %s", a.States[0], by, groups, stances[a.Stance], a.Strength)
		}
	}
	return out
}

// TestOrderDoesNotMatter checks that statements are the same in whatever order
// the files were read.
func TestOrderDoesNotMatter(t *testing.T) {
	g := names(t)
	drafts := seeds(t, g)
	want := statements(t, drafts, g)
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		random.Shuffle(len(drafts), func(i, j int) { drafts[i], drafts[j] = drafts[j], drafts[i] })
		if diff := cmp.Diff(want, statements(t, drafts, g)); diff != "" {
			t.Fatalf("another order gives other statements:\n%s", diff)
		}
	}
}

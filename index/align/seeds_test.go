package align_test

import (
	"encoding/json"
	"testing"

	"demarche/index/align"
	"demarche/index/annotate"
	"demarche/index/clean"
	"demarche/index/gazetteer"
	"demarche/index/segment"
	"demarche/index/source"
)

func TestSeedsTry(t *testing.T) {
	g, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := annotate.New(g)
	var drafts []annotate.Draft
	es, _ := source.Find([]string{"../../../shared/seeds"})
	for _, e := range es {
		f, err := source.Read(e, source.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		drafts = append(drafts, a.Annotate(segment.Split(f, clean.Repair(f.Text))))
	}
	for _, s := range align.Statements(drafts, g) {
		t.Log(s.ID, s.Date, s.DateProvenance, s.DateEvidence, s.Kind, s.Actors, s.Duplicates, s.Repairs)
		t.Log(s.Title)
		for _, v := range s.Versions {
			t.Log("  ", v.Lang, v.Date, v.DateProvenance, len(v.Paragraphs), v.Files)
			for _, p := range v.Paragraphs {
				b, _ := json.Marshal(p.Attributions)
				t.Log("      ", p.ID, p.Passage, p.Mentions, string(b))
			}
		}
	}
}

package annotate_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"demarche/index/annotate"
	"demarche/index/segment"
	"demarche/search"
)

// sentences are all sentences of the rule cases of a language.
func sentences(t testing.TB, lang string) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var out []string
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if f.Name == lang {
				out = append(out, strings.Split(strings.TrimSpace(string(f.Data)), "\n")...)
			}
		}
	}
	return out
}

func version(lang, title string, texts ...string) segment.Version {
	v := segment.Version{Lang: lang, Title: title}
	for i, text := range texts {
		v.Paragraphs = append(v.Paragraphs, search.Paragraph{Position: i + 1, Text: text})
	}
	return v
}

// TestDraftSurvivesJSON checks that a draft can be kept and read again.
func TestDraftSurvivesJSON(t *testing.T) {
	draft := annotator(t).Annotate(segment.Document{Versions: []segment.Version{version("en", "NATO statement", sentences(t, "en")...)}})
	data, err := json.Marshal(draft)
	if err != nil {
		t.Fatal(err)
	}
	var back annotate.Draft
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(draft, back); diff != "" {
		t.Error(diff)
	}
}

// TestAnnotateLeavesTheDocument checks that the document given is not changed.
func TestAnnotateLeavesTheDocument(t *testing.T) {
	d := segment.Document{Versions: []segment.Version{version("en", "", "Russia's cyberattacks continue.")}}
	annotator(t).Annotate(d)
	if p := d.Versions[0].Paragraphs[0]; p.Mentions != nil || p.Attributions != nil {
		t.Errorf("the paragraph was changed: %+v", p)
	}
}

func TestMentions(t *testing.T) {
	a := annotator(t)
	tests := []struct{ lang, text, want string }{
		{"en", "Russia and Russian hackers met the UN in Moscow; the GRU did not.", "RU un"},
		{"fr", "La France et les États-Unis saluent l'OTAN, la France surtout.", "FR US nato"},
		{"ru", "Канада, Соединенное Королевство и США призывают Китай.", "CA GB US CN"},
		{"und", "NATO and Estonia", "nato EE"},
	}
	for _, tt := range tests {
		d := a.Annotate(segment.Document{Versions: []segment.Version{version(tt.lang, "", tt.text)}})
		if got := strings.Join(d.Document.Versions[0].Paragraphs[0].Mentions, " "); got != tt.want {
			t.Errorf("%s: %s: got %s, want %s", tt.lang, tt.text, got, tt.want)
		}
	}
}

// TestResolve checks whose attribution it is once the speaker is known.
func TestResolve(t *testing.T) {
	a := annotator(t)
	const text = "The United Kingdom and Canada attributed the cyberattack to Russia. We condemn Russia's cyberattacks. Iran's cyberattacks continue."
	draft := a.Annotate(segment.Document{Versions: []segment.Version{version("en", "", text)}})
	found := draft.Document.Versions[0].Paragraphs[0].Attributions
	tests := []struct {
		speakers, want string
	}{
		{"nato", "RU [nato CA GB] own; IR [nato] own"},
		{"GB", "RU [GB CA] own; IR [GB] own"},
		{"", "RU [CA GB] own; IR [] own"},
		{"RU", "RU [CA GB] denied; IR [RU] own"},
		{"eu US", "RU [eu US CA GB] own; IR [eu US] own"},
	}
	for _, tt := range tests {
		var actors []search.Actor
		for id := range strings.FieldsSeq(tt.speakers) {
			actors = append(actors, search.Actor{ID: id})
		}
		var got []string
		for _, r := range annotate.Resolve(found, actors) {
			got = append(got, r.State+" ["+strings.Join(r.By, " ")+"] "+string(r.Stance))
		}
		if s := strings.Join(got, "; "); s != tt.want {
			t.Errorf("%q speaks: got %s, want %s", tt.speakers, s, tt.want)
		}
	}
}

// FuzzAnnotate checks for any text that evidence points at its words and that
// every attribution has a state, a stance and a wording.
func FuzzAnnotate(f *testing.F) {
	for _, lang := range search.Languages {
		for _, s := range sentences(f, lang) {
			f.Add(lang, s, s)
		}
	}
	f.Add("en", "((((Russia (GRU) (", "' ’s U.S. .")
	a := annotator(f)
	f.Fuzz(func(t *testing.T, lang, title, text string) {
		d := a.Annotate(segment.Document{Versions: []segment.Version{version(lang, title, text, title)}})
		for _, p := range d.Document.Versions[0].Paragraphs {
			for _, at := range annotate.Resolve(p.Attributions, []search.Actor{{ID: "nato"}}) {
				if len(at.State) != 2 || at.Stance == "" || len(at.Assertions) == 0 {
					t.Fatalf("%+v", at)
				}
				for _, s := range append(at.Assertions, search.Assertion{Evidence: at.Evidence}) {
					span := s.Evidence.Span
					if span.Start < 0 || span.End > len(p.Text) || span.Start >= span.End || p.Text[span.Start:span.End] != s.Evidence.Text {
						t.Fatalf("evidence %+v in %q", s.Evidence, p.Text)
					}
				}
			}
		}
	})
}

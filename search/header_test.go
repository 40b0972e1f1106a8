package search_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/search"
)

func TestHeader(t *testing.T) {
	s := search.Statement{
		ID: "s", Title: "A title", URL: "https://example.org/s", Date: "2021",
		Versions: []search.Version{
			{Lang: "en", Title: "A title", URL: "https://example.org/s/en"},
			{Lang: "fr"},
		},
	}
	for i, want := range []search.Header{
		{ID: "s", Title: "A title", TitleLang: "en", Date: "2021", URL: "https://example.org/s/en"},
		{ID: "s", Title: "A title", TitleLang: "en", Date: "2021", URL: "https://example.org/s"},
	} {
		if d := cmp.Diff(want, s.Header(&s.Versions[i])); d != "" {
			t.Errorf("%s: -want +got\n%s", s.Versions[i].Lang, d)
		}
	}
	declared := search.Statement{Title: "Declared for all", Versions: []search.Version{{Lang: "ru"}}}
	if h := declared.Header(&declared.Versions[0]); h.TitleLang != search.Undetermined || h.Title != "Declared for all" {
		t.Errorf("a title of no version is %q in %q", h.Title, h.TitleLang)
	}
}

func TestSiblings(t *testing.T) {
	s := search.Statement{Versions: []search.Version{
		{Lang: "en", Paragraphs: []search.Paragraph{{ID: "en.1", Passage: "p1"}, {ID: "en.2"}}},
		{Lang: "fr", Paragraphs: []search.Paragraph{{ID: "fr.1", Passage: "p1"}, {ID: "fr.2", Passage: "p1"}}},
		{Lang: "ru", Paragraphs: []search.Paragraph{{ID: "ru.1", Passage: "p2"}, {ID: "ru.2"}}},
	}}
	en := &s.Versions[0]
	want := []search.PassageVersion{{Lang: "fr", ID: "fr.1"}, {Lang: "fr", ID: "fr.2"}}
	if d := cmp.Diff(want, s.Siblings(en, &en.Paragraphs[0])); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if got := s.Siblings(en, &en.Paragraphs[1]); got != nil {
		t.Errorf("a paragraph of no passage has the siblings %v", got)
	}
}

package align_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index/annotate"
	"demarche/index/segment"
	"demarche/index/source"
	"demarche/search"
)

// file is a draft of one version whose text is lines.
func file(a *annotate.Annotator, name, lang, text string, declared ...source.Declared) annotate.Draft {
	v := segment.Version{Lang: lang}
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		if title, ok := strings.CutPrefix(line, "# "); ok {
			v.Title = title
			continue
		}
		if date, ok := strings.CutPrefix(line, "@ "); ok {
			v.Front = append(v.Front, segment.Line{Kind: segment.DateLine, Text: date})
			continue
		}
		v.Paragraphs = append(v.Paragraphs, search.Paragraph{Position: len(v.Paragraphs) + 1, Text: line})
	}
	return a.Annotate(segment.Document{Source: search.Source{File: name}, Declared: declared, Versions: []segment.Version{v}, Repairs: []search.Repair{{Kind: "nbsp", Count: 2}}})
}

const (
	english = "The Council of Europe met in Strasbourg on 14 March with Armenia and Georgia.\nWe condemn the attack on the Tallinn data centre, in which 1,340 computers were lost.\nA report will follow in 2031."
	french  = "Le Conseil de l'Europe s'est réuni à Strasbourg le 14 mars avec l'Arménie et la Géorgie.\nNous condamnons l'attaque du centre de données de Tallinn, où 1 340 ordinateurs ont été perdus.\nUn rapport suivra en 2031."
	russian = "Совет Европы собрался в Страсбурге 14 марта с участием Армении и Грузии.\nМы осуждаем атаку на центр данных в Таллине, в ходе которой пострадали 1340 компьютеров.\nДоклад последует в 2031 году."
	other   = "The Group of Seven met in Hiroshima with Australia and Brazil.\nWe will spend 250 million on cables to Fiji.\nKenya and Japan will report in 2044."
)

func TestStatements(t *testing.T) {
	g := names(t)
	a := annotate.New(g)
	tests := []struct {
		name   string
		drafts []annotate.Draft
		want   string
	}{
		{
			"versions are found by numbers, names and shape",
			[]annotate.Draft{file(a, "a", "en", english), file(a, "b", "fr", french), file(a, "c", "ru", russian), file(a, "d", "en", other)},
			"en:a fr:b ru:c; en:d",
		},
		{
			"a declared key joins what has nothing in common",
			[]annotate.Draft{file(a, "a", "en", english, source.Declared{Statement: "one"}), file(a, "b", "fr", "Rien de tel.", source.Declared{Statement: "one"})},
			"en:a fr:b",
		},
		{
			"declared keys keep apart what is alike",
			[]annotate.Draft{file(a, "a", "en", english, source.Declared{Statement: "one"}), file(a, "b", "fr", french, source.Declared{Statement: "two"})},
			"en:a; fr:b",
		},
		{
			"dates keep versions apart",
			[]annotate.Draft{file(a, "a", "en", "@ 1 May 2020\n"+english), file(a, "b", "fr", "@ 2 juin 2021\n"+french)},
			"en:a; fr:b",
		},
		{
			"the copy that less is known of is the duplicate",
			[]annotate.Draft{file(a, "a", "en", english), file(a, "b", "en", "# A title\n@ 1 May 2020\n"+strings.ReplaceAll(english, "'", "’"))},
			"en:a+b (a of b)",
		},
		{
			"of equals the first by name is kept",
			[]annotate.Draft{file(a, "b", "en", english), file(a, "a", "en", english)},
			"en:a+b (b of a)",
		},
		{
			"a yearly notice is no copy",
			[]annotate.Draft{file(a, "a", "en", yearly(2021)), file(a, "b", "en", yearly(2022))},
			"en:a; en:b",
		},
		{
			"a copy of two that metadata tells apart is one of the two",
			[]annotate.Draft{file(a, "a", "en", english, source.Declared{Date: "2020-01-01"}), file(a, "b", "en", english), file(a, "c", "en", english, source.Declared{Date: "2021-01-01"})},
			"en:a+b (b of a); en:c",
		},
		{
			"two parts in one language are one version",
			[]annotate.Draft{file(a, "part2", "en", other, source.Declared{Statement: "one"}), file(a, "part1", "en", english, source.Declared{Statement: "one"})},
			"en:part1+part2",
		},
		{"nothing", nil, ""},
		{"a file without paragraphs", []annotate.Draft{file(a, "a", "und", "# Only a title")}, "und:a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range statements(t, tt.drafts, g) {
				var parts []string
				for _, v := range s.Versions {
					parts = append(parts, v.Lang+":"+strings.Join(v.Files, "+"))
				}
				for _, d := range s.Duplicates {
					parts = append(parts, fmt.Sprintf("(%s of %s)", d.File, d.Of))
				}
				got = append(got, strings.Join(parts, " "))
			}
			if len(got) == 2 && got[1] < got[0] {
				got[0], got[1] = got[1], got[0]
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// yearly is a notice that changes in its year only.
func yearly(year int) string {
	return fmt.Sprintf("On 3 May %d the President continued for one year the emergency that was declared with respect to the actions and policies of certain persons who undermine democratic processes.\nThe emergency remains in force because the actions and policies of these persons continue to pose an unusual and extraordinary threat.", year)
}

// TestDates checks which date a statement has and how each version knows it.
func TestDates(t *testing.T) {
	g := names(t)
	a := annotate.New(g)
	tests := []struct {
		name   string
		drafts []annotate.Draft
		want   string
	}{
		{
			"stated in one, carried to the others",
			[]annotate.Draft{file(a, "a", "en", english), file(a, "b", "fr", "@ 14 mars 2031\n"+french)},
			"2031-03-14 stated: en 2031-03-14 aligned, fr 2031-03-14 stated",
		},
		{
			"declared beats stated",
			[]annotate.Draft{file(a, "a", "en", "@ 15 March 2031\n"+english, source.Declared{Statement: "x"}), file(a, "b", "fr", french, source.Declared{Statement: "x", Date: "2031-03-14"})},
			"2031-03-14 declared: en 2031-03-15 stated, fr 2031-03-14 declared",
		},
		{"unknown stays unknown", []annotate.Draft{file(a, "a", "en", english)}, " unknown: en  unknown"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := statements(t, tt.drafts, g)[0]
			var parts []string
			for _, v := range s.Versions {
				parts = append(parts, fmt.Sprintf("%s %s %s", v.Lang, v.Date, v.DateProvenance))
			}
			if diff := cmp.Diff(tt.want, fmt.Sprintf("%s %s: %s", s.Date, s.DateProvenance, strings.Join(parts, ", "))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestIDs checks that IDs are readable, unique and those of metadata where it
// has any.
func TestIDs(t *testing.T) {
	g := names(t)
	a := annotate.New(g)
	drafts := []annotate.Draft{
		file(a, "a", "en", "# NATO statement\n@ 1 May 2020\n"+english),
		file(a, "b", "en", other, source.Declared{Statement: "G7 Hiroshima: the Cables"}),
		file(a, "c", "en", "Some other words.", source.Declared{Statement: "one"}),
		file(a, "d", "en", "The same words.", source.Declared{Date: "2020-01-01"}),
		file(a, "e", "en", "The same words.", source.Declared{Date: "2021-01-01"}),
		file(a, "f", "en", "# Estonia and the port\nThe same words once more."),
		file(a, "g", "en", "# Norway and the port\nThe same words once more."),
	}
	ids := map[string]bool{}
	for _, s := range statements(t, drafts, g) {
		if ids[s.ID] {
			t.Errorf("two statements are %s", s.ID)
		}
		ids[s.ID] = true
		if len(s.ID) > 40 {
			t.Errorf("%s is no readable ID", s.ID)
		}
		for _, v := range s.Versions {
			for i, p := range v.Paragraphs {
				if want := fmt.Sprintf("%s.%s.%d", s.ID, v.Lang, i+1); p.ID != want {
					t.Errorf("paragraph %s, want %s", p.ID, want)
				}
			}
		}
	}
	for _, want := range []string{"g7-hiroshima-the-cables", "one"} {
		if !ids[want] {
			t.Errorf("no statement %s in %v", want, ids)
		}
	}
	if len(ids) != len(drafts) {
		t.Errorf("%d statements of %d files: %v", len(ids), len(drafts), ids)
	}
}

// TestDraftsStay checks that the drafts given can be used again.
func TestDraftsStay(t *testing.T) {
	g := names(t)
	a := annotate.New(g)
	fresh := func() []annotate.Draft {
		return []annotate.Draft{file(a, "a", "en", "# NATO statement\n"+english+"\nWe condemn Russia's cyberattacks."), file(a, "b", "fr", french)}
	}
	drafts := fresh()
	statements(t, drafts, g)
	if diff := cmp.Diff(fresh(), drafts); diff != "" {
		t.Errorf("the drafts were changed:\n%s", diff)
	}
}

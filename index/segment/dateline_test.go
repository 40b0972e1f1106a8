package segment_test

import (
	"testing"

	"demarche/index/clean"
	"demarche/index/lang"
	"demarche/index/segment"
	"demarche/index/source"
)

// What the lines of the tests stand beside.
const (
	prose   = "We condemn the attack on the networks of our hospitals, and we stand with those who run them."
	proseFR = "Nous condamnons l’attaque contre les réseaux de nos hôpitaux, et nous soutenons ceux qui les font vivre."
	proseRU = "Мы осуждаем нападение на сети наших больниц и поддерживаем тех, кто обеспечивает их работу."
)

// proseFor is prose in the language of a line.
func proseFor(line string) string {
	switch lang.Detect(line) {
	case "fr":
		return proseFR
	case "ru":
		return proseRU
	}
	return prose
}

func TestDateLines(t *testing.T) {
	tests := []struct {
		line string
		want segment.LineKind // "" for a paragraph
	}{
		{"FOR IMMEDIATE RELEASE Friday, July 13, 2018", segment.DateLine},
		{"Friday, July 13, 2018", segment.DateLine},
		{"Washington, DC, July 13, 2018", segment.DateLine},
		{"New York, 23 September 2008", segment.DateLine},
		{"Brussels, 19 July 2021 (14:30)", segment.DateLine},
		{"19 Jul. 2021", segment.DateLine},
		{"Date: 2021-07-19", segment.DateLine},
		{"Posted on 19-07-2021", segment.DateLine},
		{"Done at Washington, this 5th day of May 2020", segment.DateLine},
		{"Paris, le 12 novembre 2018", segment.DateLine},
		{"Le mardi 5 mai 2020", segment.DateLine},
		{"Publié le 12 novembre 2018 à 10h30", segment.DateLine},
		{"Москва, 12 ноября 2018 года", segment.DateLine},
		{"г. Москва, 12 ноября 2018 г.", segment.DateLine},
		{"12 ноября 2018 года, 17:45", segment.DateLine},
		{"Опубликовано: 12.11.2018", segment.DateLine},
		{"Дата публикации: 12 ноября 2018 года", segment.DateLine},
		{"Last updated: 14 March 2020", segment.Meta},
		{"Mis à jour le 14 mars 2020", segment.Meta},
		{"Statement of 14 March 2020", segment.Heading},
		{"On 14 March 2020 the two ministers met for the first time.", ""},
		{"Le 14 mars 2020, les ministres se sont vus pour la première fois.", ""},
		{"14 марта 2020 года министры встретились впервые.", ""},
	}
	for _, tt := range tests {
		beside := proseFor(tt.line)
		v := only(t, tt.line+"\n\n"+beside+"\n\n"+beside+"\n")
		got := segment.LineKind("")
		if len(v.Front) > 0 {
			got = v.Front[0].Kind
		}
		if got != tt.want {
			t.Errorf("%q is %q, want %q", tt.line, got, tt.want)
		}
	}
}

// The signature of a document has its date behind the text.
func TestDateBehind(t *testing.T) {
	for _, line := range []string{
		"Fait à Paris, le 29 avril 2025",
		"Fait à Genève le 29 avril 2025, en deux exemplaires",
		"Done in Northport on 29 April 2025",
		"Совершено в Москве 29 апреля 2025 года",
	} {
		beside := proseFor(line)
		v := only(t, beside+"\n\n"+beside+"\n\n"+line+"\n")
		if len(v.Front) != 1 || v.Front[0].Kind != segment.Signature || len(v.Paragraphs) != 2 {
			t.Errorf("%q: %d paragraphs, front %v", line, len(v.Paragraphs), v.Front)
		}
	}
}

// A dateline stands at the start of the first paragraph, which stays whole.
func TestDateline(t *testing.T) {
	tests := []struct{ text, want string }{
		{"WASHINGTON, May 3, 2024 – " + prose, "WASHINGTON, May 3, 2024"},
		{"WASHINGTON (May 3, 2024) — " + prose, "WASHINGTON (May 3, 2024"},
		{"Paris, le 3 mai 2024 - " + prose, "Paris, le 3 mai 2024"},
		{"PARIS (AFP) – 3 mai 2024 – " + prose, "PARIS (AFP) – 3 mai 2024"},
		{"Port-au-Prince, le 3 mai 2024 – " + prose, "Port-au-Prince, le 3 mai 2024"},
		{"МОСКВА, 3 мая 2024 года. — " + prose, "МОСКВА, 3 мая 2024 года"},
		{"On May 3, 2024 – a Friday – the ports stood still, and nobody knew why it was so.", ""},
		{"The attack of May 3, 2024 – the second of its kind – came from where the first one came from.", ""},
		{prose + " WASHINGTON, May 3, 2024 – " + prose, ""},
	}
	for _, tt := range tests {
		v := only(t, tt.text+"\n\n"+prose+"\n")
		got := ""
		for _, l := range v.Front {
			if l.Kind == segment.DateLine {
				got = l.Text
			}
		}
		if got != tt.want || len(v.Paragraphs) != 2 {
			t.Errorf("%q: dateline %q, want %q; %d paragraphs", tt.text, got, tt.want, len(v.Paragraphs))
		}
	}
}

// only gives the only version of a text.
func only(t *testing.T, text string) segment.Version {
	t.Helper()
	d := segment.Split(source.File{Text: text}, clean.Repair(text))
	if len(d.Versions) != 1 {
		t.Fatalf("%q: %d versions", text, len(d.Versions))
	}
	return d.Versions[0]
}

package align_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"demarche/index/annotate"
	"demarche/index/segment"
	"demarche/search"
)

// TestStrangers checks that short texts on one subject in several languages are
// not taken for versions: they name the same few states and have the words of
// their trade in common. Nothing else is known of them, neither date nor issuer.
// One in forty may be: some of the sentences are translations of others.
func TestStrangers(t *testing.T) {
	g := names(t)
	a := annotate.New(g)
	for _, sentences := range []int{1, 2, 3, 5} {
		t.Run(fmt.Sprint(sentences), func(t *testing.T) {
			var drafts []annotate.Draft
			for _, lang := range search.Languages {
				for i, texts := range notes(t, lang, sentences) {
					v := segment.Version{Lang: lang}
					for k, text := range texts {
						v.Paragraphs = append(v.Paragraphs, search.Paragraph{Position: k + 1, Text: text})
					}
					d := a.Annotate(segment.Document{Source: search.Source{File: fmt.Sprintf("%03d.%s", i, lang)}, Versions: []segment.Version{v}})
					d.Notes[0].Actors = nil
					drafts = append(drafts, d)
				}
			}
			joined := 0
			for _, s := range statements(t, drafts, g) {
				if len(s.Versions) > 1 {
					joined++
				}
			}
			t.Logf("%d of %d texts are taken for versions", joined, len(drafts))
			if 40*joined > len(drafts) {
				t.Errorf("want one in forty at most")
			}
		})
	}
}

// notes are short texts of a language: of so many sentences each, of those that
// the annotator is tried with.
func notes(t *testing.T, lang string, sentences int) (out [][]string) {
	t.Helper()
	f, err := os.Open("../annotate/testdata/sentences/dev." + lang + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []string
	for in := bufio.NewScanner(f); in.Scan(); {
		var s struct{ Text string }
		if err := json.Unmarshal(in.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s.Text)
	}
	random := rand.New(rand.NewPCG(3, uint64(len(lang))))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for texts := range slices.Chunk(all, sentences) {
		out = append(out, texts)
	}
	return out
}

// TestShort checks what texts of a few sentences must have in common to be
// versions: the names and numbers, and words beside them; as many paragraphs of
// like length are not enough.
func TestShort(t *testing.T) {
	g := names(t)
	a := annotate.New(g)
	tests := []struct {
		name     string
		lang, x  string
		other, y string
		versions bool
	}{
		{
			"an agency's note and a denial", "fr", "MALTE (AGP) – 9 juin 2017 – La Finlande accuse la Russie de cyberattaques.\nElle en parlera bientôt avec tous ses partenaires de la région.",
			"ru", "Россия отвергает обвинения в кибератаках.\nМы открыты для разговора со всеми государствами.", false,
		},
		{
			"two attacks on one state", "en", "We condemn the cyberattack on the hospitals of Albania, for which Iran is responsible.\nOur experts are in Tirana and help.",
			"fr", "L'Albanie a expulsé les diplomates de l'Iran après la cyberattaque contre son parlement.\nNous regrettons cette décision.", false,
		},
		{
			"an accusation and another's view of it", "en", "Russia carried out the cyberattack on the railways of Poland, and Poland will answer.\nThe matter is before the United Nations.",
			"ru", "Польша не представила доказательств того, что Россия причастна к кибератаке.\nОбсудим это в ООН.", false,
		},
		{
			"one sentence each on the same states", "en", "Estonia and Latvia condemn the malicious cyber activity of Belarus.",
			"fr", "L'Estonie et la Lettonie ferment leurs consulats au Bélarus.", false,
		},
		{
			"two statements on one attack, of which a paragraph each is alike", "en", "Finland condemns the cyberattack that Russia carried out against the ports of Malta.\nWe will go on to help our friends and call on all States to respect international law.",
			"fr", "La Finlande convoque l'ambassadeur de Russie après la cyberattaque contre Malte.\nElle demande des explications sous huit jours et tiendra ses voisins au courant.", false,
		},
		{
			"two paragraphs and their translation", "en", "Iceland and Malta condemn the attack of 17 February on the terminals of the port of Valletta, for which the group Fancy Bear is responsible.\nWe call on the Russian Federation to respect international law and the norms of the United Nations.",
			"fr", "L'Islande et Malte condamnent l'attaque du 17 février contre les terminaux du port de La Valette, dont le groupe Fancy Bear est responsable.\nNous appelons la Fédération de Russie à respecter le droit international et les normes des Nations unies.", true,
		},
		{
			"three paragraphs and their translation", "en", "Iceland and Malta condemn the attack of 17 February on the terminals of the port of Valletta.\nThe group Fancy Bear, which the Russian Federation directs, is responsible for it.\nWe call on Russia to respect international law and the norms that the United Nations adopted in 2015.",
			"ru", "Исландия и Мальта осуждают атаку 17 февраля на терминалы порта Валлетта.\nОтветственность за неё несёт группа Fancy Bear, которой руководит Российская Федерация.\nМы призываем Россию соблюдать международное право и нормы, принятые Организацией Объединённых Наций в 2015 году.", true,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			drafts := []annotate.Draft{file(a, "x", tt.lang, tt.x), file(a, "y", tt.other, tt.y)}
			if got := len(statements(t, drafts, g)) == 1; got != tt.versions {
				t.Errorf("versions: %v, want %v", got, tt.versions)
			}
		})
	}
}

// TestOneDay checks that of longer texts of one day, on one subject, none is
// taken for the version of another however each divides its paragraphs.
func TestOneDay(t *testing.T) {
	g := names(t)
	a := annotate.New(g)
	for _, other := range []string{"fr", "ru"} {
		for _, how := range []regrouping{{0, 0}, {0.5, 0}, {1, 0}, {0, 0.5}, {0, 1}, {0.4, 0.4}} {
			t.Run(fmt.Sprintf("%s split %.1f merged %.1f", other, how.split, how.merge), func(t *testing.T) {
				joined, pairs := 0, 0
				for seed := range uint64(12) {
					random := rand.New(rand.NewPCG(seed, 4))
					var drafts []annotate.Draft
					for i, d := range shuffled(slices.Clone(rows(t, "en", other)), seed, 4, 9) {
						one := draft(a, fmt.Sprintf("%02d.en", i), "en", d)
						if i%2 == 1 {
							v := how.version(random, other, column(d, other))
							one = a.Annotate(segment.Document{Source: search.Source{File: fmt.Sprintf("%02d.%s", i, other)}, Versions: []segment.Version{v}})
						}
						one.Notes[0].Date, one.Notes[0].DateProvenance = "2031-05-04", search.Declared
						drafts = append(drafts, one)
					}
					pairs += len(drafts) / 2 * (len(drafts) - len(drafts)/2)
					joined += len(drafts) - len(statements(t, drafts, g))
				}
				t.Logf("%d of %d pairs are taken for versions", joined, pairs)
				if joined > 0 {
					t.Errorf("want none")
				}
			})
		}
	}
}

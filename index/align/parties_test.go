package align_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"demarche/index/annotate"
	"demarche/index/source"
)

// form is a statement that others issue in the same words.
const form = "%[1]s deplores the intrusion into the registers of the port of Nordhavn, of which 61 terminals were put out of use in one night.\n" +
	"%[1]s stands by all who work in the port and will share what its experts know with every partner who asks for it.\n" +
	"%[1]s expects of everybody that ports, hospitals and schools are spared, in peace as well as in times of crisis."

// words are a statement that does not say whose it is.
const words = "We deplore the intrusion into the registers of the port of Nordhavn, of which 61 terminals were put out of use.\n" +
	"We stand by all who work in the port and will share what our experts know with every partner who asks for it."

// TestParties checks whose texts are two statements although they are alike, and
// whose are one.
func TestParties(t *testing.T) {
	g := names(t)
	a := annotate.New(g)
	of := func(party string) string { return fmt.Sprintf(form, party) }
	by := func(ids ...string) source.Declared { return source.Declared{Actors: ids} }
	at := func(url string) source.Declared { return source.Declared{URL: url} }
	tests := []struct {
		name       string
		x, y       string // a line "# " is the title
		ofX, ofY   source.Declared
		statements int
	}{
		{"states at the beginning of sentences", of("Estonia"), of("Norway"), source.Declared{}, source.Declared{}, 2},
		{"capitals", of("Tallinn"), of("Oslo"), source.Declared{}, source.Declared{}, 2},
		{"abbreviations", of("ZKSV"), of("NCRA"), source.Declared{}, source.Declared{}, 2},
		{"one state", of("Estonia"), of("Estonia"), source.Declared{}, source.Declared{}, 1},
		{"other words at the beginning", of("Everybody"), of("Nobody"), source.Declared{}, source.Declared{}, 1},
		{
			"two who name each other",
			of("Norway") + "\n" + words + " We thank Estonia.", of("Estonia") + "\n" + words + " We thank Norway.", by("NO"), by("EE"), 2,
		},

		{"declared issuers", words, words, by("EE"), by("NO"), 2},
		{"declared issuers that nobody knows", words, words, by("Port Authority of Nordhavn"), by("League of Harbours"), 2},
		{"one issuer at two addresses", words, words, source.Declared{Actors: []string{"EE"}, URL: "https://vm.ee/1"}, source.Declared{Actors: []string{"EE"}, URL: "https://www.nato.int/1"}, 1},
		{"some of the issuers", words, words, by("EE", "NO"), by("NO"), 1},
		{"one issuer in common", words, words, by("EE", "NO"), by("LV", "NO"), 2},
		{"an issuer known of one", words, words, by("EE"), source.Declared{}, 1},
		{
			"a declared key joins",
			words, words,
			source.Declared{Statement: "one", Actors: []string{"EE"}},
			source.Declared{Statement: "one", Actors: []string{"NO"}},
			1,
		},

		{"titles", "# Statement by the Government of Estonia\n" + words, "# Statement by the Government of Norway\n" + words, source.Declared{}, source.Declared{}, 2},
		{"titles of nobody known to issue", "# Nordhavn as seen from Estonia\n" + words, "# Nordhavn as seen from Norway\n" + words, source.Declared{}, source.Declared{}, 2},
		{"joint titles", "# Joint statement by Estonia, Latvia and Norway\n" + words, "# Joint statement by Estonia, Canada and Japan\n" + words, source.Declared{}, source.Declared{}, 2},
		{"a title that names more", "# Statement by Estonia\n" + words, "# Statement by Estonia in Canada\n" + words, source.Declared{}, source.Declared{}, 1},
		{
			"headlines of what the text says",
			"# Norway thanked\n" + of("Estonia") + "\nWe thank Norway and Latvia.", "# Latvia thanked\n" + of("Estonia") + "\nWe thank Norway and Latvia.",
			source.Declared{},
			source.Declared{},
			1,
		},

		{"addresses", words, words, at("https://vm.ee/1"), at("https://www.regjeringen.no/1"), 2},
		{"two addresses of one state", words, words, at("https://vm.ee/1"), at("https://valitsus.ee/2"), 1},
		{"what one passes on", "# Statement by Estonia\n" + words, "# Estonia on the port of Nordhavn\n" + words, source.Declared{}, at("https://www.regjeringen.no/1"), 1},
		{"what both say together", of("Estonia and Norway"), of("Estonia and Norway"), at("https://vm.ee/1"), at("https://www.regjeringen.no/1"), 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			drafts := []annotate.Draft{file(a, "x", "en", tt.x, tt.ofX), file(a, "y", "en", tt.y, tt.ofY)}
			if got := len(statements(t, drafts, g)); got != tt.statements {
				t.Errorf("%d statements, want %d", got, tt.statements)
			}
		})
	}
}

// TestPartiesAcrossLanguages checks that of a text that two states issue in two
// languages each each finds its own version, and none the other's.
func TestPartiesAcrossLanguages(t *testing.T) {
	g := names(t)
	a := annotate.New(g)
	const en = "# Statement by the Government of %[1]s\n%[1]s condemns the attack of 17 February 2031 on the registers of Iceland and Malta, in which 61 terminals were lost.\n" +
		"%[1]s calls on the United Nations to examine the matter in March 2031."
	const fr = "# Déclaration du gouvernement de %[1]s\n%[1]s condamne l'attaque du 17 février 2031 contre les registres de l'Islande et de Malte, où 61 terminaux ont été perdus.\n" +
		"%[1]s demande aux Nations unies d'examiner l'affaire en mars 2031."
	estonia, estonie := file(a, "ee.en", "en", fmt.Sprintf(en, "Estonia")), file(a, "ee.fr", "fr", fmt.Sprintf(fr, "l'Estonie"))
	canada, canadien := file(a, "ca.en", "en", fmt.Sprintf(en, "Canada")), file(a, "ca.fr", "fr", fmt.Sprintf(fr, "Canada"))
	for _, tt := range []struct {
		name   string
		drafts []annotate.Draft
		want   int
	}{
		{"all four", []annotate.Draft{estonia, canadien, canada, estonie}, 2},
		{"versions", []annotate.Draft{canada, canadien}, 1},
		{"of two states", []annotate.Draft{estonia, canadien}, 2},
		{"of two states the other way", []annotate.Draft{canada, estonie}, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := statements(t, tt.drafts, g)
			if len(found) != tt.want {
				t.Errorf("%d statements, want %d", len(found), tt.want)
			}
			for _, s := range found {
				for _, src := range s.Sources {
					if !strings.HasPrefix(src.File, s.Sources[0].File[:2]) {
						t.Errorf("%s and %s are joined", s.Sources[0].File, src.File)
					}
				}
			}
		})
	}
}

// TestPassedOn checks that a statement is its issuer's, at whatever address it
// stands, and all theirs who say it together.
func TestPassedOn(t *testing.T) {
	g := names(t)
	a := annotate.New(g)
	at := func(url string) source.Declared { return source.Declared{URL: url} }
	both := fmt.Sprintf(form, "Estonia and Norway")
	for _, tt := range []struct {
		name   string
		drafts []annotate.Draft
		want   string
	}{
		{
			"passed on",
			[]annotate.Draft{file(a, "x", "en", "# Statement by Estonia\n"+words), file(a, "y", "en", "# Estonia on the port of Nordhavn\n"+words, at("https://www.regjeringen.no/1"))},
			"EE",
		},
		{
			"together",
			[]annotate.Draft{file(a, "x", "en", both, at("https://vm.ee/1")), file(a, "y", "en", both, at("https://www.regjeringen.no/1"))},
			"EE NO",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := statements(t, tt.drafts, g)
			var got []string
			for _, actor := range found[0].Actors {
				got = append(got, actor.ID)
			}
			slices.Sort(got)
			if len(found) != 1 || strings.Join(got, " ") != tt.want {
				t.Errorf("%d statements by %v, want one by %s", len(found), got, tt.want)
			}
		})
	}
}

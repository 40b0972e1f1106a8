package gazetteer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"demarche/index/gazetteer"
)

func load(t testing.TB) *gazetteer.Gazetteer {
	t.Helper()
	g, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func names(g *gazetteer.Gazetteer, lang string, texts ...string) []string {
	var found [][]gazetteer.Match
	for _, text := range texts {
		found = append(found, g.Find(lang, text))
	}
	var out []string
	for i, matches := range gazetteer.Settle(found) {
		for _, m := range matches {
			out = append(out, m.ID+":"+texts[i][m.Span.Start:m.Span.End])
		}
	}
	return out
}

// TestFind has the traps: names inside names, names that are words, words that
// look like names.
func TestFind(t *testing.T) {
	g := load(t)
	tests := []struct{ lang, text, want string }{
		{"en", "Niger and Nigeria, Nigerien and Nigerian", "NE:Niger NG:Nigeria NE:Nigerien NG:Nigerian"},
		{"en", "Guinea, Guinea-Bissau, Equatorial Guinea, Papua New Guinea", "GN:Guinea GW:Guinea-Bissau GQ:Equatorial Guinea PG:Papua New Guinea"},
		{"en", "the Republic of Korea, the DPRK and North Korea", "KR:Republic of Korea KP:DPRK KP:North Korea"},
		{"en", "the Democratic Republic of the Congo and the Republic of the Congo", "CD:Democratic Republic of the Congo CG:Republic of the Congo"},
		{"en", "Dominica and the Dominican Republic", "DM:Dominica DO:Dominican Republic"},
		{"en", "Ireland and Northern Ireland", "IE:Ireland GB:Northern Ireland"},
		{"en", "the Republic of China and the People’s Republic of China (PRC)", "TW:Republic of China CN:People’s Republic of China CN:PRC"},
		{"en", "Roman law in Oman; Indiana and India; a turkey in Turkey", "OM:Oman IN:India TR:Turkey"},
		{"en", "Tbilisi, Georgia, and Atlanta, Georgia, and the State of Georgia", "GE:Tbilisi GE:Georgia"},
		{"en", "Georgia Tech and the Southern District of Georgia", ""},
		{"en", "tell us: the US, the U.S. and the USA", "US:US US:U.S. US:USA"},
		{"en", "CONTACT US AT ONCE FOR HELP", ""},
		{"en", "New Mexico, the South China Sea, the Indian Ocean, Latin American states", ""},
		{"en", "WHO ATTACKED US AND HOW", ""},
		{"en", "the G7, the G 20, NATO and the European Union", "g7:G7 g20:G 20 nato:NATO eu:European Union"},
		{"en", "APT28, APT 28, Fancy Bear, the GRU's Unit 74455", "apt28:APT28 apt28:APT 28 apt28:Fancy Bear gru:GRU gru-74455:Unit 74455"},
		{"en", "Typhoon Yagi and Volt Typhoon", "volt-typhoon:Volt Typhoon"},
		{"fr", "l’Estonie, des États-Unis et de l'Etat", "EE:Estonie US:États-Unis"},
		{"fr", "les Etats-Unis, la RPC, la RFA, l'OTAN, l'ONU et l'UE", "US:Etats-Unis CN:RPC DE:RFA nato:OTAN un:ONU eu:UE"},
		{"fr", "le Niger, le Nigéria, nigérien, nigérian", "NE:Niger NG:Nigéria NE:nigérien NG:nigérian"},
		{"fr", "Dominique et Maurice parlent de la Dominique", "DM:la Dominique"},
		{"fr", "les services russes, des hackers chinoises et nord-coréens", "RU:russes CN:chinoises KP:nord-coréens"},
		{"ru", "на Китайскую Народную Республику, в КНР, Китаем и китайскими", "CN:Китайскую Народную Республику CN:КНР CN:Китаем CN:китайскими"},
		{"ru", "Нигером и Нигерией, нигерийский и нигерский", "NE:Нигером NG:Нигерией NG:нигерийский NE:нигерский"},
		{"ru", "Того требует закон. Мы были в Того.", "TG:Того"},
		{"ru", "Кроме того, в США и во Франции", "US:США FR:Франции"},
		{"ru", "Соединённым Королевством, Соединенными Штатами, Североатлантического союза", "GB:Соединённым Королевством US:Соединенными Штатами nato:Североатлантического союза"},
		{"ru", "Генштаб и ГРУ, СВР и ФСБ России", "gru:ГРУ svr:СВР fsb:ФСБ RU:России"},
		{"ru", "на русском языке в Южной Америке", ""},
		{"ru", "Северной Кореи и Республики Корея, Кореей", "KP:Северной Кореи KR:Республики Корея KR:Кореей"},
	}
	for _, tt := range tests {
		if got := strings.Join(names(g, tt.lang, tt.text), " "); got != tt.want {
			t.Errorf("%s: %s\n got %s\nwant %s", tt.lang, tt.text, got, tt.want)
		}
	}
}

func TestSettle(t *testing.T) {
	g := load(t)
	tests := []struct {
		name  string
		texts []string
		want  []string
	}{
		{"a short form without its name", []string{"the Alliance stands firm"}, nil},
		{"a short form with its name", []string{"the Alliance stands firm", "NATO does"}, []string{"nato:Alliance", "nato:NATO"}},
		{"an abbreviation that is spelt out as something else", []string{"the Financial Stability Board (FSB)", "the FSB reports"}, []string{"fsb-board:Financial Stability Board"}},
		{"the same abbreviation elsewhere", []string{"the FSB reports"}, []string{"fsb:FSB"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, names(g, "en", tt.texts...)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

// A word that two states share is that one's which the document names alone.
func TestSettleShared(t *testing.T) {
	g := load(t)
	tests := []struct {
		lang  string
		texts []string
		want  string // of the last text
	}{
		{"fr", []string{"La République démocratique du Congo s'inquiète", "l'armée congolaise, au Congo"}, "CD:congolaise CD:Congo"},
		{"fr", []string{"La RDC et la République du Congo", "l'armée congolaise, au Congo"}, "CG:congolaise CG:Congo"},
		{"fr", []string{"Le Congo s'inquiète", "l'armée congolaise"}, "CG:congolaise"},
		{"en", []string{"Kinshasa is worried", "the Congolese army"}, "CD:Congolese"},
		{"en", []string{"Brazzaville and Kinshasa are worried", "the Congolese army"}, "CG:Congolese"},
		{"ru", []string{"ДРК обеспокоена", "конголезская армия"}, "CD:конголезская"},
		{"en", []string{"the DPRK denies it", "Korean hackers"}, "KP:Korean"},
		{"en", []string{"the DPRK and the Republic of Korea", "Korean banks"}, "KR:Korean"},
		{"en", []string{"North Korean hackers of the DPRK", "Korean banks"}, "KR:Korean"},
		{"fr", []string{"La Guinée-Bissau", "l'armée guinéenne"}, "GW:guinéenne"},
		{"fr", []string{"La Guinée et la Guinée équatoriale", "l'armée guinéenne"}, "GN:guinéenne"},
		{"ru", []string{"Республика Южный Судан", "суданские хакеры"}, "SS:суданские"},
	}
	for _, tt := range tests {
		all := names(g, tt.lang, tt.texts...)
		if got := strings.Join(all[len(all)-strings.Count(tt.want, ":"):], " "); got != tt.want {
			t.Errorf("%s %q: got %s, want %s", tt.lang, tt.texts, got, tt.want)
		}
	}
}

// states are the codes of ISO 3166-1 in use, and XK, which many publishers use.
const states = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"

func TestEveryState(t *testing.T) {
	g := load(t)
	if diff := cmp.Diff(strings.Fields(states), g.States()); diff != "" {
		t.Errorf("states differ (-want +got):\n%s", diff)
	}
	for _, id := range g.States() {
		for _, lang := range []string{"en", "fr", "ru"} {
			name := g.Name(lang, id)
			if name == id || name == "" {
				t.Errorf("%s has no name in %s", id, lang)
			}
			if got, ok := g.Lookup(name); !ok || got != id {
				t.Errorf("%q (%s) is looked up as %q, want %s", name, lang, got, id)
			}
		}
	}
}

func TestName(t *testing.T) {
	g := load(t)
	tests := []struct{ lang, id, want string }{
		{"en", "GB", "United Kingdom"},
		{"fr", "GB", "Royaume-Uni"},
		{"ru", "GB", "Великобритания"},
		{"fr", "nato", "OTAN"},
		{"ru", "nato", "НАТО"},
		{"ru", "gru", "ГРУ"},
		{"en", "sbu", "СБУ"}, // named in Russian alone
		{"fr", "apt28", "APT28"},
		{"de", "FR", "France"},
		{"en", "nothing-known", "nothing-known"},
	}
	for _, tt := range tests {
		if got := g.Name(tt.lang, tt.id); got != tt.want {
			t.Errorf("Name(%s, %s) = %q, want %q", tt.lang, tt.id, got, tt.want)
		}
	}
}

func TestLookup(t *testing.T) {
	g := load(t)
	for name, want := range map[string]string{"NATO": "nato", "OTAN": "nato", "France": "FR", "fr": "FR", " Royaume-Uni ": "GB", "Россия": "RU", "paris-call": "paris-call", "APT 28": ""} {
		got, _ := g.Lookup(name)
		if got != want {
			t.Errorf("Lookup(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestReadTellsBadRows checks that a bad row is named with file, line and
// column, and that the good rows beside it are kept.
func TestReadTellsBadRows(t *testing.T) {
	g, err := gazetteer.Read(fstest.MapFS{
		"states.en.csv": {Data: []byte("id,name,names\nRU,Russia,Russia\nrus,Russia,Russia\nFR,,France\nDE,Germany,Ger*many\nIT,Italy\n")},
		"bodies.en.csv": {Data: []byte("id,name,names\nRU,Russia,Russia\nnato,NATO,NATO\n")},
		"groups.csv":    {Data: []byte("id,state,lang,name,names\ngru,Russia,,GRU,GRU\nsvr,RU,de,SVR,SVR\n")},
		"homonyms.csv":  {Data: []byte("lang,name,where\nen,Georgia Tech,there\n")},
		"names.csv":     {Data: []byte("id\n")},
		"states.fr.csv": {Data: []byte("id,nom\n")},
	})
	if err == nil {
		t.Fatal("nothing was wrong")
	}
	want := []string{
		`bodies.en.csv, line 2, column id: "RU" is not a slug: use small letters, digits and hyphens`,
		`groups.csv, line 2, column state: "Russia" is not an ISO 3166-1 code of two capitals`,
		`groups.csv, line 3, column lang: "de" is not one of en, fr, ru, and not empty for all`,
		`homonyms.csv, line 2, column where: "there" is not one of here, start, capitals, document`,
		`names.csv: not a file of names; call it states.en.csv, bodies.fr.csv, groups.csv, offices.csv, publishers.csv, homonyms.csv or words.ru.csv`,
		`states.en.csv, line 3, column id: "rus" is not an ISO 3166-1 code of two capitals`,
		`states.en.csv, line 5, column names: "Ger*many": * must stand at the end of a word`,
		`states.en.csv, line 6: 2 fields where the header has 3`,
		`states.fr.csv, line 1: the column "name" is missing`,
		`states.en.csv, line 4, column name: must not be empty: "FR" is new, so give the name to show`,
	}
	if diff := cmp.Diff(want, strings.Split(err.Error(), "\n")); diff != "" {
		t.Errorf("errors differ (-want +got):\n%s", diff)
	}
	if got := fmt.Sprint(names(g, "en", "Russia and NATO")); got != "[RU:Russia nato:NATO]" {
		t.Errorf("the good rows gave %s", got)
	}
}

// BenchmarkFind needs a text; it takes the rule cases of index/annotate.
func BenchmarkFind(b *testing.B) {
	g := load(b)
	var text strings.Builder
	files, _ := filepath.Glob("../annotate/testdata/rules/*.txtar")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		text.Write(data)
	}
	for _, lang := range []string{"en", "fr", "ru"} {
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				g.Find(lang, text.String())
			}
		})
	}
}

// TestOwnNamesExtend checks what a folder of a user's own adds to the names that
// ship, and that its words win.
func TestOwnNamesExtend(t *testing.T) {
	g, err := gazetteer.Load(fstest.MapFS{
		"states.en.csv": {Data: []byte("\ufeffid,name,names\nFR,,Hexagon\n")},
		"bodies.fr.csv": {Data: []byte("id,name,names\nharbour-league,Ligue des ports,Ligue des ports\n")},
		"groups.csv":    {Data: []byte("id,state,lang,name,names\napt28,RU,,,Paper Bear\ngrey-heron,KP,,Grey Heron,Grey Heron;Sandworm\n")},
		"words.en.csv":  {Data: []byte("not for the gazetteer")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(names(g, "en", "Hexagon, France, Paper Bear, Fancy Bear, Grey Heron and Sandworm")); got != "[FR:Hexagon FR:France apt28:Paper Bear apt28:Fancy Bear grey-heron:Grey Heron grey-heron:Sandworm]" {
		t.Errorf("found %s", got)
	}
	if got := []string{g.Name("en", "FR"), g.Name("fr", "harbour-league"), g.Name("ru", "grey-heron"), g.StateOf("grey-heron")}; fmt.Sprint(got) != "[France Ligue des ports Grey Heron KP]" {
		t.Errorf("names are %q", got)
	}
}

// TestOwnNamesAreRefused checks what a user is told of rows that contradict the
// names that ship.
func TestOwnNamesAreRefused(t *testing.T) {
	_, err := gazetteer.Load(fstest.MapFS{
		"groups.csv":    {Data: []byte("id,state,name,names\napt28,CN,APT28,APT28\nnato,RU,N,N\nnew-one,RU,,New One\n")},
		"bodies.en.csv": {Data: []byte("id,name,names\ngru,GRU,GRU\n")},
	})
	want := `bodies.en.csv, line 2, column id: "gru" is a group already: use another id
groups.csv, line 2, column state: "apt28" acts for RU already: use another id, or that state
groups.csv, line 3, column id: "nato" is a body already: use another id
groups.csv, line 4, column name: must not be empty: "new-one" is new, so give the name to show`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

// TestRowsWithoutEffectAreRefused holds that a row which could never count is named.
func TestRowsWithoutEffectAreRefused(t *testing.T) {
	_, err := gazetteer.Load(fstest.MapFS{
		"groups.csv":     {Data: []byte("id,state,kind,name,names\n# a remark\nzed,ZZ,group,Zed,Zed Owl\nyed,KP,gang,Yed,Yed Owl\nxed,KP,group,;;,;;\n")},
		"homonyms.csv":   {Data: []byte("lang,name,where,instead_of\nen,Bar Board,document,no-such\nen,Baz Board,document,\n")},
		"offices.csv":    {Data: []byte("id,lang,names\nno-body,en,Office of N\n")},
		"publishers.csv": {Data: []byte("id,hosts\nEE,https://vm.ee/path\nQQ,foo.org\n")},
		"states.en.csv":  {Data: []byte("")},
		"states.fr.csv":  {Data: []byte("id,name,names\nFR,Fra\"nce,France\n")},
		"GROUPS.CSV":     {Data: []byte("id\n")},
	})
	want := `GROUPS.CSV: not a file of names; call it states.en.csv, bodies.fr.csv, groups.csv, offices.csv, publishers.csv, homonyms.csv or words.ru.csv
groups.csv, line 4, column kind: "gang" is not one of agency, unit, group, and not empty
groups.csv, line 5, column name: holds no name between its semicolons
homonyms.csv, line 3, column instead_of: must not be empty: name the group whose abbreviation the document means otherwise
publishers.csv, line 2, column hosts: "https://vm.ee/path" is no host: write it without https:// and without a path, as in example.org
states.en.csv, line 1: the file is empty: its first line must name the columns
states.fr.csv, line 2: its quotes are not in order (bare " in non-quoted-field): double a quote inside quotes
groups.csv, line 3, column state: no row has the ID "ZZ"
homonyms.csv, line 2, column instead_of: no row has the ID "no-such"
offices.csv, line 2, column id: no row has the ID "no-body"
publishers.csv, line 3, column id: no row has the ID "QQ"`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestPublisher(t *testing.T) {
	g := load(t)
	for address, want := range map[string]string{
		"https://www.state.gov/a-statement": "US", "https://old.archives.gov/x": "US", "https://www.gov.uk/government/news/x": "GB",
		"https://www.foreignminister.gov.au/x": "AU", "https://www.diplomatie.gouv.fr/x": "FR", "https://www.mofa.go.jp/x": "JP",
		"https://mid.ru/ru/x": "RU", "https://www.nato.int/x": "nato", "https://ec.europa.eu/x": "eu", "https://example.org/gov.uk": "",
		"https://notgov.org/": "", "https://gov.zz/": "", "": "", "::": "",
	} {
		if got := g.Publisher(address); got != want {
			t.Errorf("Publisher(%q) = %q, want %q", address, got, want)
		}
	}
}

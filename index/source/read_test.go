package source_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"demarche/index/corpus"
	"demarche/index/source"
)

// read reads bytes as a file of a name.
func read(t testing.TB, name string, data []byte, l source.Limits) (source.File, error) {
	t.Helper()
	entries, refused := source.FindFS(fstest.MapFS{name: {Data: data}})
	if len(entries) != 1 || len(refused) != 0 {
		t.Fatalf("found %v, refused %v", entries, refused)
	}
	return source.Read(entries[0], l)
}

const (
	english = "The Council’s “statement” – in full:\nWe condemn such acts, and stand with all who were harmed…\n"
	french  = "Déclaration du Conseil\nNous condamnons de tels actes ; l’Alliance est déterminée à réagir, où qu’elle soit. Ça suffit.\n"
	russian = "Заявление Совета\nМы осуждаем такие действия – и «солидарны» со всеми, кто пострадал. Ещё раз: всё ясно.\n"
	capital = "ПАРИЖСКИЙ ПРИЗЫВ К ДОВЕРИЮ И БЕЗОПАСНОСТИ\n"
)

func TestEncodings(t *testing.T) {
	tests := []struct {
		name     string
		encoding encoding.Encoding
		texts    []string
	}{
		{"utf-8", unicode.UTF8, []string{english, french, russian, capital, "a", "é", "plain\n"}},
		{"utf-8", unicode.UTF8BOM, []string{english, russian}},
		{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), []string{english, french, russian, capital}},
		{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM), []string{english, french, russian, capital}},
		{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), []string{english, french, russian, capital}},
		{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), []string{english, french, russian, capital}},
		{"windows-1252", charmap.Windows1252, []string{english, french, "À l’été\n", "ÉTÉ À MÂCON", "café"}},
		{"windows-1251", charmap.Windows1251, []string{russian, capital, "Призыв", "да\n", "Ми закликаємо всі держави, її громадян і їхні уряди\n"}},
		{"koi8-r", charmap.KOI8R, []string{strings.NewReplacer("–", "-", "«", "\"", "»", "\"").Replace(russian), capital, "Призыв", "да\n"}},
	}
	for _, tt := range tests {
		for _, text := range tt.texts {
			data, err := tt.encoding.NewEncoder().Bytes([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			f, err := read(t, "a.txt", data, source.Limits{})
			if err != nil {
				t.Errorf("%s %q: %v", tt.name, text, err)
				continue
			}
			if f.Source.Encoding != tt.name || f.Text != text {
				t.Errorf("%q is read as %s %q, want %s", text, f.Source.Encoding, f.Text, tt.name)
			}
		}
	}
}

// Real text in every encoding is recognised from any part of some length.
func TestEncodingsOfCorpus(t *testing.T) {
	type named struct {
		name    string
		charmap *charmap.Charmap
	}
	cyrillic := []named{
		{"windows-1251", charmap.Windows1251},
		{"koi8-r", charmap.KOI8R},
		{"cp866", charmap.CodePage866},
		{"iso-8859-5", charmap.ISO8859_5},
	}
	for file, encodings := range map[string][]named{
		"000_f5c39e19c9b9d51c.txt": cyrillic,
		"004_b15114058055317d.txt": cyrillic,
		"003_bea057d45a5a7d6c.txt": {{"windows-1252", charmap.Windows1252}, {"macintosh", charmap.Macintosh}},
	} {
		data, err := corpus.Files.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range encodings {
			coded, err := encoding.ReplaceUnsupported(e.charmap.NewEncoder()).Bytes(data)
			if err != nil {
				t.Fatal(err)
			}
			for at := 0; at+60 <= len(coded); at += 60 {
				part := coded[at : at+60]
				if !strings.ContainsFunc(string(part), func(r rune) bool { return r > 127 }) {
					continue
				}
				f, err := read(t, "a.txt", part, source.Limits{})
				if err != nil || f.Source.Encoding != e.name && f.Source.Encoding != "utf-8" {
					t.Errorf("%s at %d in %s is read as %s %q, %v", file, at, e.name, f.Source.Encoding, f.Text, err)
				}
			}
		}
	}
}

func TestMixedEncodings(t *testing.T) {
	f, err := read(t, "a.txt", []byte(strings.Repeat("é à ç ", 10)+"Russia\x92s"), source.Limits{})
	if err != nil || f.Source.Encoding != "utf-8" || !strings.HasSuffix(f.Text, "Russia’s") {
		t.Errorf("%s %q, %v", f.Source.Encoding, f.Text, err)
	}
}

func TestRefused(t *testing.T) {
	utf16 := func(order unicode.Endianness, text string) []byte {
		b, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	tests := []struct {
		name string
		data []byte
		want string // begins the reason
	}{
		{"nothing", nil, "it is empty"},
		{"white space", []byte(" \r\n\t"), "it is empty"},
		{"a mark of the byte order alone", []byte("\ufeff"), "it is empty"},
		{"a mark of UTF-16 alone", []byte("\xff\xfe"), "it is empty"},
		{"a zero byte", []byte("some text\x00and more"), "it is binary"},
		{"control characters", []byte("\x89PNG\r\n\x1a\n\x01\x02\x03\x04"), "it is binary"},
		{"compressed", []byte("\x1f\x8b\x08\x08\xc2\x9d\x12\x01\x02\x03\x05"), "it is compressed: unpack it"},
		{"UTF-8 cut in a character", []byte(russian[:40]), "it is truncated: it ends inside a character at byte 40"},
		{"UTF-8 cut in a sign", []byte("The Council\xe2\x80"), "it is truncated"},
		{"UTF-16 cut in a unit", utf16(unicode.LittleEndian, english)[:41], "it is truncated"},
		{"UTF-16 without a mark cut in a unit", utf16(unicode.BigEndian, english)[2:41], "it is truncated"},
		{"UTF-16 cut in a pair", utf16(unicode.BigEndian, "face 😀")[:14], "it is truncated"},
		{"UTF-16 of noise", []byte("\xff\xfe\x01\x00\x02\x00\x03\x00\x00\xdc\x01\x00"), "it is binary"},
		{"numbers alone", []byte("1.\n2.\n3.\n"), "it holds no words"},
		{"signs alone", []byte("* * *\n-----\n"), "it holds no words"},
		{"front matter alone", []byte("---\ntitle: A\n---\n\n"), "it holds no words"},
		{"UTF-32", []byte("\xff\xfe\x00\x00a\x00\x00\x00"), "it is in UTF-32"},
		{"no encoding", []byte("\xff\xab\xaf\xf8\xb6\xf7\xb5\xf8\xdb\x8f\xa5\xcc"), "its encoding is not recognised"},
	}
	for _, tt := range tests {
		f, err := read(t, "a.txt", tt.data, source.Limits{})
		if r := (*source.Refusal)(nil); !errors.As(err, &r) || !strings.HasPrefix(r.Reason, tt.want) {
			t.Errorf("%s: read as %s %q, error %v, want %q", tt.name, f.Source.Encoding, f.Text, err, tt.want)
		}
	}
}

func TestLimit(t *testing.T) {
	data := []byte("ten bytes!")
	if _, err := read(t, "a.txt", data, source.Limits{Size: 10}); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	_, err := read(t, "a.txt", data, source.Limits{Size: 9})
	want := "a.txt: it is larger than 9 bytes, the limit for one file: split it"
	if err == nil || err.Error() != want {
		t.Errorf("above the limit: %v, want %s", err, want)
	}
}

func TestFrontMatter(t *testing.T) {
	tests := []struct {
		name, text string
		want       []source.Declared
		body       string
		refused    []string
	}{
		{
			name: "our keys",
			text: "---\nstatement: a-call\ntitle: \"A call: for peace\"\nactor: [nato, FR]\ndate: 2021-07-19\nkind: Call\nlang: en;fr\nurl: https://example.org/\n---\nText\n",
			want: []source.Declared{{
				Statement: "a-call", Title: "A call: for peace", Actors: []string{"nato", "FR"}, Date: "2021-07-19", Kind: "call",
				Lang: []string{"en", "fr"}, URL: "https://example.org/",
			}},
			body: "Text\n",
		},
		{
			name: "keys of others, a mark of the byte order, other line ends",
			text: "\ufeff---\r\ntags: [x, {y: z}]\r\nlayout:\r\n  deep: true\r\ndate: 2021\r\n---\r\nText\r\n",
			want: []source.Declared{{Date: "2021"}},
			body: "Text\r\n",
		},
		{name: "a time is cut to its day", text: "---\ndate: 2021-04-13T15:24:43-04:00\n---\nText", want: []source.Declared{{Date: "2021-04-13"}}, body: "Text"},
		{
			name: "values as they are written, whatever YAML takes them for",
			text: "---\nactor: [NO, SE]\nlang: no\ntitle: Yes\nkind: 007\ndate: 2021-05\n---\nText",
			want: []source.Declared{{Title: "Yes", Actors: []string{"NO", "SE"}, Kind: "007", Lang: []string{"no"}, Date: "2021-05"}},
			body: "Text",
		},
		{
			name: "one actor", text: "---\nactor: NO\ntitle: 1e3\n---\nText",
			want: []source.Declared{{Title: "1e3", Actors: []string{"NO"}}}, body: "Text",
		},
		{
			name: "no values", text: "---\ntitle:\nactor: [[SE, ~], {a: b}]\nkind: ~\ndate: {a: b}\n---\nText",
			want: []source.Declared{{Actors: []string{"SE"}}}, body: "Text",
		},
		{
			name: "keys with capitals", text: "---\nTITLE: A\nActor: SE\nDate: 2020-01-01\n---\nText",
			want: []source.Declared{{Title: "A", Actors: []string{"SE"}, Date: "2020-01-01"}}, body: "Text",
		},
		{
			name: "a key that is there twice", text: "---\ntitle: A\ntitle: B\nactor: SE\nActor: NO\ntag: x\ntag: y\n---\nText",
			want: []source.Declared{{Title: "A", Actors: []string{"SE"}}}, body: "Text",
			refused: []string{
				"a.md: front matter, key title: it is there twice: the first one counts",
				"a.md: front matter, key Actor: it is there twice: the first one counts",
			},
		},
		{
			name: "a date that can be two", text: "---\ndate: 05/04/2021\n---\nText",
			want: []source.Declared{{Date: "2021"}}, body: "Text",
			refused: []string{`a.md: front matter, key date: of "05/04/2021" only the year is certain, since the day or the month may come first: write YYYY-MM-DD`},
		},
		{
			name: "a date in French", text: "---\ndate: 05/04/2021\nlang: fr-CH\n---\nText",
			want: []source.Declared{{Date: "2021-04-05", Lang: []string{"fr"}}}, body: "Text",
		},
		{
			name: "a date of the United States", text: "---\ndate: 05/04/2021\nurl: https://agency.gov/news/1\n---\nText",
			want: []source.Declared{{Date: "2021-05-04", URL: "https://agency.gov/news/1"}}, body: "Text",
		},
		{name: "nothing of ours", text: "---\ntags: x\n---\nText", body: "Text"},
		{
			name: "a bad value", text: "---\ndate: yesterday\ntitle: A\n---\nText",
			want: []source.Declared{{Title: "A"}}, body: "Text",
			refused: []string{`a.md: front matter, key date: "yesterday" is not a date: write YYYY, YYYY-MM or YYYY-MM-DD`},
		},
		{
			name: "not YAML", text: "---\ntitle: [A\n---\nText", body: "Text",
			refused: []string{"a.md: front matter: it is not YAML: yaml: line 1: did not find expected ',' or ']': put a value that holds a colon or opens with a bracket in quotes"},
		},
		{
			name: "a colon in a title", text: "---\ntitle: Statement: the port: an attack\ndate: '2021-03-09'\ntags:\n- a\nlist: [x\n---\nText", body: "Text",
			want:    []source.Declared{{Title: "Statement: the port: an attack", Date: "2021-03-09"}},
			refused: []string{"a.md: front matter: it is not YAML: yaml: mapping values are not allowed in this context: put a value that holds a colon or opens with a bracket in quotes"},
		},
		{
			name: "keys in French", text: "---\ntitre: Déclaration\ndate_de_publication: 9 mars 2021\nlangue: fr\n---\nTexte", body: "Texte",
			want: []source.Declared{{Title: "Déclaration", Date: "2021-03-09", Lang: []string{"fr"}}},
		},
		{
			name: "keys in Russian", text: "---\nзаголовок: Заявление\nдата: 9 марта 2021 года\n---\nТекст", body: "Текст",
			want: []source.Declared{{Title: "Заявление", Date: "2021-03-09"}},
		},
		{name: "closed by dots", text: "---\ndate: 2021-03-09\n...\nText", want: []source.Declared{{Date: "2021-03-09"}}, body: "Text"},
		{name: "a rule", text: "---\nText of a statement.\n---\nMore", body: "---\nText of a statement.\n---\nMore"},
		{
			name: "not closed", text: "---\ntitle: A\nactor:\n  - nato\n\nText: of a statement\nMore",
			want: []source.Declared{{Title: "A", Actors: []string{"nato"}}}, body: "\nText: of a statement\nMore",
			refused: []string{"a.md: front matter: it is not closed: write a line --- behind its last key"},
		},
		{name: "not closed, and no key of ours", text: "---\nNote: a rule\nText", body: "---\nNote: a rule\nText"},
		{name: "not at the start", text: "Text\n---\ntitle: A\n---\n", body: "Text\n---\ntitle: A\n---\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := read(t, "a.md", []byte(tt.text), source.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, f.Declared, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("declared: -want +got\n%s", diff)
			}
			if diff := cmp.Diff(tt.refused, reasons(f.Refused)); diff != "" {
				t.Errorf("refused: -want +got\n%s", diff)
			}
			if f.Text != tt.body || strings.TrimPrefix(tt.text, "\ufeff")[f.Offset:] != tt.body {
				t.Errorf("text %q at %d, want %q", f.Text, f.Offset, tt.body)
			}
		})
	}
}

// What the folder's table declares comes before what the file itself does.
func TestOrderOfDeclarations(t *testing.T) {
	entries, _ := source.FindFS(fstest.MapFS{
		"metadata.csv": {Data: []byte("file,title\na.md,Table\n")},
		"a.md":         {Data: []byte("---\ntitle: File\n---\nText")},
	})
	f, err := source.Read(entries[0], source.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]source.Declared{{Title: "Table"}, {Title: "File"}}, f.Declared); diff != "" {
		t.Error(diff)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"", english, french, russian, "\xff\xfea\x00", "\xfe\xff\x04\x10", "---\ntitle: &a [*a]\n---\n", "---\na: !!binary x\n---\n",
		"---\nactor: {a: b}\nlang: [[x]]\ndate: 0x1F\n---\n", "\xc3", "Russia\x92s", "\xcf\xd2\xc9\xda\xd9\xd7",
	} {
		f.Add([]byte(s), "file,title\na.md,\"x\n")
	}
	f.Fuzz(func(t *testing.T, data []byte, table string) {
		entries, refused := source.FindFS(fstest.MapFS{"a.md": {Data: data}, "metadata.csv": {Data: []byte(table)}})
		for _, r := range refused {
			if r.File != "metadata.csv" || r.Reason == "" {
				t.Errorf("refused %+v", r)
			}
		}
		got, err := source.Read(entries[0], source.Limits{})
		if err != nil {
			if r := (*source.Refusal)(nil); !errors.As(err, &r) || r.File != "a.md" || r.Reason == "" {
				t.Errorf("error %v is no refusal by name with a reason", err)
			}
			return
		}
		if !utf8.ValidString(got.Text) || got.Source.Size != int64(len(data)) || got.Offset < 0 {
			t.Errorf("%+v", got)
		}
		stamp, err := source.Stamp(entries[0], source.Limits{})
		if err != nil || !strings.HasPrefix(stamp, got.Source.SHA256) {
			t.Errorf("stamp %q of digest %s, %v", stamp, got.Source.SHA256, err)
		}
	})
}

func ExampleRead() {
	entries, _ := source.FindFS(fstest.MapFS{"call.txt": {Data: []byte("\xcf\xf0\xe8\xe7\xfb\xe2 \xea \xe4\xee\xe2\xe5\xf0\xe8\xfe")}})
	f, _ := source.Read(entries[0], source.Limits{})
	fmt.Println(f.Source.Encoding, f.Text)
	// Output: windows-1251 Призыв к доверию
}

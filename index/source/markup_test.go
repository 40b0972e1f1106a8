package source_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"demarche/index/source"
	"demarche/search"
)

// Files are told by what they hold, whatever they are called.
func TestForms(t *testing.T) {
	const sentence = "States met in spring and spoke of norms."
	tests := []struct{ name, data, want string }{
		{"page.txt", "<!DOCTYPE html><html><body><p>" + sentence + "</p></body></html>", sentence},
		{"upper.html", "<HTML><BODY><P>" + sentence + "</BODY></HTML>", sentence},
		{"comment.html", "<!-- saved -->\n<html><body><p>" + sentence + "</p></body></html>", sentence},
		{"fragment.txt", `<div class="body"><p>` + sentence + "</p></div>", sentence},
		{"no-extension", "\n  <p>" + sentence + "</p>", sentence},
		{"late.html", "Press release<br><br>" + sentence + "<br><br>", "Press release\n\n" + sentence},
		{"text.html", sentence + "\n", sentence + "\n"},
		{"markdown.md", "# Talks\n\n" + sentence + " It was the 70<sup>th</sup> time.<br>\n", "# Talks\n\n" + sentence + " It was the 70<sup>th</sup> time.<br>\n"},
		{"autolink.md", "<https://office.example/a>\n\n" + sentence + "\n", "<https://office.example/a>\n\n" + sentence + "\n"},
		{"compare.txt", "a < b and b > c\n" + sentence + "\n", "a < b and b > c\n" + sentence + "\n"},
		{"record.xml", "<?xml version='1.0'?><record><text>" + sentence + "</text></record>", sentence},
		{"record.txt", "<record><text>" + sentence + "</text></record>\n", sentence},
		{"braces.txt", "{1} " + sentence + "\n", "{1} " + sentence + "\n"},
		{"front.html", "---\nkind: call\n---\n<p>" + sentence + "</p><p>Again.</p>", sentence + "\n\nAgain."},
	}
	for _, tt := range tests {
		f, err := read(t, tt.name, []byte(tt.data), source.Limits{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, f.Text); diff != "" {
			t.Errorf("%s: -want +got\n%s", tt.name, diff)
		}
	}
}

// Names with endings that are no extensions are read.
func TestEndings(t *testing.T) {
	for _, name := range []string{"A_RES_73.27", "Statement No. 5", "page.HTM", "b.xhtml", "view.aspx", "index.html?lang=fr"} {
		if _, err := read(t, name, []byte("States met.\n"), source.Limits{}); err != nil {
			t.Error(err)
		}
	}
}

func TestNoDocument(t *testing.T) {
	const deep = 600
	tests := []struct{ name, data, want string }{
		{"PDF", "%PDF-1.7\n1 0 obj", "it is PDF"},
		{"office document", "PK\x03\x04\x14\x00", "it is a ZIP archive or an office document"},
		{"old office document", "\xd0\xcf\x11\xe0\xa1\xb1", "it is an old office document"},
		{"RTF", `{\rtf1\ansi States met.}`, "it is RTF"},
		{"web archive", "MIME-Version: 1.0\nContent-Type: multipart/related\n", "it is a page saved with its pictures"},
		{"JSON", `{"title": "States met", "text": ["They met."]}`, "it is JSON"},
		{"JSON list", `[{"title": "States met"}]`, "it is JSON"},
		{"frames", `<html><frameset><frame src="a.htm"></frameset></html>`, "it holds no words"},
		{"deep", strings.Repeat("<div>", deep) + "States met.", "its elements are nested too deep"},
		{"deep XML", "<?xml version='1.0'?>" + strings.Repeat("<a>", deep), "its elements are nested too deep"},
		{"tags", strings.Repeat("<p>a</p>", 300_001), "it has more than 300000 tags"},
		{"entities", `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, "it declares entities of its own"},
		{"cut XML", "<?xml version='1.0'?><a><b>States met", "it is XML that breaks off"},
		{"line", strings.Repeat("States met. ", 200_000), "it has a line of 2400000 bytes"},
		{"line of a page", "<p>" + strings.Repeat("States met. ", 200_000) + "</p>", "it has a line of 2399999 bytes"},
	}
	for _, tt := range tests {
		f, err := read(t, "a.txt", []byte(tt.data), source.Limits{})
		if err == nil || !strings.HasPrefix(err.Error(), "a.txt: "+tt.want) {
			t.Errorf("%s: read as %.60q, error %v, want %q", tt.name, f.Text, err, tt.want)
		}
	}
}

// The encoding of a page is told by its content, whatever it says of it.
func TestEncodingsOfPages(t *testing.T) {
	const (
		ru = "Мы осуждаем такие действия и солидарны со всеми, кто пострадал."
		fr = "Nous condamnons de tels actes ; l’Alliance est déterminée à réagir."
	)
	tests := []struct {
		says, text string
		encoding   encoding.Encoding
		want       string
	}{
		{"windows-1251", ru, charmap.Windows1251, "windows-1251"},
		{"iso-8859-1", ru, charmap.Windows1251, "windows-1251"},
		{"koi8-r", ru, charmap.KOI8R, "koi8-r"},
		{"iso-8859-1", fr, charmap.Windows1252, "windows-1252"},
		{"utf-8", fr, charmap.Windows1252, "windows-1252"},
		{"windows-1251", ru, encoding.Nop, "utf-8"},
	}
	for _, tt := range tests {
		page := `<html><head><meta http-equiv="Content-Type" content="text/html; charset=` + tt.says + `"></head><body><p>` + tt.text + "</p></body></html>"
		data, err := tt.encoding.NewEncoder().Bytes([]byte(page))
		if err != nil {
			t.Fatal(err)
		}
		f, err := read(t, "a.html", data, source.Limits{})
		if err != nil || f.Source.Encoding != tt.want || f.Text != tt.text {
			t.Errorf("%s that says %s: read as %s %q, error %v", tt.want, tt.says, f.Source.Encoding, f.Text, err)
		}
	}
}

func TestFieldsOfPages(t *testing.T) {
	tests := []struct {
		name, data string
		want       source.Declared
		fields     []source.Field
	}{
		{
			"page",
			`<html lang="en"><head><title>Talks on norms | Office</title><meta name="dcterms.issued" content="2021-07-19T10:00:00Z">
			<meta property="og:site_name" content="Office"><link rel="canonical" href="https://office.example/talks"></head>
			<body><p>States met in spring and spoke of norms.</p></body></html>`,
			source.Declared{Title: "Talks on norms", Date: "2021-07-19", URL: "https://office.example/talks"},
			[]source.Field{{Name: "site", Value: "Office"}, {Name: "lang", Value: "en"}},
		},
		{
			"day first",
			"<?xml version='1.0'?><r><title>Talks on norms</title><release-date>05/03/2018</release-date><holder>Miller</holder>" +
				"<text>States met in spring and spoke of norms.</text></r>",
			source.Declared{Title: "Talks on norms", Date: "2018-03-05"},
			[]source.Field{{Name: "holder", Value: "Miller"}},
		},
		{
			"month first",
			`<html><head><link rel="canonical" href="https://office.gov/talks"><meta name="date" content="05/03/2018"></head>
			<body><h1>Talks on norms</h1><p>States met in spring and spoke of norms.</p></body></html>`,
			source.Declared{Date: "2018-05-03", URL: "https://office.gov/talks"},
			nil,
		},
		{
			"bad values",
			`<html><head><title></title><meta name="date" content="soon"><link rel="canonical" href="/talks"></head>
			<body><p>States met in spring and spoke of norms.</p></body></html>`,
			source.Declared{},
			nil,
		},
		{
			"front matter",
			"---\nheadline: Talks on norms\npublished_time: 2021-07-19 10:00:00-04:00\nsource_url: https://office.example/talks\nlanguage: en-GB\ntags: talks\n---\nStates met.\n",
			source.Declared{Title: "Talks on norms", Date: "2021-07-19", URL: "https://office.example/talks", Lang: []string{"en"}},
			[]source.Field{
				{Name: "headline", Value: "Talks on norms"},
				{Name: "language", Value: "en-GB"},
				{Name: "published_time", Value: "2021-07-19 10:00:00-04:00"},
				{Name: "source_url", Value: "https://office.example/talks"},
				{Name: "tags", Value: "talks"},
			},
		},
		{
			"front matter with keys in other forms",
			"---\nTitle: Talks\nreleaseDate: May 3rd, 2024\nupdated: 2024-06-09\ncreated: 2024-06-01\n---\nStates met.\n",
			source.Declared{Title: "Talks", Date: "2024-05-03"},
			[]source.Field{
				{Name: "created", Value: "2024-06-01"},
				{Name: "releaseDate", Value: "May 3rd, 2024"},
				{Name: "updated", Value: "2024-06-09"},
			},
		},
		{
			"front matter with our keys and others",
			"---\ntitle: Ours\nheadline: Theirs\ndate: 19 July 2021\npublished: soon\n---\nStates met.\n",
			source.Declared{Title: "Ours", Date: "2021-07-19"},
			[]source.Field{{Name: "headline", Value: "Theirs"}, {Name: "published", Value: "soon"}},
		},
	}
	for _, tt := range tests {
		f, err := read(t, "a.txt", []byte(tt.data), source.Limits{})
		if err != nil || len(f.Refused) > 0 {
			t.Errorf("%s: %v, refused %v", tt.name, err, f.Refused)
			continue
		}
		var got source.Declared
		if len(f.Declared) > 0 {
			got = f.Declared[0]
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", tt.name, diff)
		}
		if diff := cmp.Diff(tt.fields, f.Fields); diff != "" {
			t.Errorf("%s: fields: -want +got\n%s", tt.name, diff)
		}
	}
}

// Words of the text lead back to the file, over front matter and markup.
func TestOrigin(t *testing.T) {
	const data = "---\nkind: call\n---\n<?xml version='1.0'?><r><text>&lt;p&gt;States <b>met</b> in&amp;nbsp;spring.&lt;/p&gt;&lt;p&gt;They spoke.&lt;/p&gt;</text></r>"
	f, err := read(t, "a.xml", []byte(data), source.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"States", "met", "spring", "They spoke."} {
		at := strings.Index(f.Text, word)
		if at < 0 {
			t.Fatalf("no %q in %q", word, f.Text)
		}
		s := f.Origin(search.Span{Start: at, End: at + len(word)})
		if got := f.Decoded[s.Start:s.End]; got != word {
			t.Errorf("%q comes from %q", word, got)
		}
	}
}

package source_test

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"demarche/index/corpus"
	"demarche/index/source"
)

// write makes files below a new folder and moves into it.
func write(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		if err := os.MkdirAll(path.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func names(entries []source.Entry) []string {
	var list []string
	for _, e := range entries {
		list = append(list, e.Name)
	}
	return list
}

func reasons(refused []source.Refusal) []string {
	var list []string
	for _, r := range refused {
		list = append(list, r.Error())
	}
	return list
}

func TestFind(t *testing.T) {
	write(t, map[string]string{
		"b/z.txt": "z", "b/a.md": "a", "b/sub/c.TXT": "c", "b/notes": "n", "b/scan.pdf": "%PDF", "b/.git/config": "x",
		"b/.hidden.txt": "h", "a.txt": "a", "b/.metadata.csv": "",
	})
	want := []string{"a.txt", "b/a.md", "b/notes", "b/sub/c.TXT", "b/z.txt"}
	for _, paths := range [][]string{
		{"a.txt", "b"},
		{"b", "./a.txt", "b/z.txt"},
		{"b/sub/c.TXT", "b/", "b/../a.txt", "b"},
	} {
		entries, refused := source.Find(paths)
		if diff := cmp.Diff(want, names(entries)); diff != "" {
			t.Errorf("Find(%q): -want +got\n%s", paths, diff)
		}
		wantRefused := []string{"b/scan.pdf: .pdf files are not read: save it as text (.txt), Markdown (.md) or a page (.html)"}
		if diff := cmp.Diff(wantRefused, reasons(refused)); diff != "" {
			t.Errorf("Find(%q): refused: -want +got\n%s", paths, diff)
		}
	}
}

func TestFindMissing(t *testing.T) {
	write(t, map[string]string{"here.txt": "x"})
	entries, refused := source.Find([]string{"gone.txt", "here.txt"})
	if diff := cmp.Diff([]string{"here.txt"}, names(entries)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"gone.txt: there is no such file or folder"}, reasons(refused)); diff != "" {
		t.Error(diff)
	}
}

func TestFindLinks(t *testing.T) {
	write(t, map[string]string{"in/real.txt": "x", "out/secret.txt": "s"})
	for link, target := range map[string]string{
		"in/again.txt": "real.txt", "in/loop": ".", "in/escape.txt": "../out/secret.txt", "in/dead.txt": "nowhere",
		"named.txt": "out/secret.txt",
	} {
		if err := os.Symlink(target, link); err != nil {
			t.Skipf("symbolic links cannot be made here (%v): run where they can", err)
		}
	}
	entries, refused := source.Find([]string{"in", "named.txt"})
	if diff := cmp.Diff([]string{"in/real.txt", "named.txt"}, names(entries)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	want := []string{
		"in/again.txt: it is a link within the folder: its target is found by its own name",
		"in/dead.txt: it is a link that leads out of the folder or nowhere: name its target itself",
		"in/escape.txt: it is a link that leads out of the folder or nowhere: name its target itself",
		"in/loop: it is a link to a folder: name the folder itself",
	}
	if diff := cmp.Diff(want, reasons(refused)); diff != "" {
		t.Errorf("refused: -want +got\n%s", diff)
	}
	// A link that the user names himself is read.
	f, err := source.Read(entries[1], source.Limits{})
	if err != nil || f.Text != "s" {
		t.Errorf("Read(named.txt) = %q, %v", f.Text, err)
	}
}

// A file that is exchanged for a link out of the folder after it was found is not
// read.
func TestReadStaysInFolder(t *testing.T) {
	write(t, map[string]string{"in/a.txt": "x", "secret.txt": "s"})
	entries, _ := source.Find([]string{"in"})
	if err := os.Remove("in/a.txt"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../secret.txt", "in/a.txt"); err != nil {
		t.Skipf("symbolic links cannot be made here (%v): run where they can", err)
	}
	if f, err := source.Read(entries[0], source.Limits{}); err == nil {
		t.Errorf("read %q from outside of the folder", f.Text)
	}
}

// What is declared may come from an archive, which is no more to be trusted than
// a file.
func TestDeclaredFromElsewhere(t *testing.T) {
	f, err := source.Parse(source.Entry{Name: "a.txt", Declared: []source.Declared{{
		Statement: "../../x", Title: strings.Repeat("T", 5000), Actors: []string{"FR"}, Date: "99999-99-99", Lang: []string{"<b>"}, URL: "javascript:alert(1)",
	}}}, []byte("States met."))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]source.Declared{{Actors: []string{"FR"}}}, f.Declared); diff != "" {
		t.Error(diff)
	}
	if len(f.Refused) != 5 {
		t.Errorf("refused %q", f.Refused)
	}
}

// closed is a file system in which some files may not be opened.
type closed struct{ fstest.MapFS }

func (c closed) Open(name string) (fs.File, error) {
	if strings.Contains(name, "closed") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return c.MapFS.Open(name)
}

func (c closed) ReadDir(name string) ([]fs.DirEntry, error) {
	if strings.Contains(name, "closed") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return c.MapFS.ReadDir(name)
}

func TestNoPermission(t *testing.T) {
	entries, refused := source.FindFS(closed{fstest.MapFS{
		"closed/a.txt": {Data: []byte("a")},
		"closed.txt":   {Data: []byte("b")},
		"open.txt":     {Data: []byte("c")},
	}})
	if diff := cmp.Diff([]string{"closed: no permission to read it"}, reasons(refused)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"closed.txt", "open.txt"}, names(entries)); diff != "" {
		t.Error(diff)
	}
	_, err := source.Read(entries[0], source.Limits{})
	if err == nil || err.Error() != "closed.txt: no permission to read it" {
		t.Errorf("Read(closed.txt): %v", err)
	}
	if _, err := source.Stamp(entries[0], source.Limits{}); err == nil {
		t.Error("Stamp(closed.txt): no error")
	}
}

func TestMetadata(t *testing.T) {
	tests := []struct {
		name, csv string
		want      []source.Declared // of a.txt
		refused   []string
	}{
		{
			name: "all columns, in any order, with a mark of the byte order",
			csv:  "\ufeffurl,lang,kind,date,actor,title,statement,file\nhttps://example.org/a,EN,Call,2021-07,nato; FR,A  title,a-call,a.txt\n",
			want: []source.Declared{{
				Statement: "a-call", Title: "A title", Actors: []string{"nato", "FR"}, Date: "2021-07", Kind: "call",
				Lang: []string{"en"}, URL: "https://example.org/a",
			}},
		},
		{
			name: "several rows for one file",
			csv:  "file,title,lang,date\na.txt,One,en,2021\nsub/b.txt,Other,,\na.txt,Un,fr,\n",
			want: []source.Declared{
				{Title: "One", Lang: []string{"en"}, Date: "2021"},
				{Title: "Un", Lang: []string{"fr"}},
			},
		},
		{
			name: "what is wrong is refused, the rest goes on",
			csv:  "file,title,date,colour\na.txt,Kept,19.07.2021,red\ngone.txt,x,,\n../a.txt,x,,\n,x,,\na.txt,Also kept,2021-02-30,\na.txt,one,2021,,too many\n\na.txt,Last,2021,\n",
			want: []source.Declared{{Title: "Kept"}, {Title: "Also kept"}, {Title: "Last", Date: "2021"}},
			refused: []string{
				`metadata.csv: row 1, column colour: there is no such column: the columns are file, statement, title, actor, date, kind, lang, url`,
				`metadata.csv: row 2, column date: "19.07.2021" is not a date of the calendar: write YYYY, YYYY-MM or YYYY-MM-DD`,
				`metadata.csv: row 5, column file: it names no file`,
				`metadata.csv: row 6, column date: "2021-02-30" is not a date of the calendar: write YYYY, YYYY-MM or YYYY-MM-DD`,
				`metadata.csv: row 7: it has more columns than the first row: put values that hold a comma in quotes`,
				`metadata.csv: row 3, column file: there is no file "gone.txt" in this folder`,
				`metadata.csv: row 4, column file: "../a.txt" is not the path of a file in this folder`,
			},
		},
		{
			name: "values of the wrong form",
			csv:  "file,statement,lang,url\na.txt,A Call!,english,www.example.org\n",
			want: []source.Declared{{}},
			refused: []string{
				`metadata.csv: row 2, column statement: "A Call!" is not a short name: write letters a to z, digits and single hyphens`,
				`metadata.csv: row 2, column lang: "english" is not a language: write a code of ISO 639 such as en, fr or ru`,
				`metadata.csv: row 2, column url: "www.example.org" is not an address: write it with http:// or https://`,
			},
		},
		{
			name: "values longer than anybody writes",
			csv: "file,title,actor,url\na.txt," + strings.Repeat("T", 10_000_000) + ",FR,https://example.org/" + strings.Repeat("u", 5000) +
				"\n" + strings.Repeat("f", 5000) + ",x,,\n",
			want: []source.Declared{{Actors: []string{"FR"}}},
			refused: []string{
				`metadata.csv: row 2, column title: it has 10000000 bytes, and 4096 is the limit: shorten it`,
				`metadata.csv: row 2, column url: it has 5020 bytes, and 4096 is the limit: shorten it`,
				`metadata.csv: row 3, column file: it has 5000 bytes, and 4096 is the limit: shorten it`,
			},
		},
		{
			name: "a quote that is not closed costs its own row only",
			csv:  "file,title\na.txt,\"Open\nsub/b.txt,B\na.txt,Good\n",
			want: []source.Declared{{Title: "Good"}},
			refused: []string{
				`metadata.csv: row 2: its quotes are not in order (extraneous or missing " in quoted-field): double a quote inside quotes`,
			},
		},
		{
			name:    "rows that contradict each other",
			csv:     "file,date,lang\na.txt,2021,en\na.txt,2022,fr\n",
			want:    []source.Declared{{Date: "2021", Lang: []string{"en"}}, {Lang: []string{"fr"}}},
			refused: []string{`metadata.csv: row 3, column date: "2022" is not what row 2 says of the same file: "2021"`},
		},
		{
			name:    "no column of files",
			csv:     "title,date\nA,2021\n",
			refused: []string{`metadata.csv: row 1, column file: the column is missing: the first row names the columns file, statement, title, actor, date, kind, lang, url`},
		},
		{
			name:    "semicolons",
			csv:     "file;title\na.txt;A\n",
			refused: []string{`metadata.csv: row 1: its columns are not separated by commas: save it as CSV with commas`},
		},
		{
			name:    "another encoding",
			csv:     "file,title\na.txt,D\xe9claration\n",
			refused: []string{`metadata.csv: row 2: it is not UTF-8: save the file in that encoding`},
		},
		{name: "empty", csv: "\n", refused: []string{`metadata.csv: it is empty`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			write(t, map[string]string{"metadata.csv": tt.csv, "a.txt": "a", "sub/b.txt": "b"})
			for _, paths := range [][]string{{"."}, {"a.txt"}, {"metadata.csv", "a.txt"}} {
				entries, refused := source.Find(paths)
				if entries[0].Name != "a.txt" {
					t.Fatalf("Find(%q) = %q", paths, names(entries))
				}
				if diff := cmp.Diff(tt.want, entries[0].Declared, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("Find(%q): -want +got\n%s", paths, diff)
				}
				if diff := cmp.Diff(tt.refused, reasons(refused)); diff != "" {
					t.Errorf("Find(%q): refused: -want +got\n%s", paths, diff)
				}
			}
		})
	}
}

func TestMetadataBelow(t *testing.T) {
	write(t, map[string]string{
		"top/metadata.csv": "file,title\nsub/a.txt,From above\n", "top/sub/metadata.csv": "file,kind\na.txt,call\n", "top/sub/a.txt": "a",
	})
	entries, refused := source.Find([]string{"top"})
	want := []source.Declared{{Title: "From above"}, {Kind: "call"}}
	if diff := cmp.Diff(want, entries[0].Declared); diff != "" || len(refused) > 0 {
		t.Errorf("%v -want +got\n%s", refused, diff)
	}
}

// The corpus goes the way of every folder.
func TestCorpus(t *testing.T) {
	entries, refused := source.FindFS(corpus.Files)
	if len(refused) > 0 {
		t.Errorf("refused: %v", reasons(refused))
	}
	if len(entries) != 5 {
		t.Fatalf("found %q, want the five statements", names(entries))
	}
	for _, e := range entries {
		f, err := source.Read(e, source.Limits{})
		if err != nil {
			t.Error(err)
			continue
		}
		if f.Source.Encoding != "utf-8" || len(f.Declared) == 0 || slices.ContainsFunc(f.Declared, func(d source.Declared) bool {
			return d.Statement == "" || d.Title == "" || len(d.Actors) == 0 || d.URL == "" || len(d.Lang) != 1
		}) {
			t.Errorf("%s: %s, %+v", e.Name, f.Source.Encoding, f.Declared)
		}
		if dated := f.Declared[0].Date != ""; dated != strings.HasPrefix(e.Name, "002") {
			t.Errorf("%s: date %q: only 002 has none in its text or that of its versions", e.Name, f.Declared[0].Date)
		}
	}
}

func TestStamp(t *testing.T) {
	stamp := func(csv, text string) string {
		write(t, map[string]string{"metadata.csv": csv, "a.txt": text})
		entries, _ := source.Find([]string{"."})
		s, err := source.Stamp(entries[0], source.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	base := stamp("file,title\na.txt,A\n", "text")
	if got := stamp("file,title\na.txt,A\n\n", "text"); got != base {
		t.Error("the stamp changed, the file and what is declared did not")
	}
	if got := stamp("file,title\na.txt,B\n", "text"); got == base {
		t.Error("the stamp is the same, the title is another")
	}
	if got := stamp("file,title\na.txt,A\n", "texts"); got == base {
		t.Error("the stamp is the same, the text is another")
	}
}

func TestRefusalIsError(t *testing.T) {
	write(t, map[string]string{"empty.txt": " \n\t\n"})
	entries, _ := source.Find([]string{"."})
	_, err := source.Read(entries[0], source.Limits{})
	if r := (*source.Refusal)(nil); !errors.As(err, &r) || r.File != "empty.txt" || r.Reason != "it is empty" {
		t.Errorf("Read(empty.txt): %v", err)
	}
}

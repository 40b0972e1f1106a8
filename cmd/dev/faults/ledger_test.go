package faults

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestLedger goes through what a program may say before it is killed, and what
// may be there afterwards.
func TestLedger(t *testing.T) {
	for _, test := range []struct {
		name, said string
		there      map[string]int
		wrong      string // part of the error; "" for none
	}{
		{"nothing said, nothing done", "", map[string]int{"a": 1, "b": 1}, ""},
		{"nothing said, all done", "", map[string]int{"a": 2}, ""},
		{"said and done", `{"stored":"/x/a.md"}` + "\n", map[string]int{"a": 2, "b": 1}, ""},
		{"said and lost", `{"stored":"/x/a.md"}` + "\n", map[string]int{"a": 1, "b": 1}, "a is there in revision 1"},
		{"gone", "", map[string]int{"b": 1}, "a is there in revision 0"},
		{"half a line says nothing", `{"stored":"/x/a.md"}`, map[string]int{"a": 1, "b": 1}, ""},
		{"removed and said", `{"report":{"Removed":["/x/b.md"]}}` + "\n", map[string]int{"a": 1, "b": 1}, "b is there in revision 1"},
		{"from nowhere", "", map[string]int{"a": 1, "b": 1, "z": 9}, "nobody asked for"},
	} {
		l := newLedger()
		l.ask("a", 1)
		l.ask("b", 1)
		l.acknowledgeAll()
		l.ask("a", 2)
		l.ask("b", 0)
		l.acknowledge(test.said)
		err := l.check(test.there)
		if test.wrong == "" && err != nil || test.wrong != "" && (err == nil || !strings.Contains(err.Error(), test.wrong)) {
			t.Errorf("%s: %v, want %q", test.name, err, test.wrong)
		}
	}
}

// TestSpoil holds that each damage changes the file.
func TestSpoil(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	whole := strings.Repeat("\x00\x00\x01a", 3000)
	seen := map[string]bool{}
	for n := range 40 {
		if err := os.WriteFile(path, []byte(whole), 0o600); err != nil {
			t.Fatal(err)
		}
		how, err := spoil(path, chance(n))
		if err != nil {
			t.Fatal(err)
		}
		if now, err := os.ReadFile(path); err == nil && string(now) == whole {
			t.Errorf("%s changes nothing", how)
		}
		seen[strings.Trim(how, "0123456789 ")[:3]] = true
	}
	if len(seen) != 4 {
		t.Errorf("the ways are %v, not four", seen)
	}
}

// TestDeletedFilesAreMissed holds that a file is missed when it is deleted or
// replaced, and not when it is renamed.
func TestDeletedFilesAreMissed(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"statements.db", "CURRENT", "generations/2/columns", "generations/1/columns"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	held, err := (&damaging{}).atStake(dir, "/generations/2/manifest")
	defer held.release()
	if err != nil || len(held) != 2 {
		t.Fatalf("at stake are %v, %v", held, err)
	}
	for _, step := range []struct {
		do   func() error
		want string
	}{
		{func() error { return os.RemoveAll(filepath.Join(dir, "generations", "1")) }, ""},
		{func() error { return os.Rename(filepath.Join(dir, "generations", "2"), filepath.Join(dir, "aside")) }, ""},
		{func() error { return os.Rename(filepath.Join(dir, "CURRENT"), filepath.Join(dir, "statements.db")) }, "/statements.db"},
		{func() error { return os.RemoveAll(filepath.Join(dir, "aside")) }, "/generations/2/columns"},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		err := held.kept()
		if step.want == "" && err != nil || step.want != "" && (err == nil || !strings.Contains(err.Error(), step.want)) {
			t.Errorf("%v, want %q", err, step.want)
		}
	}
}

// TestForeign holds that each payload is seen where a page takes it in as it
// is, and that a page of the site's own is clean.
func TestForeign(t *testing.T) {
	parse := func(html string) error {
		d, err := goquery.NewDocumentFromReader(strings.NewReader("<!doctype html><title>x</title><body>" + html))
		if err != nil {
			t.Fatal(err)
		}
		return foreign(d)
	}
	own := `<script src="/static/app.js"></script><a href="/search?q=a">a <mark>b</mark></a><a href="https://example.org/">c</a>`
	if err := parse(own); err != nil {
		t.Errorf("the site's own: %v", err)
	}
	for _, payload := range dataLines(payloadLines) {
		if strings.HasPrefix(payload, "<body") {
			continue // there is a body already, which takes no attribute from this one in a fragment
		}
		if parse(payload) == nil && parse(`<p title="`+payload+`">`) == nil {
			t.Errorf("%s is not seen", payload)
		}
	}
}

func TestPayloads(t *testing.T) {
	all := payloads()
	seen := map[string]bool{}
	for _, p := range all {
		if seen[p] || !strings.Contains(p, "zq") {
			t.Errorf("%q", p)
		}
		seen[p] = true
	}
	if want := (markup{}).Plan().Full; len(all) < want {
		t.Errorf("%d payloads, fewer than %d", len(all), want)
	}
}

func TestHostilePaths(t *testing.T) {
	if n := len(hostilePaths()); n < (hostileQueries{}).Plan().Full {
		t.Errorf("%d requests", n)
	}
	for _, p := range hostilePaths() {
		if _, err := http.NewRequest(http.MethodGet, "http://127.0.0.1"+p, nil); err != nil {
			t.Errorf("%.80s: %v", p, err)
		}
	}
}

func TestCrashesAreSeen(t *testing.T) {
	for stderr, want := range map[string]bool{
		"demarche: the disk is full\n":                                 false,
		"panic: runtime error: index out of range\n":                   true,
		"fatal error: fault\n[signal SIGBUS: bus error code=0x2]":      true,
		"unexpected fault address 0x7f\n":                              true,
		"level=ERROR msg=\"a panic: was met\"\n":                       false,
		"log\ngoroutine 1 [running]:\nmain.main()\n":                   true,
		"demarche: SIGTERM: shutting down, goroutine 1 [is] not here.": false,
	} {
		if got := (ending{stderr: stderr}).crashed() != nil; got != want {
			t.Errorf("%q: %v", stderr, got)
		}
	}
}

package locale_test

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"demarche/web/locale"
)

// forms are the plural forms that a language needs, from CLDR.
var forms = map[string][]string{
	"en": {"one", "other"},
	"fr": {"many", "one", "other"},
	"ru": {"few", "many", "one", "other"},
}

// messages are the keys of a language with their plural forms, if any.
func messages(t *testing.T, lang string) map[string][]string {
	t.Helper()
	raw, err := fs.ReadFile(locale.Files, lang+".toml")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := toml.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	keys := map[string][]string{}
	for key, value := range all {
		keys[key] = nil
		if plural, ok := value.(map[string]any); ok {
			keys[key] = slices.Sorted(maps.Keys(plural))
		}
	}
	return keys
}

// fromQuery are the messages whose English lives in the query language.
func fromQuery(key string) bool { return strings.HasPrefix(key, "query.") }

func TestEveryMessageIsInEveryLanguage(t *testing.T) {
	english := messages(t, "en")
	for _, lang := range locale.Languages {
		here := messages(t, lang)
		for key := range english {
			if _, ok := here[key]; !ok {
				t.Errorf("%s has no message %q", lang, key)
			}
		}
		for key, plural := range here {
			if _, ok := english[key]; !ok && !fromQuery(key) {
				t.Errorf("%s has a message %q that English has not", lang, key)
			}
			if plural != nil && !slices.Equal(plural, forms[lang]) {
				t.Errorf("%s: %q has the forms %v, not %v", lang, key, plural, forms[lang])
			}
		}
	}
}

// quoted finds the words in quotes that look like keys, and the beginnings of
// keys that are put together: "field." in print "field." .Field.
var quoted = regexp.MustCompile(`"([a-z_]+\.(?:[a-z0-9_.]*))"`)

// TestEveryMessageIsUsed looks for each key in the templates and the code of
// the pages. A beginning that ends in a dot uses all keys that begin so.
func TestEveryMessageIsUsed(t *testing.T) {
	var used []string
	for _, pattern := range []string{"../templates/*.tmpl", "../*.go", "../api/*.go", "*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: no files (%v)", pattern, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range quoted.FindAllStringSubmatch(string(text), -1) {
				used = append(used, m[1])
			}
		}
	}
	english := messages(t, "en")
	for key := range english {
		if !slices.ContainsFunc(used, func(u string) bool {
			return u == key || strings.HasSuffix(u, ".") && strings.HasPrefix(key, u)
		}) {
			t.Errorf("nothing uses the message %q", key)
		}
	}
	for _, u := range used {
		if _, ok := english[u]; !ok && isKey(u, english) {
			t.Errorf("there is no message %q", u)
		}
	}
}

// isKey reports whether a word in quotes is meant as a key: its first part is
// that of a message, and it is complete.
func isKey(word string, english map[string][]string) bool {
	family, _, _ := strings.Cut(word, ".")
	if strings.HasSuffix(word, ".") || strings.Contains(family, "/") {
		return false
	}
	for key := range english {
		if strings.HasPrefix(key, family+".") {
			return true
		}
	}
	return false
}

// TestPlaceholders makes sure that a translation says everything that the
// English message says.
func TestPlaceholders(t *testing.T) {
	placeholder := regexp.MustCompile(`\{\{[^}]*\}\}`)
	texts := func(lang string) map[string]any {
		raw, err := fs.ReadFile(locale.Files, lang+".toml")
		if err != nil {
			t.Fatal(err)
		}
		var all map[string]any
		if err := toml.Unmarshal(raw, &all); err != nil {
			t.Fatal(err)
		}
		return all
	}
	english := texts("en")
	for _, lang := range []string{"fr", "ru"} {
		for key, value := range texts(lang) {
			want, ok := english[key].(string)
			got, isText := value.(string)
			if !ok || !isText {
				continue
			}
			a, b := placeholder.FindAllString(want, -1), placeholder.FindAllString(got, -1)
			slices.Sort(a)
			slices.Sort(b)
			if !slices.Equal(a, b) {
				t.Errorf("%s: %q has %v, English has %v", lang, key, b, a)
			}
		}
	}
}

// TestFrenchSpacing wants a no-break space before high punctuation and inside
// quotes.
func TestFrenchSpacing(t *testing.T) {
	bare := regexp.MustCompile(` [:;!?»]|« |\p{L}[;!?»]`)
	placeholder := regexp.MustCompile(`\{\{[^}]*\}\}`)
	raw, err := fs.ReadFile(locale.Files, "fr.toml")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := toml.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	for key, value := range all {
		text, ok := value.(string)
		if ok && !strings.HasSuffix(key, ".query") && bare.MatchString(placeholder.ReplaceAllString(text, "x")) {
			t.Errorf("%q: %q", key, text)
		}
	}
}

type names map[string]string

func (n names) Name(_, id string) string { return n[id] }

func TestPrinter(t *testing.T) {
	c, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	of := func(lang string) *locale.Printer { return c.Printer(lang, names{"nato": "OTAN"}) }
	for _, test := range []struct{ got, want string }{
		{of("en").Date("2021-07-19"), "19 July 2021"},
		{of("fr").Date("2021-07-01"), "1er juillet 2021"},
		{of("ru").Date("2021-07-19"), "19 июля 2021 г."},
		{of("ru").Date("2021-07"), "июль 2021 г."},
		{of("fr").Date("2021"), "2021"},
		{of("en").Date(""), "date unknown"},
		{of("en").Number(1234567), "1,234,567"},
		{of("fr").Number(1234), "1\u00a0234"},
		{of("en").N("total.paragraphs", 1), "1 paragraph"},
		{of("ru").N("total.paragraphs", 21), "21 абзац"},
		{of("ru").N("total.paragraphs", 22), "22 абзаца"},
		{of("ru").N("total.paragraphs", 25), "25 абзацев"},
		{of("fr").N("total.paragraphs", 0), "0 paragraphe"},
		{of("en").List([]string{"A", "B", "C"}), "A, B and C"},
		{of("fr").List([]string{"A"}), "A"},
		{of("fr").Label("actor", "nato"), "OTAN"},
		{of("ru").Label("lang", "fr"), "французский"},
		{of("en").Label("lang", "de"), "DE"},
		{of("en").Label("kind", "memorandum"), "memorandum"},
		{of("fr").Label("year", "unknown"), "année inconnue"},
		{of("en").T("no.such_message"), "no.such_message"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestMatch(t *testing.T) {
	c, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]string{
		"":                        "en",
		"fr-CA,fr;q=0.9,en;q=0.8": "fr",
		"uk,ru;q=0.8,en;q=0.5":    "ru",
		"de,fr;q=0.3":             "fr",
		"ja":                      "en",
		"\x00;;q=":                "en",
	} {
		if got := c.Match(header); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}

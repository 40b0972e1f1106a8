package faults

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// notes is a folder of small statements to index. The text of each names the
// note and its revision, so that an answer tells what it was made from.
type notes struct{ dir string }

// pool are the sentences of notes, one list a language: what is said in them
// matters to nobody, that their words are found does.
var pool = map[string][]string{
	"en": {
		"States should not use cyber means against hospitals, water works and ballots.",
		"The rules of international law apply to the conduct of States in cyberspace.",
		"A State that finds a weakness tells those who can mend it.",
		"Norms of responsible behaviour grow where States speak of what they do.",
		"The ministry thanks its partners for help after the attack on its network.",
	},
	"fr": {
		"Les États ne devraient pas viser les hôpitaux ni les scrutins par des moyens numériques.",
		"Le droit international s'applique à la conduite des États dans le cyberespace.",
		"Un État qui découvre une faille avertit ceux qui peuvent la corriger.",
		"Le comportement responsable se construit dans l'échange entre les États.",
	},
	"ru": {
		"Государства не должны нападать на больницы и выборы в киберпространстве.",
		"Нормы международного права действуют и в информационном пространстве.",
		"Государство сообщает об уязвимости тем, кто может её устранить.",
		"Ответственное поведение государств растёт из доверия между ними.",
	},
}

var poolLanguages = []string{"en", "fr", "ru"}

func (f notes) path(note string) string { return filepath.Join(f.dir, note+".md") }

// write puts a note into the folder, in place of its earlier revision. The
// first paragraph names note and revision; others follow.
func (f notes) write(note string, revision, paragraphs int, chance *rand.Rand) error {
	kind := int(note[len(note)-1])
	lang := poolLanguages[kind%len(poolLanguages)]
	var b strings.Builder
	fmt.Fprintf(&b, "---\nstatement: %s\ntitle: Note %s\ndate: 20%02d-03-%02d\nlang: %s\n---\n\n", note, note, 10+kind%12, 1+revision%28, lang)
	fmt.Fprintf(&b, "Revision %d of note %s: %s\n", revision, note, sentence(lang, chance))
	for range paragraphs {
		fmt.Fprintf(&b, "\n%s %s\n", sentence(lang, chance), sentence(lang, chance))
	}
	return os.WriteFile(f.path(note), []byte(b.String()), 0o644)
}

// noteName is the name of the note with a number.
func noteName(n int) string { return fmt.Sprintf("n%d", n) }

func sentence(lang string, chance *rand.Rand) string {
	return pool[lang][chance.IntN(len(pool[lang]))]
}

// revision is what the first paragraph of a note says.
var revision = regexp.MustCompile(`^Revision (\d+) of note ([a-z0-9]+):`)

// found is a page of results.
type found struct {
	Total struct{ Paragraphs int }
	Hits  []struct{ ID, Text string }
	Links struct{ Next string }
}

// search asks for the first page of results.
func (s *server) search(ctx context.Context, query string) (found, error) {
	return s.page(ctx, "/api/v1/search?size=100&facets=&q="+url.QueryEscape(query))
}

func (s *server) page(ctx context.Context, path string) (found, error) {
	var f found
	a, err := s.get(ctx, path)
	if err != nil {
		return f, err
	}
	if a.status != http.StatusOK {
		return f, fmt.Errorf("%s answers %d: %s", path, a.status, head(string(a.body), 300))
	}
	return f, json.Unmarshal(a.body, &f)
}

// revisions are the notes that the server finds, each with its revision.
func (s *server) revisions(ctx context.Context) (map[string]int, error) {
	all := map[string]int{}
	f, err := s.search(ctx, "revision")
	for {
		if err != nil {
			return nil, err
		}
		for _, hit := range f.Hits {
			m := revision.FindStringSubmatch(hit.Text)
			if m == nil {
				return nil, fmt.Errorf("%s holds a text that nobody wrote: %s", hit.ID, head(hit.Text, 100))
			}
			if _, twice := all[m[2]]; twice {
				return nil, fmt.Errorf("note %s is found twice", m[2])
			}
			all[m[2]], _ = strconv.Atoi(m[1]) // it is digits
		}
		if f.Links.Next == "" {
			return all, nil
		}
		f, err = s.page(ctx, f.Links.Next)
	}
}

// questions are asked to tell whether two servers answer alike.
var questions = []string{
	"/api/v1/search?size=100",
	"/api/v1/search?size=100&q=cyber*",
	"/api/v1/search?size=100&q=" + url.QueryEscape(`"international law" OR "droit international" OR нормы`),
	"/api/v1/search?size=100&sort=oldest&q=" + url.QueryEscape("states NEAR/8 cyberspace -ministry"),
	"/api/v1/search?lang=ru&q=" + url.QueryEscape("государства"),
}

// changing are the parts of an answer that differ from time to time.
var changing = regexp.MustCompile(`"took_ms":[0-9.e+-]+,?`)

// answers are what the server answers to each of the questions.
func (s *server) answers(ctx context.Context) ([]string, error) {
	var all []string
	for _, q := range questions {
		a, err := s.get(ctx, q)
		if err != nil {
			return nil, err
		}
		all = append(all, fmt.Sprintf("%d %s", a.status, changing.ReplaceAll(a.body, nil)))
	}
	return all, nil
}

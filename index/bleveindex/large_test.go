package bleveindex

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"demarche/search"
)

// largeDir holds real texts in bulk, outside the project.
var largeDir = filepath.Join("..", "..", "..", "shared", "large")

// A largeRecord is a line of a file in largeDir.
type largeRecord struct {
	ID            string `json:"id"`
	Title         string `json:"title"`
	Date          string `json:"date"`
	Year          int    `json:"year"`
	CountryOrBody string `json:"country_or_body"`
	Lang          string `json:"lang"`
	Text          string `json:"text"`
}

// large are statements of the bulk texts, some n paragraphs in all of every
// language and source in the proportion they come in. The attributions are made
// up, so that the facets that hold several values have some.
func large(t testing.TB, n int) []search.Statement {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(largeDir, "*.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skipf("the bulk texts are absent (no %s): put the folder shared beside the project", filepath.Join(largeDir, "*.jsonl.gz"))
	}
	var all []largeRecord
	for _, f := range files {
		all = append(all, readLarge(t, f)...)
	}
	slices.SortFunc(all, func(a, b largeRecord) int { return cmp.Compare(hashOf(a.ID), hashOf(b.ID)) })
	var statements []search.Statement
	for _, r := range all {
		if n <= 0 {
			break
		}
		s := r.statement()
		n -= len(s.Versions[0].Paragraphs)
		statements = append(statements, s)
	}
	return statements
}

func hashOf(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

func readLarge(t testing.TB, file string) []largeRecord {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var records []largeRecord
	d := json.NewDecoder(bufio.NewReader(z))
	for d.More() {
		var r largeRecord
		if err := d.Decode(&r); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		records = append(records, r)
	}
	return records
}

func (r largeRecord) statement() search.Statement {
	date := search.Date(r.Date)
	if date == "" && r.Year > 0 {
		date = search.Date(strconv.Itoa(r.Year))
	}
	id := strings.ReplaceAll(r.ID, "/", "-")
	v := search.Version{Lang: r.Lang, Title: r.Title, Date: date}
	random := rand.New(rand.NewPCG(hashOf(r.ID), 1))
	for text := range strings.SplitSeq(r.Text, "\n\n") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		position := len(v.Paragraphs) + 1
		v.Paragraphs = append(v.Paragraphs, search.Paragraph{
			ID:           fmt.Sprintf("%s.%s.%d", id, r.Lang, position),
			Position:     position,
			Text:         text,
			Passage:      fmt.Sprintf("%s.p%d", id, position),
			Attributions: attributions(random),
		})
	}
	return search.Statement{
		ID: id, Title: r.Title, Date: date, DateProvenance: search.Declared, Kind: "statement",
		Actors:   []search.Actor{{ID: r.CountryOrBody, Name: r.CountryOrBody}},
		Versions: []search.Version{v},
	}
}

// attributions gives one paragraph in twenty up to three attributions.
func attributions(random *rand.Rand) []search.Attribution {
	if random.IntN(20) > 0 {
		return nil
	}
	var all []search.Attribution
	for i, state := range []string{"RU", "CN", "KP", "IR"} {
		if random.IntN(3) > 0 {
			continue
		}
		a := search.Attribution{State: state, Stance: search.StanceOwn}
		for range 1 + random.IntN(5) {
			a.By = append(a.By, []string{"US", "GB", "FR", "DE", "nato", "eu", "CA", "AU", "JP", "NZ"}[random.IntN(10)])
		}
		for range random.IntN(3) {
			a.Groups = append(a.Groups, fmt.Sprintf("group%d", 10*i+random.IntN(10)))
		}
		all = append(all, a)
	}
	return all
}

package bleveindex

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/search"
	"demarche/search/sample"
)

func builtColumns(t *testing.T) *columns {
	t.Helper()
	var b columnBuilder
	statements := sample.Statements()
	for i := range statements {
		b.add(&statements[i])
	}
	// Bleve numbers documents in an order of its own.
	records := rand.New(rand.NewPCG(1, 1)).Perm(len(b.rows))
	var numbers []uint32
	for _, n := range records {
		numbers = append(numbers, uint32(n))
	}
	return b.finish(numbers)
}

func TestColumnsAreReadAsWritten(t *testing.T) {
	want := builtColumns(t)
	want.Lengths = map[string]fieldLength{"exact": {Documents: 3, Terms: 40}}
	path := filepath.Join(t.TempDir(), "columns")
	if err := want.write(path); err != nil {
		t.Fatal(err)
	}
	got, err := readColumns(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestOrder compares the keys of documents with the places of their paragraphs.
func TestOrder(t *testing.T) {
	c := builtColumns(t)
	places := samplePlaces()
	for by, compare := range map[search.Sort]func(p, q search.Place) int{
		search.Newest:    search.Place.CompareNewest,
		search.Relevance: search.Place.CompareNewest,
		search.Oldest:    search.Place.CompareOldest,
	} {
		o := newOrder(&c.Profiles, by)
		var documents []uint32
		for d := range c.documents() {
			documents = append(documents, uint32(d))
		}
		slices.SortFunc(documents, func(a, b uint32) int { return int(int64(o.key(c, a)) - int64(o.key(c, b))) })
		for i := range documents[1:] {
			p, q := places[c.Record[documents[i]]], places[c.Record[documents[i+1]]]
			if compare(p, q) >= 0 {
				t.Errorf("%s: %v is before %v", by, p, q)
			}
		}
	}
}

// samplePlaces are the places of the sample's paragraphs, as they are numbered
// in records.db.
func samplePlaces() (places []search.Place) {
	for _, s := range sample.Statements() {
		for _, v := range s.Versions {
			for _, p := range v.Paragraphs {
				places = append(places, search.Place{Date: s.Date, Statement: s.ID, Lang: v.Lang, Position: p.Position})
			}
		}
	}
	return places
}

// TestRanking compares pages of every size with a sorted list.
func TestRanking(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	var all []candidate
	for i := range 300 {
		all = append(all, candidate{score: float64(random.IntN(9)), key: uint64(i), document: uint32(i)})
	}
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	sorted := slices.SortedFunc(slices.Values(all), candidate.compare)
	for _, size := range []int{0, 1, 7, 100} {
		for _, start := range []int{0, 1, 50, 295, 300} {
			r := ranking{size: size}
			if start > 0 {
				r.after = &sorted[start-1]
			}
			for _, c := range all {
				if r.wants(c.score) {
					r.take(c)
				}
			}
			want := sorted[start:min(start+size, len(sorted))]
			if !slices.Equal(r.kept, want) {
				t.Errorf("size %d from %d: got %v, want %v", size, start, r.kept, want)
			}
			if more := size > 0 && start+size < len(sorted); r.more() != more || r.behind != len(sorted)-start {
				t.Errorf("size %d from %d: more %v, behind %d", size, start, r.more(), r.behind)
			}
		}
	}
}

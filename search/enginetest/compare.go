package enginetest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/search"
)

// Compare asks both engines n random requests and fails where they do not find
// the same paragraphs, with the same totals, facets, highlights and reasons, and
// in the same order where the order is by date; with the same counts by year; and for
// words similar to random ones. The engines hold the statements of
// [Corpus].
func Compare(t testing.TB, a, b search.Engine, seed uint64, n int) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 2))
	failures, found := 0, 0
	for range n {
		request, err := randomRequest(r, randomQuery(r, 3))
		if err != nil {
			continue // over a limit
		}
		same, hits := compareAnswers(t, a, b, request)
		if !same {
			failures++
		}
		if hits > 0 {
			found++
		}
		if chance(r, 5) && !compareYears(t, a, b, request) {
			failures++
		}
		if failures == 5 {
			t.Fatal("stopped after five differences")
		}
	}
	for range n / 10 {
		compareSimilar(t, a, b, mistyped(r, randomWord(r)))
	}
	if found < n/10 {
		t.Errorf("only %d of %d random requests found anything: they test nothing", found, n)
	}
}

func compareSimilar(t testing.TB, a, b search.Engine, word string) {
	t.Helper()
	x, errX := a.Similar(t.Context(), word)
	y, errY := b.Similar(t.Context(), word)
	if d := cmp.Diff(x, y); d != "" || errX != nil || errY != nil {
		t.Errorf("similar to %q: errors %v and %v, -first +second\n%s", word, errX, errY, d)
	}
}

// mistyped is word with a letter or two doubled, left out or in each other's place.
func mistyped(r *rand.Rand, word string) string {
	letters := []rune(word)
	for range 1 + r.IntN(2) {
		i := r.IntN(len(letters))
		switch {
		case chance(r, 3):
			letters = slices.Insert(letters, i, letters[i])
		case len(letters) > 1 && chance(r, 2):
			letters = slices.Delete(letters, i, i+1)
		case i > 0:
			letters[i-1], letters[i] = letters[i], letters[i-1]
		}
	}
	return string(letters)
}

// Fuzz compares two engines that hold the same statements, on any input that
// parses.
func Fuzz(f *testing.F, a, b search.Engine) {
	for _, q := range variety {
		f.Add(q, uint64(0))
	}
	r := rand.New(rand.NewPCG(3, 3))
	for range 50 {
		f.Add(randomQuery(r, 3), r.Uint64())
	}
	f.Fuzz(func(t *testing.T, q string, seed uint64) {
		request, err := randomRequest(rand.New(rand.NewPCG(seed, 4)), q)
		if err != nil {
			t.Skipf("no request: %v", err)
		}
		compareAnswers(t, a, b, request)
	})
}

func compareAnswers(t testing.TB, a, b search.Engine, r search.Request) (equal bool, hits int) {
	t.Helper()
	x, errX := a.Search(t.Context(), r)
	y, errY := b.Search(t.Context(), r)
	if errX != nil || errY != nil {
		t.Errorf("%s: errors %v and %v", describe(r), errX, errY)
		return false, 0
	}
	hits = x.Total.Paragraphs
	if d := compareRanks(x, y); r.Order() == search.Relevance && d != "" {
		t.Errorf("%s: %s", describe(r), d)
		return false, hits
	}
	if r.Order() == search.Relevance && hits > len(x.Hits) {
		// Which of equal hits comes last decides what is shown at all.
		x.Hits, y.Hits = nil, nil
	}
	// What a hit shows of its statement is checked elsewhere; comparing it each
	// time would take most of the time.
	want, got := report(r, x), report(r, y)
	if !slices.Equal(want, got) {
		t.Errorf("%s: -first +second\n%s", describe(r), cmp.Diff(want, got))
		return false, hits
	}
	return true, hits
}

// scoreError is by how much the scores of two engines may differ: they round lengths
// and add in different orders.
const scoreError = 1e-6

// compareRanks says where two answers to one request differ in their order: in the
// score at a rank, or in the score of a paragraph. Hits whose scores differ by no more
// than rounding may change places.
func compareRanks(x, y *search.Result) string {
	if len(x.Hits) != len(y.Hits) {
		return fmt.Sprintf("%d hits and %d", len(x.Hits), len(y.Hits))
	}
	scores := map[string]float64{}
	for _, h := range x.Hits {
		scores[h.Paragraph.ID] = h.Score
	}
	for i, h := range y.Hits {
		if math.Abs(h.Score-x.Hits[i].Score) > scoreError {
			return fmt.Sprintf("rank %d: %s has the score %v and %s %v", i+1, x.Hits[i].Paragraph.ID, x.Hits[i].Score, h.Paragraph.ID, h.Score)
		}
		if other, ok := scores[h.Paragraph.ID]; ok && math.Abs(h.Score-other) > scoreError {
			return fmt.Sprintf("%s has the scores %v and %v", h.Paragraph.ID, other, h.Score)
		}
	}
	return ""
}

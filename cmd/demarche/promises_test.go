package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"demarche/web/api"
)

// TestPromises asks the searches that the project promises of the statements
// that ship with it: of the server that DEMARCHE_SITE names, or else of one
// that it starts.
func TestPromises(t *testing.T) {
	site := os.Getenv("DEMARCHE_SITE")
	if site == "" {
		site = serveFrom(t, t.TempDir())
	}
	t.Run("searches", func(t *testing.T) { testSearches(t, site) })
	t.Run("marks", func(t *testing.T) { testMarks(t, site) })
	t.Run("years", func(t *testing.T) { testYears(t, site) })
	t.Run("problems", func(t *testing.T) { testProblems(t, site) })
}

// serveFrom runs the program on a data directory and returns its address.
func serveFrom(t *testing.T, data string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	status := make(chan int, 1)
	go func() {
		var log strings.Builder
		s := run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--data", data, "--log-level", "warn"}, in, &log)
		in.CloseWithError(fmt.Errorf("the server ended: %s", log.String()))
		status <- s
	}()
	t.Cleanup(func() {
		cancel()
		if s := <-status; s != exitDone {
			t.Errorf("the server ended with status %d", s)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	_, address, ok := strings.Cut(strings.TrimSpace(line), "http://")
	if !ok {
		t.Fatalf("no address in %q", line)
	}
	return "http://" + address
}

// searches and what they find: the paragraphs as "year lang position", or the
// same as another search.
var searches = []struct {
	params string
	want   []string
	sameAs string
}{
	{params: `q="responsible state behaviour"`, want: []string{"2021 en 4", "2025 en 2", "2025 en 3"}},
	{params: `q="Responsible State-Behaviour"`, sameAs: `q="responsible state behaviour"`},
	{params: `q="state responsible behaviour"`},
	{params: `q=comportement responsable&year=2021&year=2025`, want: []string{"2021 fr 4", "2025 fr 2", "2025 fr 3"}},
	{params: `q=ответственное поведение&year=2021`, want: []string{"2021 ru 4"}},
	{params: `q=ответственного поведения`, sameAs: `q=ответственное поведение`},
	{params: `q=Etats&year=2021`, want: []string{"2021 fr 2", "2021 fr 3", "2021 fr 4"}},
	{params: `q=États`, sameAs: `q=Etats`},
	{params: `q=учет`, sameAs: `q=учёт`},
	{params: `q=l'Alliance&lang=fr&year=2021`, want: []string{"2021 fr 1", "2021 fr 2", "2021 fr 3", "2021 fr 4"}},
	{params: `q=l’Alliance`, sameAs: `q=l'Alliance`},
	{params: `attributed_state=CN`, want: []string{"2021 en 3", "2021 fr 3", "2021 ru 3"}},
	{params: `attributed_state=RU`, want: []string{"2025 en 1", "2025 en 2", "2025 en 4", "2025 fr 1", "2025 fr 2", "2025 fr 4"}},
	{params: `attributed_by=US&lang=en`, want: []string{"2021 en 3", "2025 en 1"}},
	{params: `group=apt28&lang=fr`, want: []string{"2025 fr 1"}},
	{params: `q=attributed_state:CN`, sameAs: `attributed_state=CN`},
	{params: `q=year:2018..2020`, sameAs: `year=2018`},
}

func testSearches(t *testing.T, site string) {
	for _, s := range searches {
		t.Run(s.params, func(t *testing.T) {
			want := s.want
			if s.sameAs != "" {
				want = found(ask200(t, site, s.sameAs))
			}
			if diff := cmp.Diff(want, found(ask200(t, site, s.params))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// testMarks checks that a phrase is one mark and that every occurrence has one.
func testMarks(t *testing.T, site string) {
	for _, h := range ask200(t, site, `q="responsible state behaviour"`).Hits {
		occurrences := strings.Count(strings.ToLower(h.Text), "responsible state behaviour")
		if occurrences == 0 || len(h.Highlights) != occurrences {
			t.Errorf("%s: %d highlights, want %d", h.ID, len(h.Highlights), occurrences)
		}
		for _, r := range h.Highlights {
			if marked := string([]rune(h.Text)[r.Start:r.End]); !strings.EqualFold(marked, "responsible state behaviour") {
				t.Errorf("%s marks %q", h.ID, marked)
			}
		}
	}
}

// testYears checks that values of one filter are alternatives and that a facet
// goes on counting what its own filter leaves out.
func testYears(t *testing.T, site string) {
	both := ask200(t, site, "year=2021&year=2018")
	for _, h := range both.Hits {
		if y := h.Statement.Year; y != 2021 && y != 2018 {
			t.Errorf("%s is of %d", h.ID, y)
		}
	}
	counts := map[string]int{}
	for _, v := range both.Facets["year"] {
		counts[v.Value] = v.Count
	}
	want := map[string]int{"2018": 24, "2021": 12, "2025": 10}
	if diff := cmp.Diff(want, counts); diff != "" || both.Total.Paragraphs != 36 {
		t.Errorf("%d paragraphs, want 36; years (-want +got)\n%s", both.Total.Paragraphs, diff)
	}
}

// testProblems checks that what cannot be answered is refused in words, fast.
func testProblems(t *testing.T, site string) {
	for name, params := range map[string]string{
		"unknown parameter":  "colour=red",
		"bad date":           "from=2021-02-30",
		"unbalanced quote":   `q="responsible`,
		"query over limit":   "q=" + strings.Repeat("word ", 1000),
		"size below zero":    "size=-5",
		"broken cursor":      "q=nato&cursor=broken",
		"unknown field":      "q=colour:red",
		"facet that is none": "facets=colour",
	} {
		t.Run(name, func(t *testing.T) {
			best := time.Hour
			for range 5 {
				began := time.Now()
				status, body := get(t, site, params)
				best = min(best, time.Since(began))
				var p api.Problem
				if err := json.Unmarshal(body, &p); err != nil || status != http.StatusBadRequest || p.Status != status || p.Detail == "" {
					t.Fatalf("status %d, error %v, body %s", status, err, body)
				}
			}
			if best > 10*time.Millisecond {
				t.Errorf("took %v at best, want 10ms at most", best)
			}
		})
	}
}

// found are the hits of an answer as "year lang position".
func found(a api.Search) []string {
	var hits []string
	for _, h := range a.Hits {
		hits = append(hits, fmt.Sprintf("%d %s %d", h.Statement.Year, h.Lang, h.Position))
	}
	slices.Sort(hits)
	return hits
}

func ask200(t *testing.T, site, params string) api.Search {
	t.Helper()
	status, body := get(t, site, params+"&size=100")
	var a api.Search
	if err := json.Unmarshal(body, &a); err != nil || status != http.StatusOK {
		t.Fatalf("%s: status %d, error %v, body %s", params, status, err, body)
	}
	return a
}

// get asks the API with parameters that are not yet escaped.
func get(t *testing.T, site, params string) (status int, body []byte) {
	t.Helper()
	values := url.Values{}
	for pair := range strings.SplitSeq(params, "&") {
		name, value, _ := strings.Cut(pair, "=")
		values.Add(name, value)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, strings.TrimSuffix(site, "/")+api.SearchPath+"?"+values.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err = io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, body
}

package bleveindex_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"demarche/index/bleveindex"
	"demarche/search"
	"demarche/search/query"
	"demarche/search/sample"
)

// manyWords is a statement with n words that begin with "aaa".
func manyWords(n int) search.Statement {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, "aaa%d ", i)
	}
	return search.Statement{ID: "many", Versions: []search.Version{{Lang: "en", Paragraphs: []search.Paragraph{
		{ID: "many.en.1", Position: 1, Text: text.String()},
		{ID: "many.en.2", Position: 2, Text: "aab"},
	}}}}
}

// ending is a context that ends after so many questions whether it has.
type ending struct {
	context.Context
	mu    sync.Mutex
	asked int
	after int
}

func (c *ending) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.asked++; c.asked > c.after {
		return context.DeadlineExceeded
	}
	return nil
}

// TestDeadline ends a search at each moment at which it looks at its context.
func TestDeadline(t *testing.T) {
	e := open(t, append(sample.Statements(), manyWords(1500)))
	for _, q := range []string{"", "aaa1*", `"responsible state behaviour"`, "state NEAR/3 behaviour", "state OR (norms -cyber)"} {
		node, err := query.Parse(q, query.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		looks := 0
		for after := 0; ; after = 2*after + 1 {
			ctx := &ending{Context: t.Context(), after: after}
			_, err := e.Search(ctx, search.Request{Query: node, Size: 10})
			if err == nil {
				break
			}
			looks++
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("%q, ended after %d looks: %v", q, after, err)
			}
		}
		if looks == 0 {
			t.Errorf("%q never looks at its context", q)
		}
	}
}

// TestSearchesAtOnce runs the same searches alone and many at a time, and
// closes the engine in the middle: an answer is the right one or ErrClosed.
func TestSearchesAtOnce(t *testing.T) {
	e := open(t, sample.Statements())
	var requests []search.Request
	var want []search.Total
	for _, q := range []string{"cyberspace", "state behaviour", `"use of force"`, "title:cyber", "actor:nato OR attrib*", "-state"} {
		node, err := query.Parse(q, query.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		r := search.Request{Query: node, Size: 5, Facets: search.Facets}
		result, err := e.Search(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		requests, want = append(requests, r), append(want, result.Total)
	}
	var running sync.WaitGroup
	for worker := range 8 {
		running.Go(func() {
			for i := range 60 {
				if worker == 0 && i == 30 {
					if err := e.Close(); err != nil {
						t.Error(err)
					}
				}
				n := (worker + i) % len(requests)
				result, err := e.Search(t.Context(), requests[n])
				switch {
				case err == nil && result.Total != want[n]:
					t.Errorf("%v: got %+v, want %+v", requests[n].Query, result.Total, want[n])
				case err != nil && !errors.Is(err, bleveindex.ErrClosed):
					t.Error(err)
				}
			}
		})
	}
	running.Wait()
}

package weights

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"demarche/index/annotate/weighing"
)

// examples are of four files in which "by" tells who is held responsible and "to" who is not;
// patterns find the half of the former, and falsely some of the latter behind "for".
func examples() []example {
	var out []example
	add := func(file, i int, held, sure bool, word string) {
		e := example{fold: fmt.Sprint("file ", file)}
		e.Bag = fmt.Sprintf("%d %d %s %v", file, i, word, sure)
		e.found = sure
		e.Held, e.Sure, e.Features = held, sure, []string{"fact,always", word}
		out = append(out, e)
	}
	for file := range 4 {
		for i := range 40 {
			add(file, i, true, i%2 == 0, "by")
			add(file, i, false, false, "to")
		}
		for i := range 200 {
			add(file, i, false, i == 0, "for")
		}
	}
	return out
}

// TestTry finds in each file, by weights learned from the others, what patterns miss, and
// doubts what they find falsely.
func TestTry(t *testing.T) {
	var b strings.Builder
	doubt := report(&b, try(examples(), weighing.Options{Cost: 1, Least: 1, Rounds: 2}), false)
	for _, want := range []string{
		"by patterns: 80 right, 4 false, 80 missed",
		"with what is 0.5 likely: 160 right, 0 false, 0 missed: precision 1.000, recall 1.000",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("want %q in\n%s", want, b.String())
		}
	}
	if doubt > 0 || math.IsInf(doubt, -1) {
		t.Errorf("patterns are doubted below %v, want a sum below 0", doubt)
	}
}

// TestDoubt: of what is so unlikely three of four at least must be false, and more than a few.
func TestDoubt(t *testing.T) {
	for _, c := range []struct {
		right, wrong int
		doubted      bool
	}{{0, 3, false}, {0, 4, true}, {2, 5, false}, {2, 6, true}} {
		t.Run(fmt.Sprintf("%d right, %d false", c.right, c.wrong), func(t *testing.T) {
			var bags []*bag
			for range c.right {
				bags = append(bags, &bag{held: true, found: true, known: 0.001})
			}
			for range c.wrong {
				bags = append(bags, &bag{found: true, known: 0.001})
			}
			var b strings.Builder
			if doubt := report(&b, bags, false); math.IsInf(doubt, -1) == c.doubted {
				t.Errorf("patterns are doubted below %v", doubt)
			}
		})
	}
}

package weighing_test

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"demarche/index/annotate/pattern"
	"demarche/index/annotate/weighing"
)

// grammar has a class of each name.
func grammar(t *testing.T, names ...string) *pattern.Grammar {
	t.Helper()
	g := pattern.NewGrammar()
	for _, name := range names {
		if _, err := g.Class(name); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

// masks are the symbols of a sentence, each given as the names of its classes.
func masks(t *testing.T, g *pattern.Grammar, symbols ...string) []pattern.Mask {
	t.Helper()
	out := make([]pattern.Mask, len(symbols))
	for i, names := range symbols {
		for name := range strings.FieldsSeq(names) {
			c, ok := g.Known(name)
			if !ok {
				t.Fatalf("no class %s", name)
			}
			out[i] = out[i].Or(pattern.Of(c))
		}
	}
	return out
}

// TestAround tells what stands where from the name in the middle.
func TestAround(t *testing.T) {
	g := grammar(t, "EDGE", "FAR", "VERB", "STATE", "NOUN")
	var f weighing.Features
	f.Around(masks(t, g, "EDGE", "FAR", "", "", "VERB", "STATE", "NOUN", "EDGE"), 5, weighing.State)
	var got []string
	for name := range f.Names(g.Name) {
		got = append(got, name)
	}
	want := []string{
		"fact,always", "itself,STATE", "before,EDGE", "before,FAR", "before,VERB", "behind,EDGE", "behind,NOUN",
		"near before,VERB", "near behind,EDGE", "near behind,NOUN", "next before,VERB", "next behind,NOUN",
		"right before state,VERB", "right behind state,NOUN",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("features\n%v, want\n%v", got, want)
	}
}

// TestRoundTrip writes weights and reads them: a sum is what it was, to three digits a weight.
func TestRoundTrip(t *testing.T) {
	g := grammar(t, "EDGE", "VERB", "STATE", "NOUN")
	weights := map[string]float64{
		"fact,always": -1.25, "fact,earlier": 0.5, "itself,STATE": 0.125, "near before,VERB": 2, "right behind state,NOUN": 0.75, "before,NOUN": 0.0004,
	}
	var file bytes.Buffer
	if err := weighing.Write(&file, weights, -3.5); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(file.String(), "before,NOUN") {
		t.Errorf("a weight of nothing is written:\n%s", file.String())
	}
	m, err := weighing.Read(&file, g.Known)
	if err != nil {
		t.Fatal(err)
	}
	var f weighing.Features
	f.Around(masks(t, g, "EDGE", "VERB", "STATE", "NOUN", "EDGE"), 2, weighing.State)
	f.Facts[weighing.Earlier] = true
	if got, want := m.Sum(&f), -1.25+0.5+0.125+2+0.75; got != want {
		t.Errorf("sum %v, want %v", got, want)
	}
	if m.Doubt != -3.5 {
		t.Errorf("doubt below %v, want -3.5", m.Doubt)
	}
}

func TestReadRefuses(t *testing.T) {
	g := grammar(t, "VERB")
	for name, c := range map[string]struct{ file, want string }{
		"another header": {"class,words\n", "the header must be"},
		"no weight":      {"place,class,weight\nbefore,VERB,much\n", `line 2: "much" is no weight`},
		"no place":       {"place,class,weight\nbefore,VERB,1\nabove,VERB,1\n", `line 3: "above" is not one of`},
		"no class":       {"place,class,weight\nbefore,NOUN,1\n", `line 2: no pattern or word has the class "NOUN"`},
		"no fact":        {"place,class,weight\nfact,never,1\n", `line 2: "never" is not one of`},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := weighing.Read(strings.NewReader(c.file), g.Known); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

// TestNothingIsDoubtedWithoutALimit reads a file that names none.
func TestNothingIsDoubtedWithoutALimit(t *testing.T) {
	m, err := weighing.Read(strings.NewReader("place,class,weight\n"), grammar(t).Known)
	if err != nil || !math.IsInf(m.Doubt, -1) {
		t.Errorf("doubt below %v (%v), want never", m.Doubt, err)
	}
}

var options = weighing.Options{Cost: 1, Least: 1, Rounds: 3}

// TestTrain learns which feature tells, and in bags that are held which of their names is meant.
func TestTrain(t *testing.T) {
	var examples []weighing.Example
	for i := range 20 {
		held := fmt.Sprint("held ", i)
		examples = append(examples,
			weighing.Example{Bag: held, Held: true, Features: []string{"fact,always", "by"}},
			weighing.Example{Bag: held, Held: true, Features: []string{"fact,always", "to"}},
			weighing.Example{Bag: fmt.Sprint("not ", i), Features: []string{"fact,always", "to"}})
	}
	w := weighing.Train(examples, options)
	if by, to := weighing.Sum(w, []string{"fact,always", "by"}), weighing.Sum(w, []string{"fact,always", "to"}); by <= 0 || to >= 0 {
		t.Errorf("by sums to %.3f, to to %.3f; want one above and one below 0: %v", by, to, w)
	}
}

// TestSureNamesLeaveOthersOut: of a bag with a sure name, the others tell nothing either way.
func TestSureNamesLeaveOthersOut(t *testing.T) {
	with := []weighing.Example{
		{Bag: "a", Held: true, Sure: true, Features: []string{"fact,always", "by"}},
		{Bag: "b", Features: []string{"fact,always", "to"}},
	}
	more := append(with, weighing.Example{Bag: "a", Held: true, Features: []string{"fact,always", "of"}})
	one, two := weighing.Train(with, options), weighing.Train(more, options)
	for name, w := range one {
		if math.Abs(w-two[name]) > 1e-3 {
			t.Errorf("%s weighs %v, with an unsure name beside %v", name, w, two[name])
		}
	}
	if two["of"] != 0 {
		t.Errorf("of weighs %v, want nothing", two["of"])
	}
}

// TestTrainIsTheLeast compares the loss of what is learned with that of weights beside it.
func TestTrainIsTheLeast(t *testing.T) {
	examples := []weighing.Example{
		{Bag: "a", Held: true, Sure: true, Features: []string{"x", "y"}},
		{Bag: "b", Held: true, Sure: true, Features: []string{"x"}},
		{Bag: "c", Features: []string{"y"}},
		{Bag: "d", Features: []string{"x", "z"}},
	}
	w := weighing.Train(examples, options)
	loss := func(w map[string]float64) float64 {
		sum := 0.0
		for _, v := range w {
			sum += v * v / 2
		}
		for _, e := range examples {
			margin := weighing.Sum(w, e.Features)
			if !e.Held {
				margin = -margin
			}
			sum += options.Cost * math.Log1p(math.Exp(-margin))
		}
		return sum
	}
	least := loss(w)
	for name := range w {
		for _, by := range []float64{-0.01, 0.01} {
			w[name] += by
			if got := loss(w); got < least {
				t.Errorf("%s changed by %v comes to %v, less than %v", name, by, got, least)
			}
			w[name] -= by
		}
	}
}

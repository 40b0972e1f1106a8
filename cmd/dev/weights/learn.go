package weights

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"demarche/index/annotate"
	"demarche/index/annotate/weighing"
	"demarche/index/gazetteer"
	"demarche/search"
)

// Options of [Learn].
type Options struct {
	// Data is the folder of index/annotate, Gold that of labelled real statements, and Large
	// that of real texts that hold hardly anybody responsible.
	Data, Gold, Large string
	Languages         []string // all where nil
	Write             bool
	Verbose           bool
}

// how it is learned, by language: what found the most for the fewest falsely in statements not
// learned from, of costs from 0.03 to 1 and of features in at least 2 to 8 examples.
var how = map[string]weighing.Options{
	"en": {Cost: 0.05, Least: 4, Rounds: 3},
	"fr": {Cost: 0.1, Least: 4, Rounds: 3},
	"ru": {Cost: 0.1, Least: 4, Rounds: 3},
}

// Learn learns the weights of each language and prints what they find in statements that they
// were not learned from.
func Learn(ctx context.Context, w io.Writer, o Options) error {
	names, err := gazetteer.Load()
	if err != nil {
		return err
	}
	a, err := annotate.Unweighed(names)
	if err != nil {
		return err
	}
	for _, lang := range o.Languages {
		if !slices.Contains(search.Languages, lang) {
			return fmt.Errorf("%q is not one of the languages %s", lang, strings.Join(search.Languages, ", "))
		}
	}
	for _, lang := range o.Languages {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := learn(ctx, w, a, lang, o); err != nil {
			return err
		}
	}
	return nil
}

func learn(ctx context.Context, w io.Writer, a *annotate.Annotator, lang string, o Options) error {
	examples, err := made(a, filepath.Join(o.Data, "testdata"), lang)
	if err != nil {
		return err
	}
	statements, err := gold(ctx, w, a, o.Gold, lang)
	if err != nil {
		return err
	}
	others, err := large(a, o.Large, lang)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s: %d names in made-up texts, %d in labelled real ones, %d in others\n", lang, len(examples), len(statements), len(others))
	examples = slices.Concat(examples, statements, others)
	bags := try(examples, how[lang])
	doubt := report(w, bags, o.Verbose)
	if !o.Write {
		return nil
	}
	var file bytes.Buffer
	if err := weighing.Write(&file, weighing.Train(plain(examples), how[lang]), doubt); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(o.Data, "data", "weights."+lang+".csv"), file.Bytes(), 0o644)
}

func plain(examples []example) []weighing.Example {
	out := make([]weighing.Example, len(examples))
	for i, e := range examples {
		out[i] = e.Example
	}
	return out
}

// bag is a paragraph and a state, as weights that were not learned from it have it.
type bag struct {
	best  float64 // how likely the likeliest of its names is that patterns say nothing of
	known float64 // and the likeliest that they find; 0 where they find it by no name
	of    example // the former
	held  bool
	found bool // by patterns
	real  bool
}

// try learns from all folds but one and weighs that one, each in turn; the likeliest comes
// first.
func try(examples []example, how weighing.Options) []*bag {
	folds := map[string]bool{}
	for _, e := range examples {
		folds[e.fold] = true
	}
	delete(folds, "")
	bags := map[string]*bag{}
	for _, fold := range slices.Sorted(maps.Keys(folds)) {
		others := slices.DeleteFunc(slices.Clone(examples), func(e example) bool { return e.fold == fold })
		weights := weighing.Train(plain(others), how)
		for _, e := range examples {
			if e.fold == fold {
				weigh(bags, e, weights)
			}
		}
	}
	return slices.SortedFunc(maps.Values(bags), func(a, b *bag) int {
		return cmp.Or(cmp.Compare(b.best, a.best), cmp.Compare(a.of.Bag, b.of.Bag))
	})
}

// weigh takes an example into its bag.
func weigh(bags map[string]*bag, e example, weights map[string]float64) {
	b := bags[e.Bag]
	if b == nil {
		b = &bag{held: e.Held, of: e, real: strings.HasPrefix(e.fold, "real")}
		bags[e.Bag] = b
	}
	likely := 1 / (1 + math.Exp(-weighing.Sum(weights, e.Features)))
	b.found = b.found || e.found
	switch {
	case e.Sure:
		b.known = max(b.known, likely)
	case !e.clear && likely > b.best:
		b.best, b.of = likely, e
	}
}

// report says what patterns find, what is doubted of that, and what is found besides at each
// likelihood that could decide. It gives the sum below which to doubt.
func report(w io.Writer, bags []*bag, verbose bool) float64 {
	var o outcome
	for _, b := range bags {
		if !b.real {
			o.count(b.held, b.found)
		}
	}
	fmt.Fprintf(w, "  of what has a name to weigh, by patterns: %v\n", o)
	likely := doubted(w, bags)
	for _, least := range []float64{0.9, 0.8, 0.7, 0.6, 0.5, 0.4} {
		var o outcome
		real := 0
		for _, b := range bags {
			held := b.found && (b.known == 0 || b.known >= likely) || !b.found && b.best >= least
			if b.real && held {
				real++
			}
			if !b.real {
				o.count(b.held, held)
			}
		}
		fmt.Fprintf(w, "  with what is %.1f likely: %v; %d in real texts\n", least, o, real)
	}
	if verbose {
		list(w, bags)
	}
	if likely == 0 {
		return math.Inf(-1)
	}
	return math.Log(likely / (1 - likely))
}

// doubted prints what is dropped of what patterns find where it is less likely than so, and
// gives the likelihood at which the most false finds go for the fewest right ones: of them
// three of four at least must be false, and more than a few. 0 is none.
func doubted(w io.Writer, bags []*bag) float64 {
	const falsely, few = 3, 3
	best, gain := 0.0, 0
	for _, least := range []float64{0.005, 0.01, 0.02} {
		right, wrong := 0, 0
		for _, b := range bags {
			switch {
			case b.real || !b.found || b.known == 0 || b.known >= least:
			case b.held:
				right++
			default:
				wrong++
			}
		}
		fmt.Fprintf(w, "  less than %.3f likely: %d found rightly, %d falsely\n", least, right, wrong)
		if wrong > few && wrong >= falsely*right && wrong-right > gain {
			best, gain = least, wrong-right
		}
	}
	return best
}

// outcome counts what was found of what should be.
type outcome struct{ hits, alarms, misses int }

func (o *outcome) count(held, found bool) {
	switch {
	case held && found:
		o.hits++
	case found:
		o.alarms++
	case held:
		o.misses++
	}
}

func (o outcome) String() string {
	return fmt.Sprintf("%d right, %d false, %d missed: precision %.3f, recall %.3f",
		o.hits, o.alarms, o.misses, ratio(o.hits, o.hits+o.alarms), ratio(o.hits, o.hits+o.misses))
}

// list prints what is missed by patterns, and what is likely to be found falsely.
func list(w io.Writer, bags []*bag) {
	const likely = 0.4
	for _, b := range bags {
		if b.found || !b.held && b.best < likely {
			continue
		}
		kind := "none"
		switch {
		case b.real:
			kind = "real"
		case b.held:
			kind = "held"
		}
		fmt.Fprintf(w, "    %.2f %s %s: %s\n", b.best, kind, b.of.Bag, b.of.sentence)
	}
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

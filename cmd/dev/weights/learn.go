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

// How it is learned: what gave the best order of names in statements that were not learned
// from, of costs from 0.03 to 1 and of features in at least 1 to 4 examples.
var how = weighing.Options{Cost: 0.1, Least: 4, Rounds: 3}

// Learn learns the weights of each language and prints what they find in statements that they
// were not learned from.
func Learn(ctx context.Context, w io.Writer, o Options) error {
	names, err := gazetteer.Load()
	if err != nil {
		return err
	}
	a := annotate.New(names)
	for _, lang := range search.Languages {
		if o.Languages != nil && !slices.Contains(o.Languages, lang) {
			continue
		}
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
	labelled, err := gold(ctx, a, o.Gold, lang)
	if err != nil {
		return err
	}
	real, err := large(a, o.Large, lang)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s: %d names in made-up texts, %d in labelled real ones, %d in others\n", lang, len(examples), len(labelled), len(real))
	examples = slices.Concat(examples, labelled, real)
	try(w, examples, o.Verbose)
	if !o.Write {
		return nil
	}
	var file bytes.Buffer
	if err := weighing.Write(&file, weighing.Train(plain(examples), how)); err != nil {
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
	best  float64 // the likeliest of its names
	of    example
	held  bool
	found bool // by patterns
	real  bool
}

// try learns from all folds but one and weighs that one, each in turn, and prints what is
// found at each likelihood that could decide.
func try(w io.Writer, examples []example, verbose bool) {
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
	print(w, slices.SortedFunc(maps.Values(bags), func(a, b *bag) int { return cmp.Compare(b.best, a.best) }), verbose)
}

// weigh takes an example into its bag.
func weigh(bags map[string]*bag, e example, weights map[string]float64) {
	b := bags[e.Bag]
	if b == nil {
		b = &bag{held: e.Held, of: e, real: strings.HasPrefix(e.fold, "real")}
		bags[e.Bag] = b
	}
	b.found = b.found || e.Sure && !e.clear
	if likely := 1 / (1 + math.Exp(-weighing.Sum(weights, e.Features))); !e.clear && likely > b.best {
		b.best, b.of = likely, e
	}
}

func print(w io.Writer, bags []*bag, verbose bool) {
	hits, alarms, misses := 0, 0, 0
	for _, b := range bags {
		switch {
		case b.found && b.held:
			hits++
		case b.found:
			alarms++
		case b.held:
			misses++
		}
	}
	fmt.Fprintf(w, "  by patterns: %d found, %d of them falsely, %d missed: precision %.3f, recall %.3f\n",
		hits+alarms, alarms, misses, ratio(hits, hits+alarms), ratio(hits, hits+misses))
	bags = slices.DeleteFunc(bags, func(b *bag) bool { return b.found })
	for _, least := range []float64{0.9, 0.8, 0.7, 0.6, 0.5, 0.4} {
		more, wrong, real := 0, 0, 0
		for _, b := range bags {
			switch {
			case b.best < least:
			case b.real:
				real++
			case b.held:
				more++
			default:
				wrong++
			}
		}
		fmt.Fprintf(w, "  and what is %.1f likely: %d more, %d falsely: precision %.3f, recall %.3f; %d in real texts\n",
			least, more, wrong, ratio(hits+more, hits+alarms+more+wrong), ratio(hits+more, hits+misses), real)
	}
	if !verbose {
		return
	}
	for _, b := range bags {
		if b.held || b.best > 0.4 {
			kind := map[bool]string{true: "held", false: "none"}[b.held]
			if b.real {
				kind = "real"
			}
			fmt.Fprintf(w, "    %.2f %s %s: %s\n", b.best, kind, b.of.Bag, b.of.sentence)
		}
	}
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

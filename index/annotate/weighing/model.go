package weighing

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"demarche/index/annotate/pattern"
)

// Model is the weights of one language. It is safe for use by many goroutines.
type Model struct {
	// Doubt is the sum below which what a pattern finds is dropped, in log-odds; -Inf for never.
	Doubt float64

	facts   [facts]float64
	classes [places][]float64 // by class; shorter where no higher class weighs
}

// doubt stands in the place of [Model.Doubt] in a file of weights, without a class.
const doubt = "doubt"

// header is that of a file of weights.
var header = []string{"place", "class", "weight"}

// Read reads rows of a place, a class and a weight in log-odds. classOf finds a class by its name.
// The error names the line of the first row that cannot be used.
func Read(r io.Reader, classOf func(name string) (pattern.Class, bool)) (*Model, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || !slices.Equal(rows[0], header) {
		return nil, fmt.Errorf("the header must be %v", header)
	}
	m := &Model{Doubt: math.Inf(-1)}
	for i, row := range rows[1:] {
		if err := m.take(row, classOf); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
	}
	return m, nil
}

func (m *Model) take(row []string, classOf func(string) (pattern.Class, bool)) error {
	weight, err := strconv.ParseFloat(row[2], 64)
	if err != nil {
		return fmt.Errorf("%q is no weight", row[2])
	}
	if row[0] == doubt {
		m.Doubt = weight
		return nil
	}
	if row[0] == factPlace {
		i := slices.Index(factNames[:], row[1])
		if i < 0 {
			return fmt.Errorf("%q is not one of %v", row[1], factNames)
		}
		m.facts[i] = weight
		return nil
	}
	p, ok := placeOf(row[0])
	if !ok {
		return fmt.Errorf("%q is not one of %v, %s", row[0], placeNames, factPlace)
	}
	c, ok := classOf(row[1])
	if !ok {
		return fmt.Errorf("no pattern or word has the class %q", row[1])
	}
	for int(c) >= len(m.classes[p]) {
		m.classes[p] = append(m.classes[p], 0)
	}
	m.classes[p][c] = weight
	return nil
}

// Sum is what the features weigh together, in log-odds: above 0, the name is more likely than
// not to be held responsible.
func (m *Model) Sum(f *Features) float64 {
	sum := 0.0
	for fact, holds := range f.Facts {
		if holds {
			sum += m.facts[fact]
		}
	}
	for place := range f.Classes {
		sum += f.Classes[place].Sum(m.classes[place])
	}
	return sum
}

// Write writes weights by the names of their features, those that come to nothing in three
// digits left out, and below which sum patterns are doubted.
func Write(w io.Writer, weights map[string]float64, below float64) error {
	if _, err := fmt.Fprintln(w, strings.Join(header, ",")); err != nil {
		return err
	}
	if !math.IsInf(below, -1) {
		if _, err := fmt.Fprintf(w, "%s,,%.3f\n", doubt, below); err != nil {
			return err
		}
	}
	for _, name := range sorted(weights) {
		if value := strconv.FormatFloat(weights[name], 'f', 3, 64); value != "0.000" && value != "-0.000" {
			if _, err := fmt.Fprintf(w, "%s,%s\n", name, value); err != nil {
				return err
			}
		}
	}
	return nil
}

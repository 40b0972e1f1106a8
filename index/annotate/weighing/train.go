package weighing

import (
	"maps"
	"math"
	"slices"
)

// Example is a name in a sentence of a labelled paragraph.
type Example struct {
	// Bag is the paragraph and the state: a label holds of the bag. One of its names at
	// least is held responsible where Held, and none where not.
	Bag  string
	Held bool
	// Sure: this one is, as patterns say. Where one of a bag is sure, the others that are
	// not are left out: nobody knows of them.
	Sure bool
	// Features are the names of its features.
	Features []string
}

// Options of [Train].
type Options struct {
	// Cost is what an example that is told wrong costs against the squares of the weights: C
	// of a support vector machine, above 0.
	Cost float64
	// Least is how many examples must have a feature for it to weigh.
	Least int
	// Rounds are how often weights are fitted and the names of bags chosen anew, 1 or more.
	Rounds int
}

// Train fits weights, by the names of features, by logistic regression with a quadratic
// penalty. A bag that is held without a sure name stands at first for all of its names, then
// for the one that weighs most: multiple-instance learning as in mi-SVM (Andrews,
// Tsochantaridis, Hofmann 2003).
func Train(examples []Example, o Options) map[string]float64 {
	p := newProblem(examples, o)
	labels := p.labels(examples)
	w := p.fit(labels)
	for range o.Rounds - 1 {
		p.choose(examples, labels, w)
		w = p.fit(labels)
	}
	weights := map[string]float64{}
	for name, i := range p.numbers {
		weights[name] = w[i]
	}
	return weights
}

// Sum is what the features of an example weigh together.
func Sum(weights map[string]float64, features []string) float64 {
	sum := 0.0
	for _, f := range features {
		sum += weights[f]
	}
	return sum
}

// label is what an example counts as.
type label int

const (
	out  label = 0 // not at all
	held label = 1
	free label = -1
)

// labels are what examples count as before any is chosen.
func (p *problem) labels(examples []Example) []label {
	labels := make([]label, len(examples))
	for i, e := range examples {
		switch {
		case !e.Held:
			labels[i] = free
		case e.Sure || !p.settled[e.Bag]:
			labels[i] = held
		}
	}
	return labels
}

// problem is the examples as rows of numbered features.
type problem struct {
	numbers map[string]int
	rows    [][]int
	settled map[string]bool // bags that have a sure name
	cost    float64
}

func newProblem(examples []Example, o Options) *problem {
	counts := map[string]int{}
	for _, e := range examples {
		for _, f := range e.Features {
			counts[f]++
		}
	}
	p := &problem{numbers: map[string]int{}, settled: map[string]bool{}, cost: o.Cost}
	for _, f := range sorted(counts) {
		if counts[f] >= o.Least {
			p.numbers[f] = len(p.numbers)
		}
	}
	for _, e := range examples {
		p.settled[e.Bag] = p.settled[e.Bag] || e.Held && e.Sure
		var row []int
		for _, f := range e.Features {
			if i, ok := p.numbers[f]; ok {
				row = append(row, i)
			}
		}
		p.rows = append(p.rows, row)
	}
	return p
}

// choose keeps, of each bag that is held without a sure name, the one that weighs most.
func (p *problem) choose(examples []Example, labels []label, w []float64) {
	best := map[string]int{}
	for i, e := range examples {
		if e.Held && (!has(best, e.Bag) || p.sum(i, w) > p.sum(best[e.Bag], w)) {
			best[e.Bag] = i
		}
	}
	for i, e := range examples {
		if !e.Held || p.settled[e.Bag] {
			continue
		}
		if labels[i] = out; best[e.Bag] == i {
			labels[i] = held
		}
	}
}

func has(m map[string]int, key string) bool {
	_, ok := m[key]
	return ok
}

func (p *problem) sum(i int, w []float64) float64 {
	sum := 0.0
	for _, f := range p.rows[i] {
		sum += w[f]
	}
	return sum
}

// fit minimises half the squares of the weights plus cost times the logistic loss, by
// Newton's method, each step solved by conjugate gradients and halved until it helps (Lin,
// Weng, Keerthi 2008, with a line search for their trust region).
func (p *problem) fit(labels []label) []float64 {
	const (
		steps     = 50
		tolerance = 1e-4 // of the first gradient
		halvings  = 30
	)
	w := make([]float64, len(p.numbers))
	loss, gradient, curvature := p.loss(labels, w)
	least := tolerance * math.Sqrt(dot(gradient, gradient))
	for range steps {
		if math.Sqrt(dot(gradient, gradient)) <= least {
			break
		}
		step := p.solve(gradient, curvature)
		slope, size := dot(gradient, step), 1.0
		next := slices.Clone(w)
		for range halvings {
			for i := range w {
				next[i] = w[i] - size*step[i]
			}
			if l, g, c := p.loss(labels, next); l <= loss-1e-4*size*slope {
				w, loss, gradient, curvature = next, l, g, c
				break
			}
			size /= 2
		}
	}
	return w
}

// loss is what is minimised, its gradient, and the curvature of each example's part.
func (p *problem) loss(labels []label, w []float64) (loss float64, gradient, curvature []float64) {
	loss, gradient, curvature = dot(w, w)/2, slices.Clone(w), make([]float64, len(labels))
	for i, l := range labels {
		if l == out {
			continue
		}
		margin := float64(l) * p.sum(i, w)
		wrong := 1 / (1 + math.Exp(margin))
		loss += p.cost * softplus(-margin)
		curvature[i] = p.cost * wrong * (1 - wrong)
		for _, f := range p.rows[i] {
			gradient[f] -= p.cost * float64(l) * wrong
		}
	}
	return loss, gradient, curvature
}

// softplus is log(1+exp(x)) without overflow.
func softplus(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }

// solve finds the step whose image under the curvature is the gradient, roughly.
func (p *problem) solve(gradient, curvature []float64) []float64 {
	const (
		rounds = 250
		enough = 0.01 // of the gradient, squared
	)
	step := make([]float64, len(gradient))
	rest := slices.Clone(gradient)
	way := slices.Clone(gradient)
	size := dot(rest, rest)
	least := enough * size
	for range rounds {
		if size <= least {
			break
		}
		image := p.image(way, curvature)
		far := size / dot(way, image)
		for i := range step {
			step[i] += far * way[i]
			rest[i] -= far * image[i]
		}
		before := size
		size = dot(rest, rest)
		for i := range way {
			way[i] = rest[i] + size/before*way[i]
		}
	}
	return step
}

// image is what the curvature makes of a direction.
func (p *problem) image(way, curvature []float64) []float64 {
	image := slices.Clone(way)
	for i, row := range p.rows {
		if curvature[i] == 0 {
			continue
		}
		by := curvature[i] * p.sum(i, way)
		for _, f := range row {
			image[f] += by
		}
	}
	return image
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

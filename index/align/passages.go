package align

import (
	"iter"
	"math"
	"slices"
)

// bead is a group of paragraphs of two versions that say the same: from and to
// are half-open ranges of indexes.
type bead struct{ from, to [2]int }

// shape is how many paragraphs of each version a bead has.
type shape struct{ a, b uint8 }

// shapes are the beads that are tried everywhere, with the negative logarithm
// of the probability of each: one paragraph for one in most cases, one left
// out, one split in two, two for two. After Gale and Church (1993), for
// paragraphs rather than sentences.
var shapes = []struct {
	shape
	cost float64
}{
	{shape{1, 1}, -math.Log(0.90)},
	{shape{1, 0}, -math.Log(0.03)},
	{shape{0, 1}, -math.Log(0.03)},
	{shape{1, 2}, -math.Log(0.03)},
	{shape{2, 1}, -math.Log(0.03)},
	{shape{2, 2}, -math.Log(0.005)},
	{shape{1, 3}, -math.Log(0.003)},
	{shape{3, 1}, -math.Log(0.003)},
}

// A paragraph against more than three others, as where one version breaks a
// list into its items, is tried only where it is about as long as they are.
const (
	listLeast  = 4
	listMost   = 24
	listCost   = 6.0 // as for one against three
	listFactor = 1.4 // longer to shorter
)

// Costs beside those of length and shape.
const (
	variance    = 20.0 // of the length per character, wider than for sentences: translators add and drop
	costApart   = 4.0  // paragraphs that bear different printed numbers
	gainNumber  = 4.0  // paragraphs that bear the same
	gainAnchors = 5.0  // all anchors shared
	costAnchors = 2.0  // anchors on both sides and none shared
	maxCells    = 1e6  // of the table; longer texts are aligned near the diagonal
)

// pairing aligns the paragraphs of two versions.
type pairing struct {
	a, b  *lane
	ratio float64 // characters of b for one of a
	// The table has a row for each paragraph of a and one before; of each row
	// only the columns from first(i) on are kept, width of them.
	width int
	cost  []float64
	back  []shape // that leads to a cell
	// shared is the weight of the anchors that the paragraphs before a cell, one
	// of each version, have in common.
	shared []float32
}

// pair finds the cheapest way to split two versions into beads, by dynamic
// programming over the lengths of paragraphs (Gale and Church 1993), their
// printed numbers, and what they hold that survives translation, in the manner
// of the anchors of Simard, Foster and Isabelle (1992).
func pair(a, b *item) []bead {
	p := &pairing{a: newLane(a), b: newLane(b), ratio: ratio(a, b)}
	rows, columns := len(a.chars)+1, len(b.chars)+1
	p.width = min(columns, max(int(maxCells)/rows, 64))
	p.cost, p.back = make([]float64, rows*p.width), make([]shape, rows*p.width)
	p.shared = make([]float32, rows*p.width)
	for i := range rows {
		for j := p.first(i); j < p.first(i)+p.width; j++ {
			p.fill(i, j)
		}
	}
	return p.trace()
}

// first is the first column that is kept of a row: the diagonal is in the
// middle.
func (p *pairing) first(i int) int {
	columns := p.b.len() + 1
	middle := (i*p.b.len() + p.a.len()/2) / max(p.a.len(), 1)
	return max(0, min(columns-p.width, middle-p.width/2))
}

// reach is the cost of the way to a cell, infinite where it is not kept.
func (p *pairing) reach(i, j int) float64 {
	if i < 0 || j < 0 || j < p.first(i) || j >= p.first(i)+p.width {
		return math.Inf(1)
	}
	return p.cost[i*p.width+j-p.first(i)]
}

// lengths is how long a text is in a language, in characters, for one in
// English: as measured on parallel statements.
var lengths = map[string]float64{"en": 1, "fr": 1.22, "ru": 1.18}

// ratio is how many characters of b to expect for one of a. For languages that
// were not measured it is that of the two texts, which errs where one of them
// has gaps.
func ratio(a, b *item) float64 {
	if la, lb := lengths[a.lang], lengths[b.lang]; la > 0 && lb > 0 {
		return lb / la
	}
	return float64(max(1, b.total)) / float64(max(1, a.total))
}

// fill computes the cheapest way to a cell.
func (p *pairing) fill(i, j int) {
	at := i*p.width + j - p.first(i)
	if i == 0 && j == 0 {
		return
	}
	p.cost[at] = math.Inf(1)
	if i > 0 && j > 0 {
		shared, _ := overlap(p.a.anchors[i-1], p.b.anchors[j-1])
		p.shared[at] = float32(shared)
	}
	try := func(s shape, cost float64) {
		i0, j0 := i-int(s.a), j-int(s.b)
		c := p.reach(i0, j0) + cost
		if c-gainNumber-gainAnchors >= p.cost[at] {
			return
		}
		if c += p.match(i0, i, j0, j); c < p.cost[at] {
			p.cost[at], p.back[at] = c, s
		}
	}
	for _, s := range shapes {
		try(s.shape, s.cost)
	}
	for n := range p.b.fitting(j, p.a.length(i-1, i)*p.ratio) {
		try(shape{1, uint8(n)}, listCost)
	}
	for n := range p.a.fitting(i, p.b.length(j-1, j)/p.ratio) {
		try(shape{uint8(n), 1}, listCost)
	}
}

// match is the cost of taking paragraphs [i0,i1) and [j0,j1) for the same.
func (p *pairing) match(i0, i1, j0, j1 int) float64 {
	if i0 == i1 || j0 == j1 {
		return 0
	}
	want, have := p.a.length(i0, i1)*p.ratio, p.b.length(j0, j1)
	return lengthCost(want, have) + p.anchorCost(i0, i1, j0, j1) + p.numberCost(i0, j0)
}

// lengthCost is the negative logarithm of the probability that texts of the
// same meaning differ so much in length.
func lengthCost(want, have float64) float64 {
	mean := max((want+have)/2, 1)
	delta := math.Abs(have-want) / math.Sqrt(variance*mean)
	return rarity[min(int(delta*perDeviation), len(rarity)-1)]
}

// rarity is the negative logarithm of the probability of so large a deviation
// from the mean, by the deviation in parts of the standard deviation.
var rarity = func() (table [8 * perDeviation]float64) {
	for i := range table {
		delta := (float64(i) + 0.5) / perDeviation
		table[i] = -math.Log(max(math.Erfc(delta/math.Sqrt2), 1e-12))
	}
	return table
}()

const perDeviation = 64

// anchorCost is negative where the two sides share anchors. What runs share is
// the sum of what their paragraphs do, which counts an anchor twice that one
// side repeats.
func (p *pairing) anchorCost(i0, i1, j0, j1 int) float64 {
	shared := 0.0
	for i := i0; i < i1; i++ {
		for j := j0; j < j1; j++ {
			if at := j + 1 - p.first(i+1); at >= 0 && at < p.width {
				shared += float64(p.shared[(i+1)*p.width+at])
			}
		}
	}
	x, y := p.a.weigh(i0, i1), p.b.weigh(j0, j1)
	shared = min(shared, x, y)
	all := x + y - shared
	if all == 0 {
		return 0
	}
	// A paragraph with one anchor tells less than one with many.
	certain := all / (all + 2)
	if shared == 0 {
		return costAnchors * certain
	}
	return -gainAnchors * certain * shared / all
}

func (p *pairing) numberCost(i, j int) float64 {
	a, b := p.a.paragraphs[i].Number, p.b.paragraphs[j].Number
	switch {
	case a == "" || b == "" || a == "-" || b == "-":
		if (a == "-") != (b == "-") {
			return costApart / 2
		}
		return 0
	case a == b:
		return -gainNumber
	}
	return costApart
}

// trace reads the beads back from the last cell.
func (p *pairing) trace() []bead {
	var beads []bead
	for i, j := p.a.len(), p.b.len(); i > 0 || j > 0; {
		s := p.back[i*p.width+j-p.first(i)]
		from, to := i-int(s.a), j-int(s.b)
		beads = append(beads, bead{from: [2]int{from, i}, to: [2]int{to, j}})
		i, j = from, to
	}
	slices.Reverse(beads)
	return beads
}

// lane is a version as one side of a pairing.
type lane struct {
	*item
	upto   []int     // characters before each paragraph, and of all
	weight []float64 // of the anchors before each paragraph, and of all
}

func newLane(it *item) *lane {
	l := &lane{item: it, upto: make([]int, 1, len(it.chars)+1), weight: make([]float64, 1, len(it.chars)+1)}
	for i, n := range it.chars {
		l.upto = append(l.upto, l.upto[i]+n)
		l.weight = append(l.weight, l.weight[i]+it.anchors[i].weight())
	}
	return l
}

func (l *lane) len() int { return len(l.chars) }

// length is that of paragraphs [i,j) in characters, 0 where there are none.
func (l *lane) length(i, j int) float64 {
	if i < 0 {
		return 0
	}
	return float64(l.upto[j] - l.upto[i])
}

// weigh is the weight of the anchors of paragraphs [i,j).
func (l *lane) weigh(i, j int) float64 { return l.weight[j] - l.weight[i] }

// fitting yields how many paragraphs before j are together about as long as
// want, among the numbers that make a list.
func (l *lane) fitting(j int, want float64) iter.Seq[int] {
	return func(yield func(int) bool) {
		for n := listLeast; n <= min(j, listMost); n++ {
			have := l.length(j-n, j)
			if have > listFactor*want || within(have, want, listFactor) && !yield(n) {
				return
			}
		}
	}
}

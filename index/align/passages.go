package align

import (
	"math"
)

// bead is a group of paragraphs of two versions that say the same: from and to
// are half-open ranges of indexes.
type bead struct{ from, to [2]int }

// shapes are the groups that are tried, with the probability of each: one
// paragraph for one in most cases, one left out, one split in two, two for two.
// After Gale and Church (1993), for paragraphs rather than sentences.
var shapes = []struct {
	a, b int
	cost float64
}{
	{1, 1, -math.Log(0.90)},
	{1, 0, -math.Log(0.03)},
	{0, 1, -math.Log(0.03)},
	{1, 2, -math.Log(0.03)},
	{2, 1, -math.Log(0.03)},
	{2, 2, -math.Log(0.005)},
	{1, 3, -math.Log(0.003)},
	{3, 1, -math.Log(0.003)},
}

// Costs beside those of length and shape.
const (
	variance    = 20.0 // of the length per character, wider than for sentences: translators add and drop
	costApart   = 4.0  // paragraphs that bear different printed numbers
	gainNumber  = 4.0  // paragraphs that bear the same
	gainAnchors = 5.0  // all anchors shared
	costAnchors = 2.0  // anchors on both sides and none shared
	maxCells    = 4e6  // of the table; longer texts are aligned near the diagonal
)

// pairing aligns the paragraphs of two versions.
type pairing struct {
	a, b  *item
	ratio float64 // characters of b for one of a
	cost  []float64
	back  []uint8 // index of the shape that leads to a cell
	width int
}

// pair finds the cheapest way to split two versions into beads, by dynamic
// programming over the lengths of paragraphs (Gale and Church 1993), their
// printed numbers and their anchors.
func pair(a, b *item) []bead {
	p := &pairing{a: a, b: b, ratio: ratio(a, b), width: len(b.chars) + 1}
	n := (len(a.chars) + 1) * p.width
	p.cost, p.back = make([]float64, n), make([]uint8, n)
	for i := 0; i <= len(a.chars); i++ {
		for j := 0; j <= len(b.chars); j++ {
			p.fill(i, j)
		}
	}
	return p.trace()
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
	at := i*p.width + j
	if at == 0 {
		return
	}
	p.cost[at] = math.Inf(1)
	if p.far(i, j) {
		return
	}
	for k, s := range shapes {
		if s.a > i || s.b > j {
			continue
		}
		from := p.cost[(i-s.a)*p.width+j-s.b]
		if math.IsInf(from, 1) {
			continue
		}
		c := from + s.cost + p.match(i-s.a, i, j-s.b, j)
		if c < p.cost[at] {
			p.cost[at], p.back[at] = c, uint8(k)
		}
	}
}

// far reports whether a cell of a large table is off the diagonal.
func (p *pairing) far(i, j int) bool {
	rows, columns := len(p.a.chars), len(p.b.chars)
	if float64(rows)*float64(columns) <= maxCells {
		return false
	}
	middle := float64(i) * float64(columns) / float64(rows)
	return math.Abs(float64(j)-middle) > maxCells/float64(rows)/2
}

// match is the cost of taking paragraphs [i0,i1) and [j0,j1) for the same.
func (p *pairing) match(i0, i1, j0, j1 int) float64 {
	if i0 == i1 || j0 == j1 {
		return 0
	}
	la, lb := sum(p.a.chars[i0:i1]), sum(p.b.chars[j0:j1])
	return lengthCost(float64(la)*p.ratio, float64(lb)) + p.anchorCost(i0, i1, j0, j1) + p.numberCost(i0, j0)
}

// lengthCost is the negative logarithm of the probability that texts of the
// same meaning differ so much in length.
func lengthCost(want, have float64) float64 {
	mean := max((want+have)/2, 1)
	delta := math.Abs(have-want) / math.Sqrt(variance*mean)
	return -math.Log(max(math.Erfc(delta/math.Sqrt2), 1e-12))
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

func (p *pairing) anchorCost(i0, i1, j0, j1 int) float64 {
	shared, all := overlap(join(p.a.anchors[i0:i1]), join(p.b.anchors[j0:j1]))
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

func join(bags []bag) bag {
	if len(bags) == 1 {
		return bags[0]
	}
	out := bag{}
	for _, b := range bags {
		for a, n := range b {
			out[a] += n
		}
	}
	return out
}

// overlap is the weight of the anchors that two bags share, and of all.
func overlap(a, b bag) (shared, all float64) {
	for k, n := range a {
		m := b[k]
		shared += weight(k) * float64(min(n, m))
		all += weight(k) * float64(max(n, m))
	}
	for k, m := range b {
		if a[k] == 0 {
			all += weight(k) * float64(m)
		}
	}
	return shared, all
}

// weight is how much an anchor tells: numbers and names of the gazetteer more
// than the sound of a word.
func weight(anchor string) float64 {
	if anchor[0] == '~' {
		return 0.5
	}
	return 1
}

func sum(lengths []int) (n int) {
	for _, l := range lengths {
		n += l
	}
	return n
}

// trace reads the beads back from the last cell.
func (p *pairing) trace() []bead {
	var beads []bead
	for i, j := len(p.a.chars), len(p.b.chars); i > 0 || j > 0; {
		s := shapes[p.back[i*p.width+j]]
		beads = append(beads, bead{from: [2]int{i - s.a, i}, to: [2]int{j - s.b, j}})
		i, j = i-s.a, j-s.b
	}
	for l, r := 0, len(beads)-1; l < r; l, r = l+1, r-1 {
		beads[l], beads[r] = beads[r], beads[l]
	}
	return beads
}

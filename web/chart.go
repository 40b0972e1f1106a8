package web

import (
	"fmt"
	"strconv"

	"demarche/search"
	"demarche/web/api"
)

// bar is one period in the chart of years. Heights are in hundredths of the
// tallest bar.
type bar struct {
	From, To int // years, inclusive
	Count    int
	Height   int
	// Chosen says that the page is filtered by just this.
	Chosen bool
	// Href filters by the period, or no longer does where it is chosen.
	Href string
}

// Top is where the bar begins, counted from above.
func (b bar) Top() int { return 100 - b.Height }

// Label is "2021", or "2015–2019" for a longer period.
func (b bar) Label() string {
	if b.From == b.To {
		return strconv.Itoa(b.From)
	}
	return fmt.Sprintf("%d–%d", b.From, b.To)
}

// Century and Short are the two halves of the first year, so that a narrow
// screen can leave the century out.
func (b bar) Century() string { return b.yearDigits()[:2] }

// Short is the second half of the first year, see [bar.Century].
func (b bar) Short() string { return b.yearDigits()[2:] }

func (b bar) yearDigits() string { return fmt.Sprintf("%04d", b.From) }

// maxBars is how many bars of 24 px, the least that a finger hits, fit on the
// narrowest screen.
const maxBars = 12

// steps are the lengths of periods, in years, of which the first that needs no
// more than maxBars is used.
var steps = []int{1, 2, 5, 10, 20, 50, 100, 1000}

// chart draws the counts of the year facet; nil where there are fewer than two
// years to compare.
func chart(p api.Params, facets []search.Facet, at place) []bar {
	counts := map[int]int{}
	first, last := 0, 0
	for _, v := range yearValues(facets) {
		y, err := strconv.Atoi(v.Value)
		if err != nil {
			continue
		}
		counts[y] = v.Count
		if first == 0 || y < first {
			first = y
		}
		last = max(last, y)
	}
	if first == last {
		return nil
	}
	step := stepFor(first, last)
	var bars []bar
	for from := first - first%step; from <= last; from += step {
		b := bar{From: from, To: from + step - 1}
		for y := b.From; y <= b.To; y++ {
			b.Count += counts[y]
		}
		bars = append(bars, linked(p, b, at))
	}
	return scaled(bars)
}

func yearValues(facets []search.Facet) []search.FacetValue {
	for _, f := range facets {
		if f.Field == "year" {
			return f.Values
		}
	}
	return nil
}

func stepFor(first, last int) int {
	for _, step := range steps {
		if last/step-first/step < maxBars {
			return step
		}
	}
	return steps[len(steps)-1]
}

// linked gives a bar the page that it leads to: a single year joins the filter
// of years, a longer period bounds the dates.
func linked(p api.Params, b bar, at place) bar {
	if b.From == b.To {
		year := strconv.Itoa(b.From)
		b.Chosen = includes(p, "year", year)
		if b.Chosen {
			b.Href = at(p.Removing("year", year))
		} else {
			b.Href = at(p.Adding("year", year))
		}
		return b
	}
	from, to := search.Date(fmt.Sprintf("%04d", b.From)), search.Date(fmt.Sprintf("%04d", b.To))
	b.Chosen = p.From == from && p.To == to
	p = p.First()
	p.From, p.To = from, to
	if b.Chosen {
		p.From, p.To = "", ""
	}
	b.Href = at(p)
	return b
}

func includes(p api.Params, field, value string) bool {
	for _, f := range p.Filters {
		if f.Field != field {
			continue
		}
		for _, v := range f.Include {
			if v == value {
				return true
			}
		}
	}
	return false
}

// scaled sets the heights; whatever counts at all is seen.
func scaled(bars []bar) []bar {
	tallest := 1
	for _, b := range bars {
		tallest = max(tallest, b.Count)
	}
	for i, b := range bars {
		bars[i].Height = b.Count * 100 / tallest
		if b.Count > 0 {
			bars[i].Height = max(bars[i].Height, 3)
		}
	}
	return bars
}

package bleveindex

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"demarche/search"
)

// ByYear counts the values of fields among the hits of r, year by year.
func (e *Engine) ByYear(ctx context.Context, r search.Request, fields ...string) ([]search.YearCount, error) {
	if err := r.ValidateYears(fields); err != nil {
		return nil, err
	}
	end, err := e.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	plans, _, err := e.plansOf(ctx, r)
	if err != nil {
		return nil, err
	}
	c := newCensus(e.columns, newFilters(&e.columns.Profiles, r), fields)
	if err := e.collect(ctx, c, plans, false); err != nil {
		return nil, err
	}
	counts := c.counts()
	search.SortYearCounts(counts, fields)
	return counts, nil
}

// A census keeps the documents that pass the filters and have a value in one of
// its fields, and counts them at the end.
type census struct {
	columns *columns
	filters filters
	fields  []*field
	// known says of each profile whether it was looked at, wanted what came of it.
	known, wanted []bool
	documents     []uint32
}

func newCensus(c *columns, f filters, names []string) *census {
	out := &census{columns: c, filters: f, known: make([]bool, c.Profiles.count()), wanted: make([]bool, c.Profiles.count())}
	for _, name := range names {
		out.fields = append(out.fields, c.Profiles.field(name))
	}
	return out
}

func (c *census) take(document uint32, _ float64) error {
	profile := c.columns.Profile[document]
	if !c.known[profile] {
		c.known[profile] = true
		c.wanted[profile] = c.filters.failures(profile) == 0 && c.hasValue(profile)
	}
	if c.wanted[profile] {
		c.documents = append(c.documents, document)
	}
	return nil
}

func (c *census) hasValue(profile uint32) bool {
	return slices.ContainsFunc(c.columns.Profiles.numbers(profile), func(n uint32) bool { return c.field(n) != nil })
}

// field is the one of the census that a value belongs to; nil for others and for
// the absence of a value.
func (c *census) field(value uint32) *field {
	for _, f := range c.fields {
		if value != f.First && f.has(value) {
			return f
		}
	}
	return nil
}

// A tally counts documents that come in the order of their passages. The passages
// of a statement have numbers in a row, so each new one differs from the last.
type tally struct {
	search.Total
	passage, statement uint32
}

func (t *tally) add(passage, statement uint32) {
	if t.Passages == 0 || passage != t.passage {
		t.Passages++
	}
	if t.Statements == 0 || statement != t.statement {
		t.Statements++
	}
	t.Paragraphs++
	t.passage, t.statement = passage, statement
}

// counts spreads the documents over values and years, in no order.
func (c *census) counts() []search.YearCount {
	p := &c.columns.Profiles
	statement, year := p.field("statement"), p.field("year")
	slices.SortFunc(c.documents, func(a, b uint32) int {
		return cmp.Compare(c.columns.Passage[a], c.columns.Passage[b])
	})
	tallies := map[[2]uint32]*tally{} // by numbers of value and year
	for _, d := range c.documents {
		profile := c.columns.Profile[d]
		in := p.first(year, profile)
		for _, value := range p.numbers(profile) {
			if c.field(value) == nil {
				continue
			}
			at := [2]uint32{value, in}
			if tallies[at] == nil {
				tallies[at] = new(tally)
			}
			tallies[at].add(c.columns.Passage[d], p.first(statement, profile))
		}
	}
	return c.list(tallies, year)
}

func (c *census) list(tallies map[[2]uint32]*tally, year *field) []search.YearCount {
	var out []search.YearCount
	for at, t := range tallies {
		f := c.field(at[0])
		// The absence of a year is no number and becomes 0.
		y, _ := strconv.Atoi(year.value(at[1]))
		out = append(out, search.YearCount{Field: f.Name, Value: f.value(at[0]), Year: y, Total: t.Total})
	}
	return out
}

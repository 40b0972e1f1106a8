package web

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"

	"demarche/search"
	"demarche/web/api"
	"demarche/web/locale"
)

// table has a group of rows for each state, party or threat group, and a column for
// each year that has anything.
type table struct {
	Years  []tableYear
	Groups []tableGroup
	// Totals count each hit once, though it may stand in several rows.
	Totals *tableRow
}

type tableYear struct{ Label, Href string }

// tableGroup is rows under a head, which has no numbers where only the rows do.
type tableGroup struct {
	Head tableRow
	Rows []tableRow
}

// size is what groups are sorted by: the count of the head, or of the rows.
func (g tableGroup) size() int {
	n := g.Head.Total.Count
	if n == 0 {
		for _, r := range g.Rows {
			n += r.Total.Count
		}
	}
	return n
}

type tableRow struct {
	Label, Href string
	Cells       []tableCell
	Total       tableCell
}

// tableCell is a number that leads to what it counts.
type tableCell struct {
	Count int
	Href  string
	// Name says what is counted, for those who hear the number alone.
	Name string
	// Heat grows with the number, from 1 to maxHeat; 0 for none.
	Heat int
	// Reported says that nobody speaks in the own name in any of what is counted.
	Reported bool
}

const maxHeat = 5

// tableMaker makes the parts of one table.
type tableMaker struct {
	*findings
	layout  layout
	printer *locale.Printer
	years   []int
	// most is the greatest number of a cell.
	most int
	// sums says that groups have counts of their own: what the fields of states,
	// parties and groups count is of both stances, and of nothing denied.
	sums bool
}

// newTable is nil where there is nothing to show.
func newTable(f *findings, l layout, printer *locale.Printer) *table {
	relations := f.relations(l.Rows != "group", l.stance())
	if len(relations) == 0 {
		return nil
	}
	m := newTableMaker(f, l, printer, relations)
	if l.stance() != "" {
		return &table{Years: m.columns(), Groups: m.groups(relations)}
	}
	m.sums = true
	for r := range relations {
		m.addYears(m.yearsOf(l.headField(), l.outer(r)))
	}
	if l.Rows == "group" {
		// Of all hits only some name a group.
		return &table{Years: m.columns(), Groups: m.groups(relations)}
	}
	for at := range f.counts {
		if at.field == "year" {
			m.addYears([]int{at.year})
		}
	}
	if m.undated().Paragraphs > 0 {
		m.addYears([]int{0})
	}
	return &table{Years: m.columns(), Groups: m.groups(relations), Totals: m.totals()}
}

// newDeniedTable has the accusations that speakers reject, by state.
func newDeniedTable(f *findings, l layout, printer *locale.Printer) *table {
	relations := f.relations(true, search.StanceDenied)
	if len(relations) == 0 {
		return nil
	}
	l.Rows = "state"
	m := newTableMaker(f, l, printer, relations)
	return &table{Years: m.columns(), Groups: m.groups(relations)}
}

func newTableMaker(f *findings, l layout, printer *locale.Printer, relations map[search.Relation][]int) *tableMaker {
	m := &tableMaker{findings: f, layout: l, printer: printer, most: 1}
	for r, years := range relations {
		for _, y := range years {
			m.most = max(m.most, l.of(f.count(r, y)))
		}
		m.addYears(years)
	}
	return m
}

// addYears makes columns, in their order.
func (m *tableMaker) addYears(years []int) {
	m.years = slices.Concat(m.years, years)
	slices.SortFunc(m.years, func(a, b int) int { return cmp.Or(compareUnknown(a, b), cmp.Compare(a, b)) })
	m.years = slices.Compact(m.years)
}

// compareUnknown puts the unknown year, 0, last.
func compareUnknown(a, b int) int {
	switch {
	case a == 0 && b != 0:
		return 1
	case a != 0 && b == 0:
		return -1
	}
	return 0
}

func (m *tableMaker) columns() []tableYear {
	return mapped(m.years, func(y int) tableYear {
		return tableYear{m.year(y), m.layout.path(m.params.InYear(y))}
	})
}

func (m *tableMaker) year(y int) string {
	if y == 0 {
		return m.printer.T("value.unknown.year")
	}
	return strconv.Itoa(y)
}

// outer and inner are the two ends of a relation, as the rows are grouped.
func (l layout) outer(r search.Relation) string {
	if l.Rows == "party" {
		return r.By
	}
	return r.Whom
}

func (l layout) inner(r search.Relation) string {
	if l.Rows == "party" {
		return r.Whom
	}
	return r.By
}

// headField is the field that the groups of rows are values of.
func (l layout) headField() string {
	return map[string]string{"state": "attributed_state", "party": "attributed_by", "group": "group"}[l.Rows]
}

func (m *tableMaker) groups(relations map[search.Relation][]int) []tableGroup {
	rows := map[string][]tableRow{}
	for r := range relations {
		outer := m.layout.outer(r)
		rows[outer] = append(rows[outer], m.row(r))
	}
	c := m.printer.Collator()
	byCount := func(a, b tableRow) int {
		return cmp.Or(cmp.Compare(b.Total.Count, a.Total.Count), c.CompareString(a.Label, b.Label))
	}
	var groups []tableGroup
	for _, outer := range slices.Sorted(maps.Keys(rows)) {
		slices.SortFunc(rows[outer], byCount)
		groups = append(groups, tableGroup{m.head(outer), rows[outer]})
	}
	slices.SortFunc(groups, func(a, b tableGroup) int {
		return cmp.Or(cmp.Compare(b.size(), a.size()), c.CompareString(a.Head.Label, b.Head.Label))
	})
	return groups
}

func (m *tableMaker) row(r search.Relation) tableRow {
	of := m.params.Of(r)
	label := m.printer.Party(m.layout.inner(r))
	row := tableRow{Label: label, Href: searchPath(of)}
	name := m.printer.Label("attribution", search.Relation{By: r.By, Whom: r.Whom}.String())
	var total, ownTotal search.Total
	for _, y := range m.years {
		n, o := m.count(r, y), m.countOwn(r, y)
		total, ownTotal = plus(total, n), plus(ownTotal, o)
		row.Cells = append(row.Cells, m.cell(n, o, of.InYear(y), name+", "+m.year(y)))
	}
	row.Total = m.cell(total, ownTotal, of, name)
	return row
}

// head are the counts of a group, each hit once, or its name alone without sums.
func (m *tableMaker) head(value string) tableRow {
	if !m.sums {
		return tableRow{Label: m.printer.Party(value), Cells: make([]tableCell, len(m.years))}
	}
	field := m.layout.headField()
	of := m.params.Within(field, value)
	row := tableRow{Label: m.printer.Party(value), Href: searchPath(of)}
	name := m.printer.T("field."+field) + " " + row.Label
	var total search.Total
	for _, y := range m.years {
		n := m.counts[yearOf{field, value, y}]
		total = plus(total, n)
		row.Cells = append(row.Cells, m.cell(n, n, of.InYear(y), name+", "+m.year(y)))
	}
	row.Total = m.cell(total, total, of, name)
	return row
}

// undated are the hits that attribute and have no year: what the years leave.
func (m *tableMaker) undated() search.Total {
	rest := m.total
	for at, n := range m.counts {
		if at.field == "year" {
			rest = plus(rest, search.Total{Paragraphs: -n.Paragraphs, Passages: -n.Passages, Statements: -n.Statements})
		}
	}
	return rest
}

// totals are of all hits that attribute, in whatever row.
func (m *tableMaker) totals() *tableRow {
	of := m.params.Attributing()
	row := &tableRow{Label: m.printer.T("attributions.total"), Href: searchPath(of)}
	for _, y := range m.years {
		n := m.undated()
		if y != 0 {
			n = m.counts[yearOf{"year", strconv.Itoa(y), y}]
		}
		row.Cells = append(row.Cells, m.cell(n, n, of.InYear(y), row.Label+", "+m.year(y)))
	}
	row.Total = m.cell(m.total, m.total, of, row.Label)
	return row
}

// plus adds the counts of different years, which no passage or statement shares.
func plus(a, b search.Total) search.Total {
	return search.Total{Paragraphs: a.Paragraphs + b.Paragraphs, Passages: a.Passages + b.Passages, Statements: a.Statements + b.Statements}
}

func (m *tableMaker) cell(n, own search.Total, hits api.Params, name string) tableCell {
	count := m.layout.of(n)
	c := tableCell{Count: count, Href: searchPath(hits), Name: name, Reported: m.layout.of(own) == 0}
	if count > 0 {
		c.Heat = 1 + int(math.Round((maxHeat-1)*math.Log(float64(count))/math.Log(float64(max(m.most, 2)))))
		c.Heat = min(c.Heat, maxHeat)
	}
	return c
}

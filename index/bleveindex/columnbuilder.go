package bleveindex

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"demarche/index/plan"
	"demarche/search"
)

// A columnBuilder gathers columns while statements are written. It keeps some
// 20 bytes a paragraph and the values of every profile in memory.
type columnBuilder struct {
	rows       []row
	profiles   []profileValues
	known      map[string]uint32 // profiles of the present statement, by their key
	passages   int
	statements []string // IDs by number
}

// A row is a paragraph in the order of records.db.
type row struct {
	profile, passage uint32
	position         int
}

// profileValues are the values of a profile before they have numbers.
type profileValues struct {
	statement uint32
	values    [][]string // by field, in the order of search.Fields
	date      search.Date
	title     string
	lang      string
}

// add appends the paragraphs of a statement, in the order of its versions.
func (b *columnBuilder) add(s *search.Statement) {
	number := uint32(len(b.statements))
	b.statements = append(b.statements, s.ID)
	b.known = map[string]uint32{}
	passages := map[string]uint32{}
	for i := range s.Versions {
		v := &s.Versions[i]
		for j := range v.Paragraphs {
			p := &v.Paragraphs[j]
			b.rows = append(b.rows, row{
				profile:  b.profile(s, v, p, number),
				passage:  b.passage(passages, p.Passage),
				position: p.Position,
			})
		}
	}
}

// passage numbers a passage; a paragraph without one is its own.
func (b *columnBuilder) passage(known map[string]uint32, id string) uint32 {
	if n, ok := known[id]; ok && id != "" {
		return n
	}
	n := uint32(b.passages)
	b.passages++
	known[id] = n
	return n
}

func (b *columnBuilder) profile(s *search.Statement, v *search.Version, p *search.Paragraph, number uint32) uint32 {
	known := plan.Values(s, v, p)
	values := make([][]string, len(search.Fields))
	var key strings.Builder
	for i, field := range search.Fields {
		values[i] = slices.Sorted(slices.Values(known[field]))
		key.WriteString(strings.Join(values[i], "\x01"))
		key.WriteByte(0)
	}
	if n, ok := b.known[key.String()]; ok {
		return n
	}
	n := uint32(len(b.profiles))
	b.known[key.String()] = n
	b.profiles = append(b.profiles, profileValues{number, values, s.Date, v.Title, v.Lang})
	return n
}

// finish makes the columns; records are the numbers in records.db by document
// number.
func (b *columnBuilder) finish(records []uint32) *columns {
	ranks := b.ranks()
	c := &columns{Record: records, Passages: b.passages, Profiles: b.profileColumns()}
	for _, n := range records {
		c.Profile = append(c.Profile, b.rows[n].profile)
		c.Passage = append(c.Passage, b.rows[n].passage)
		c.Rank = append(c.Rank, ranks[n])
	}
	return c
}

// ranks places every row by statement ID, language and position.
func (b *columnBuilder) ranks() []uint32 {
	order := make([]uint32, len(b.rows))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(x, y uint32) int {
		r, s := b.rows[x], b.rows[y]
		p, q := &b.profiles[r.profile], &b.profiles[s.profile]
		return cmp.Or(
			cmp.Compare(b.statements[p.statement], b.statements[q.statement]),
			search.CompareLanguages(p.lang, q.lang),
			cmp.Compare(r.position, s.position),
			cmp.Compare(x, y))
	})
	ranks := make([]uint32, len(order))
	for place, n := range order {
		ranks[n] = uint32(place)
	}
	return ranks
}

func (b *columnBuilder) profileColumns() profiles {
	var out profiles
	for i := range search.Fields {
		out.Fields = append(out.Fields, b.field(i, uint32(out.nextNumber())))
	}
	out.Offsets = []uint32{0}
	for _, p := range b.profiles {
		for i := range out.Fields {
			out.Numbers = append(out.Numbers, out.Fields[i].numbers(p.values[i])...)
		}
		out.Offsets = append(out.Offsets, uint32(len(out.Numbers)))
	}
	b.datesAndTitles(&out)
	return out
}

// nextNumber is the number behind those of all fields so far.
func (p *profiles) nextNumber() int {
	if len(p.Fields) == 0 {
		return 0
	}
	return p.values()
}

// field makes field i of search.Fields.
func (b *columnBuilder) field(i int, first uint32) field {
	values := map[string]bool{}
	for _, p := range b.profiles {
		for _, v := range p.values[i] {
			values[v] = true
		}
	}
	// A value that is written like NoValue means the same.
	delete(values, search.NoValue)
	sorted := slices.Sorted(maps.Keys(values))
	return field{Name: search.Fields[i], First: first, Values: slices.Concat([]string{search.NoValue}, sorted)}
}

// numbers are those of values, which are sorted.
func (f *field) numbers(values []string) []uint32 {
	if len(values) == 0 {
		return []uint32{f.First}
	}
	var out []uint32
	for _, v := range values {
		n, _ := f.number(v)
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

func (b *columnBuilder) datesAndTitles(out *profiles) {
	dates := map[search.Date]uint32{}
	titles := map[string]uint32{}
	for _, p := range b.profiles {
		dates[p.date], titles[p.title] = 0, 0
	}
	out.Dates = slices.SortedFunc(maps.Keys(dates), compareDates)
	out.Titles = slices.Sorted(maps.Keys(titles))
	for i, d := range out.Dates {
		dates[d] = uint32(i)
	}
	for i, t := range out.Titles {
		titles[t] = uint32(i)
	}
	for _, p := range b.profiles {
		out.Date = append(out.Date, dates[p.date])
		out.Title = append(out.Title, titles[p.title])
	}
}

// compareDates puts the unknown date last.
func compareDates(a, b search.Date) int {
	if (a == "") != (b == "") {
		return -cmp.Compare(a, b)
	}
	return cmp.Compare(a, b)
}

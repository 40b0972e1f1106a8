package bleveindex

import (
	"slices"
	"sync"

	"demarche/index/analysis"
	"demarche/index/plan"
)

// maskOf is where e holds, when that depends on the profile alone; nil when e
// asks for anything in the text.
func (t translator) maskOf(e plan.Expr) mask {
	profiles := &t.engine.columns.Profiles
	switch e := e.(type) {
	case plan.All:
		return newMask(profiles.count(), func(int) bool { return true })
	case plan.Field:
		return t.engine.fieldMask(e)
	case plan.Not:
		if m := t.maskOf(e.Expr); m != nil {
			return newMask(len(m), func(i int) bool { return !m[i] })
		}
	case plan.And:
		return t.combine(e.Exprs, true)
	case plan.Or:
		return t.combine(e.Exprs, false)
	}
	return nil
}

// combine is where all of exprs hold, or any of them.
func (t translator) combine(exprs []plan.Expr, all bool) mask {
	combined := newMask(t.engine.columns.Profiles.count(), func(int) bool { return all })
	for _, e := range exprs {
		m := t.maskOf(e)
		if m == nil {
			return nil
		}
		combined = newMask(len(m), func(i int) bool {
			if all {
				return combined[i] && m[i]
			}
			return combined[i] || m[i]
		})
	}
	return combined
}

func newMask(n int, holds func(profile int) bool) mask {
	m := make(mask, n)
	for i := range m {
		m[i] = holds(i)
	}
	return m
}

// fieldMask asks index/plan about each distinct value once.
func (e *Engine) fieldMask(f plan.Field) mask {
	p := &e.columns.Profiles
	switch {
	case f.Title != nil:
		return e.titleMask(f)
	case f.Name == "date", f.Name == "year" && f.Value == "":
		dates := newMask(len(p.Dates), func(i int) bool { return plan.Match(f, &plan.Doc{Date: p.Dates[i]}) })
		return newMask(p.count(), func(i int) bool { return dates[p.Date[i]] })
	}
	asked := p.field(f.Name)
	if asked == nil {
		return make(mask, p.count())
	}
	holds := newMask(len(asked.Values), func(i int) bool {
		values := []string{asked.Values[i]}
		if i == 0 {
			values = nil // NoValue
		}
		return plan.Match(f, &plan.Doc{Values: map[string][]string{f.Name: values}})
	})
	return newMask(p.count(), func(i int) bool {
		return slices.ContainsFunc(p.numbers(uint32(i)), func(n uint32) bool {
			return asked.has(n) && holds[n-asked.First]
		})
	})
}

// A titleCache holds the titles of all versions, cut into tokens when the first
// query asks for a title.
type titleCache struct {
	once   sync.Once
	titles []title
	// of is the number of the title by profile.
	of []int
}

type title struct {
	lang   string
	tokens []analysis.Token
}

func (e *Engine) titleMask(f plan.Field) mask {
	e.titles.once.Do(func() { e.titles.fill(&e.columns.Profiles) })
	holds := newMask(len(e.titles.titles), func(i int) bool {
		t := e.titles.titles[i]
		return plan.Match(f, &plan.Doc{Lang: t.lang, Title: t.tokens})
	})
	return newMask(len(e.titles.of), func(i int) bool { return holds[e.titles.of[i]] })
}

func (c *titleCache) fill(p *profiles) {
	known := map[[2]uint32]int{}
	langs := p.field("lang")
	for i := range p.count() {
		lang := p.first(langs, uint32(i))
		key := [2]uint32{p.Title[i], lang}
		n, ok := known[key]
		if !ok {
			n = len(c.titles)
			known[key] = n
			code := langs.value(lang)
			c.titles = append(c.titles, title{code, analysis.Tokens(code, p.Titles[p.Title[i]])})
		}
		c.of = append(c.of, n)
	}
}

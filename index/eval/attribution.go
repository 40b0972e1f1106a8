package eval

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"demarche/search"
)

// key is what is compared: a state held responsible in a unit.
type key struct {
	unit  int
	state string
}

func compareKeys(a, b key) int {
	return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.state, b.state))
}

// found is what the program says of a key, over the paragraphs of the unit.
type found struct {
	position int
	by       []string
	stance   search.Stance
	rules    []string
	words    string
}

// attributions compares the states held responsible, and where they are hits,
// parties and stances; and the states that reject an accusation.
func (c *comparison) attributions() {
	c.compare(States, c.wanted(asserts, reports), c.found(search.StanceOwn, search.StanceReported), func(k key, l Label, f *found) {
		c.parties(k, l, f)
		c.stance(k, l, f)
	})
	c.compare(Denials, c.wanted(rejects), c.found(search.StanceDenied), func(key, Label, *found) {})
}

// compare counts what is wanted and what was got, and hands on the hits.
func (c *comparison) compare(m Measure, wanted map[key]Label, got map[key]*found, hits func(key, Label, *found)) {
	allowed := c.allowed()
	for _, k := range slices.SortedFunc(maps.Keys(got), compareKeys) {
		f := got[k]
		label, ok := wanted[k]
		switch {
		case ok:
			c.addAt(k.unit, Finding{Measure: m, Kind: hit})
			hits(k, label, f)
		case !allowed(k):
			c.addAt(k.unit, f.finding(m, FalseAlarm, k.state))
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(wanted), compareKeys) {
		if _, ok := got[k]; !ok {
			c.addAt(k.unit, Finding{Measure: m, Kind: Miss, Value: k.state, Paragraph: c.positionIn(k.unit), Words: wanted[k].Start})
		}
	}
}

// wanted are the labels with some stances by what they ask for. A label whose block
// is not in the text is asked for all the same.
func (c *comparison) wanted(stances ...string) map[key]Label {
	wanted := map[key]Label{}
	for i, l := range c.record.Attributions {
		if !slices.Contains(stances, l.Stance) {
			continue
		}
		unit := c.unitOf(l)
		if unit < 0 {
			unit = -1 - i
		}
		for _, state := range l.States {
			wanted[key{unit, state}] = l
		}
	}
	return wanted
}

// allowed tells what is neither hit nor miss: anything in an ambiguous block, and
// what a heading says.
func (c *comparison) allowed() func(key) bool {
	ambiguous := map[int]bool{}
	for _, l := range c.record.Ambiguous {
		ambiguous[c.unitOf(l)] = true
	}
	return func(k key) bool {
		return ambiguous[k.unit] || c.placed && slices.Contains(c.record.Headings[k.unit], k.state)
	}
}

// found is what the program attributes with some stances.
func (c *comparison) found(stances ...search.Stance) map[key]*found {
	got := map[key]*found{}
	for _, p := range c.paragraphs {
		for _, a := range p.Attributions {
			if !slices.Contains(stances, a.Stance) {
				continue
			}
			k := key{p.unit, a.State}
			if got[k] == nil {
				got[k] = &found{position: p.Position, stance: a.Stance, words: a.Evidence.Text}
			}
			got[k].add(a)
		}
	}
	return got
}

func (f *found) add(a search.Attribution) {
	f.by = union(f.by, a.By)
	if a.Stance == search.StanceOwn {
		f.stance = search.StanceOwn
	}
	for _, s := range a.Assertions {
		f.rules = union(f.rules, []string{s.Rule})
	}
}

func (f *found) finding(m Measure, kind, value string) Finding {
	return Finding{Measure: m, Kind: kind, Value: value, Paragraph: f.position, Rule: strings.Join(f.rules, ", "), Words: beginning(f.words)}
}

func (c *comparison) parties(k key, l Label, f *found) {
	sets(c.ids(l.Parties), f.by, func(kind, id string) {
		c.addAt(k.unit, f.finding(Parties, kind, k.state+" by "+id))
	})
}

func (c *comparison) stance(k key, l Label, f *found) {
	want := search.StanceOwn
	if l.Stance == reports {
		want = search.StanceReported
	}
	sets([]string{string(want)}, []string{string(f.stance)}, func(kind, stance string) {
		c.addAt(k.unit, f.finding(Stance, kind, k.state+" "+stance))
	})
}

// sets compares two sets, the wanted and the found one.
func sets(want, got []string, outcome func(kind, value string)) {
	for _, s := range union(nil, got) {
		if slices.Contains(want, s) {
			outcome(hit, s)
		} else {
			outcome(FalseAlarm, s)
		}
	}
	for _, s := range union(nil, want) {
		if !slices.Contains(got, s) {
			outcome(Miss, s)
		}
	}
}

// ids are those of the states and bodies that labels name. What is described in
// words, and no name, is left out; a code that is not known is an ID in small
// letters, which the program cannot find.
func (c *comparison) ids(names []string) []string {
	var ids []string
	for _, name := range names {
		plain := strings.ReplaceAll(name, "_", "-")
		if id, ok := c.lookup(plain); ok {
			ids = append(ids, id)
		} else if !strings.ContainsFunc(name, unicode.IsLower) {
			ids = append(ids, strings.ToLower(plain))
		}
	}
	return ids
}

// positionIn is the position of the first paragraph of a unit, or 0.
func (c *comparison) positionIn(unit int) int {
	for _, p := range c.paragraphs {
		if p.unit == unit {
			return p.Position
		}
	}
	return 0
}

// union appends what is not there yet.
func union(to, more []string) []string {
	for _, s := range more {
		if !slices.Contains(to, s) {
			to = append(to, s)
		}
	}
	return to
}

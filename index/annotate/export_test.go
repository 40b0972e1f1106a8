package annotate

import (
	"maps"
	"slices"
)

// Rules are the rules, in order, each with the languages in which it has patterns.
func (a *Annotator) Rules() (rules []RuleOf) {
	for i, r := range a.languages["en"].rules {
		of := RuleOf{Name: r.name, Tells: r.tells != "", Finds: r.strength != "" && !r.employs}
		for _, lang := range slices.Sorted(maps.Keys(a.languages)) {
			l := a.languages[lang]
			if l.rules[i].end > l.rules[i].start || r.name == weighingRule {
				of.Languages = append(of.Languages, lang)
			}
		}
		rules = append(rules, of)
	}
	return rules
}

// RuleOf is what tests of golden files ask of a rule: whether it tells who speaks or
// whether its name stands beside what it finds, and its languages.
type RuleOf struct {
	Name         string
	Tells, Finds bool
	Languages    []string
}

// Without is an annotator that differs by a rule, from which nothing follows any more.
func (a *Annotator) Without(name string) *Annotator {
	out := *a
	out.languages = maps.Clone(a.languages)
	for lang, l := range a.languages {
		without := *l
		without.rules = slices.Clone(l.rules)
		for i, r := range l.rules {
			if r.name == name {
				without.rules[i] = rule{start: r.end, end: r.end}
			}
		}
		without.sort()
		if name == weighingRule {
			without.model = nil
		}
		out.languages[lang] = &without
	}
	return &out
}

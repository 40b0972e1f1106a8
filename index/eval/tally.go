package eval

import (
	"cmp"
	"slices"
)

// Measure is what is compared; the package comment says how.
type Measure string

// Measures are in the order in which they are shown.
var Measures = []Measure{Paragraphs, States, Parties, Stance, Denials, Dates, Actors}

// The measures, see [Measures].
const (
	Paragraphs Measure = "paragraphs"
	States     Measure = "states"
	Parties    Measure = "parties"
	Stance     Measure = "stance"
	Denials    Measure = "denials"
	Dates      Measure = "dates"
	Actors     Measure = "actors"
)

// Counts are the outcomes of one measure.
type Counts struct {
	Hits        int `json:"hits"`
	Misses      int `json:"misses"`
	FalseAlarms int `json:"false_alarms"`
}

// Precision is the share of what was found that is right, 1 where nothing was
// found.
func (c Counts) Precision() float64 { return share(c.Hits, c.FalseAlarms) }

// Recall is the share of what there is that was found, 1 where there is nothing.
func (c Counts) Recall() float64 { return share(c.Hits, c.Misses) }

// F1 is the harmonic mean of precision and recall.
func (c Counts) F1() float64 { return share(2*c.Hits, c.Misses+c.FalseAlarms) }

func share(part, rest int) float64 {
	if part+rest == 0 {
		return 1
	}
	return float64(part) / float64(part+rest)
}

// Scope is a measure over all when Lang and Publisher are "", else over one
// language or one publisher.
type Scope struct {
	Measure   Measure `json:"measure"`
	Lang      string  `json:"lang,omitempty"`
	Publisher string  `json:"publisher,omitempty"`
}

// Score is what came out in a scope.
type Score struct {
	Scope
	Counts
}

// Finding is a miss or a false alarm.
type Finding struct {
	Measure Measure `json:"measure"`
	// Kind is Miss or FalseAlarm.
	Kind string `json:"kind"`
	File string `json:"file"`
	// Lang is that of the paragraph, or the first of the record.
	Lang string `json:"lang"`
	// Paragraph is the position in its version, 0 where there is none.
	Paragraph int `json:"paragraph,omitempty"`
	// Value is the state, party, stance, date or actor; "" for paragraphs.
	Value string `json:"value,omitempty"`
	// Rule names what fired, several joined by ", "; "" where nothing did.
	Rule string `json:"rule,omitempty"`
	// Words are those that attribute, or else those that the paragraph begins with.
	Words string `json:"words,omitempty"`
}

// The kinds of findings.
const (
	Miss       = "miss"
	FalseAlarm = "false alarm"
)

const hit = "hit"

// ledger counts.
type ledger struct {
	counts   map[Scope]Counts
	findings []Finding
}

// add counts one outcome, and keeps it unless it is a hit. A fact of a record in
// several languages counts in each of langs.
func (l *ledger) add(f Finding, publisher string, langs ...string) {
	l.count(Scope{Measure: f.Measure}, f.Kind)
	for _, lang := range langs {
		l.count(Scope{Measure: f.Measure, Lang: lang}, f.Kind)
	}
	if publisher != "" {
		l.count(Scope{Measure: f.Measure, Publisher: publisher}, f.Kind)
	}
	if f.Kind != hit {
		f.Lang = slices.Concat(langs, []string{""})[0]
		l.findings = append(l.findings, f)
	}
}

func (l *ledger) count(s Scope, kind string) {
	c := l.counts[s]
	switch kind {
	case hit:
		c.Hits++
	case Miss:
		c.Misses++
	case FalseAlarm:
		c.FalseAlarms++
	}
	l.counts[s] = c
}

// scores are in the order of measures: over all, by language, by publisher.
func (l *ledger) scores() []Score {
	var scores []Score
	for s, c := range l.counts {
		scores = append(scores, Score{s, c})
	}
	slices.SortFunc(scores, func(a, b Score) int {
		return cmp.Or(
			cmp.Compare(place(a.Measure), place(b.Measure)),
			cmp.Compare(a.Publisher, b.Publisher),
			cmp.Compare(a.Lang, b.Lang),
		)
	})
	return scores
}

// sorted are the findings by measure, kind and rule, and then as they were found.
func (l *ledger) sorted() []Finding {
	slices.SortStableFunc(l.findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(place(a.Measure), place(b.Measure)),
			-cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(a.Rule, b.Rule),
		)
	})
	return l.findings
}

func place(m Measure) int { return slices.Index(Measures, m) }

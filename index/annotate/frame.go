package annotate

import (
	"slices"

	"demarche/index/annotate/pattern"
)

// frame says who says what a sentence says: "according to Germany", "Norway's
// finding that".
type frame struct {
	by          []string
	self, named bool
	// beside: they say it too, whoever else does.
	beside bool
}

// frame finds who says what the sentence says. They do not say it of themselves.
func (r *reading) frame(rule *rule, able []int) {
	for m := range r.matches(able) {
		f := frame{beside: rule.besides}
		f.by, f.self, f.named = r.parties(m)
		r.frames = append(r.frames, f)
		for _, n := range r.namesIn(m, "by") {
			r.innocent[n.First] = true
		}
	}
}

// frameBehind adds the frames of the next sentence where it says who says this one:
// "Об этом сообщает …".
func (r *reading) frameBehind() {
	if r.after == nil {
		return
	}
	after := reading{lang: r.lang, passage: r.passage, sentence: r.after, whole: r.after, before: r.whole, context: r.context}
	defer after.done()
	after.prepare()
	r.frames = append(r.frames, after.frames...)
}

// source is the next of sentences where it says who says the one before it; else nil.
func (l *language) source(rest []*sentence) *sentence {
	if len(rest) == 0 || rest[0] == nil || !rest[0].masks[1].Has(l.class.hereof) {
		return nil
	}
	return rest[0]
}

// framed are the parties of all frames of the sentence, as [reading.parties] has
// them.
func (r *reading) framed() (ids []string, self, named bool) {
	for _, f := range r.frames {
		if !f.beside {
			ids, self, named = append(ids, f.by...), self || f.self, named || f.named
		}
	}
	return ids, self, named
}

// beside adds the parties who say it too, and sorts.
func (r *reading) beside(ids []string) []string {
	for _, f := range r.frames {
		if f.beside {
			ids = append(ids, f.by...)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// isSelf reports whether whom( ) of a match is the speaker and nothing else.
func (r *reading) isSelf(m pattern.Match) bool {
	return slices.ContainsFunc(m.Captures, func(c pattern.Capture) bool {
		return c.Name == "self" || c.Name == "whom" && c.End == c.Start+1 && r.sentence.masks[c.Start].Has(r.lang.class.self)
	})
}

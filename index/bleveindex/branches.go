package bleveindex

import (
	"reflect"
	"slices"

	blevesearch "github.com/blevesearch/bleve/v2/search"

	"demarche/index/plan"
	"demarche/search"
	"demarche/search/query"
)

// A branch is what a query means in some languages.
type branch struct {
	languages []string
	plan      plan.Plan
}

// plansOf are the plans of a request by language of the index.
func (e *Engine) plansOf(r search.Request) map[string]plan.Plan {
	plans := map[string]plan.Plan{}
	for _, lang := range e.columns.Profiles.languages() {
		plans[lang] = plan.For(r, lang)
	}
	return plans
}

// branchesOf joins the languages in which a query means the same and is looked
// up in the same fields: mostly all of them for verbatim words.
func branchesOf(languages []string, plans map[string]plan.Plan) []branch {
	var branches []branch
	for _, lang := range languages {
		p := plans[lang]
		same := func(b branch) bool {
			return reflect.DeepEqual(b.plan.Match, p.Match) && reflect.DeepEqual(b.plan.Phrase, p.Phrase)
		}
		i := slices.IndexFunc(branches, same)
		if i >= 0 && (stemField(lang) == stemField(branches[i].languages[0]) || !stemmed(p.Match) && !stemmed(p.Phrase)) {
			branches[i].languages = append(branches[i].languages, lang)
			continue
		}
		branches = append(branches, branch{[]string{lang}, p})
	}
	return branches
}

// stemmed reports whether e asks for a stem anywhere in the text.
func stemmed(e plan.Expr) bool {
	switch e := e.(type) {
	case plan.Term:
		return e.Kind == plan.Stem
	case plan.Sequence:
		return slices.ContainsFunc(e.Slots, func(s plan.Slot) bool {
			return slices.ContainsFunc(s.Alternatives, hasStem)
		})
	case plan.And:
		return slices.ContainsFunc(e.Exprs, stemmed)
	case plan.Or:
		return slices.ContainsFunc(e.Exprs, stemmed)
	case plan.Not:
		return stemmed(e.Expr)
	}
	return false
}

func hasStem(a plan.Alternative) bool {
	return slices.ContainsFunc(a, func(t plan.Term) bool { return t.Kind == plan.Stem })
}

// needsStem reports whether e can only hold where some stem occurs, which for a
// field of one language means that the paragraph is in that language.
func needsStem(e plan.Expr) bool {
	switch e := e.(type) {
	case plan.Term:
		return e.Kind == plan.Stem
	case plan.Sequence:
		return slices.ContainsFunc(e.Slots, func(s plan.Slot) bool {
			return len(s.Alternatives) > 0 && !slices.ContainsFunc(s.Alternatives, func(a plan.Alternative) bool { return !hasStem(a) })
		})
	case plan.And:
		return slices.ContainsFunc(e.Exprs, needsStem)
	case plan.Or:
		return len(e.Exprs) > 0 && !slices.ContainsFunc(e.Exprs, func(e plan.Expr) bool { return !needsStem(e) })
	}
	return false
}

// searcher finds what any of the branches finds in its languages. It scores
// where the order of the hits depends on it.
func (s *session) searcher(branches []branch) (blevesearch.Searcher, error) {
	var matches, phrases []blevesearch.Searcher
	for _, b := range branches {
		t := translator{s, b.languages[0]}
		m, err := t.within(b.languages, b.plan.Match)
		if err != nil {
			return nil, err
		}
		matches = append(matches, m)
		if b.plan.Phrase == nil || !s.scored {
			continue
		}
		p, err := t.within(b.languages, b.plan.Phrase)
		if err != nil {
			return nil, err
		}
		phrases = append(phrases, p)
	}
	all, err := s.any(matches)
	if err != nil || !s.scored {
		return all, err
	}
	tier := &tierSearcher{matches: all, phrase: -1}
	if len(phrases) > 0 {
		tier.phrases, err = s.any(phrases)
	}
	return tier, err
}

// within finds paragraphs of the given languages that e holds for.
func (t translator) within(languages []string, e plan.Expr) (blevesearch.Searcher, error) {
	all := len(languages) == len(t.engine.columns.Profiles.languages())
	if all || slices.Contains(search.Languages, t.lang) && needsStem(e) {
		return t.expr(e)
	}
	isLanguage := plan.Or{}
	for _, lang := range languages {
		isLanguage.Exprs = append(isLanguage.Exprs, plan.Field{Field: query.Field{Name: "lang", Value: lang}})
	}
	return t.expr(plan.And{Exprs: []plan.Expr{e, isLanguage}})
}

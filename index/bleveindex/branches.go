package bleveindex

import (
	"context"
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
	match     plan.Expr
}

// plansOf are the plans of a request by language of the index, and the prefixes that
// stand for too many words.
func (e *Engine) plansOf(ctx context.Context, r search.Request) (map[string]plan.Plan, []search.Cut, error) {
	plans := map[string]plan.Plan{}
	for _, lang := range e.columns.Profiles.languages() {
		plans[lang] = plan.For(r, lang)
	}
	cut, err := plan.Expand(plans, func(beginning string) ([]plan.Entry, error) {
		if e.terms == nil {
			return nil, nil
		}
		return e.words(ctx, beginning)
	})
	return plans, cut, err
}

// branchesOf joins the languages in which a query means the same and is looked
// up in the same fields: mostly all of them for verbatim words.
func branchesOf(languages []string, plans map[string]plan.Plan) []branch {
	var branches []branch
	for _, lang := range languages {
		match := plans[lang].Match
		i := slices.IndexFunc(branches, func(b branch) bool { return reflect.DeepEqual(b.match, match) })
		if i >= 0 && (stemField(lang) == stemField(branches[i].languages[0]) || !stemmed(match)) {
			branches[i].languages = append(branches[i].languages, lang)
			continue
		}
		branches = append(branches, branch{[]string{lang}, match})
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

// searcher finds what any of the branches finds in its languages.
func (s *session) searcher(branches []branch) (blevesearch.Searcher, error) {
	var each []blevesearch.Searcher
	for _, b := range branches {
		found, err := translator{s, b.languages[0]}.within(b.languages, b.match)
		if err != nil {
			return nil, err
		}
		each = append(each, found)
	}
	return s.any(each)
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

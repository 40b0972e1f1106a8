package memindex

import (
	"context"
	"math"

	"demarche/index/plan"
)

// The usual constants of BM25: how soon more occurrences stop to count, and how
// much long paragraphs are held back.
const (
	k1 = 1.2
	b  = 0.75
)

// score scores hits: paragraphs with the query's words as a phrase have scores
// from 1 to 2, others from 0 to 1, and within each BM25 over the leaves of the
// plan decides. Frequencies are those among the paragraphs of the language.
func (e *Engine) score(ctx context.Context, hits []candidate, plans map[string]plan.Plan) error {
	scorers := map[string]*scorer{}
	for lang, p := range plans {
		s, err := e.newScorer(ctx, p)
		if err != nil {
			return err
		}
		scorers[lang] = s
	}
	for i := range hits {
		hits[i].score = scorers[hits[i].Lang].score(hits[i].Doc)
	}
	return nil
}

type scorer struct {
	plan   plan.Plan
	leaves []plan.Expr
	// weights are the inverse document frequencies of the leaves.
	weights []float64
	// average is the length of a paragraph in tokens.
	average float64
}

func (e *Engine) newScorer(ctx context.Context, p plan.Plan) (*scorer, error) {
	s := &scorer{plan: p, leaves: plan.Leaves(p.Match)}
	found := make([]float64, len(s.leaves))
	var paragraphs, tokens float64
	for i := range e.docs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d := e.docs[i].Doc
		if d.Lang != p.Lang {
			continue
		}
		paragraphs++
		tokens += float64(len(d.Tokens))
		for j, leaf := range s.leaves {
			if plan.Match(leaf, d) {
				found[j]++
			}
		}
	}
	s.average = tokens / max(paragraphs, 1)
	for _, n := range found {
		s.weights = append(s.weights, math.Log(1+(paragraphs-n+0.5)/(n+0.5)))
	}
	return s, nil
}

func (s *scorer) score(d *plan.Doc) float64 {
	var sum float64
	length := 1 - b + b*float64(len(d.Tokens))/max(s.average, 1)
	for i, leaf := range s.leaves {
		frequency := float64(len(plan.Runs(leaf, d.Tokens)))
		sum += s.weights[i] * frequency * (k1 + 1) / (frequency + k1*length)
	}
	score := sum / (1 + sum)
	if s.plan.Phrase != nil && plan.Match(s.plan.Phrase, d) {
		score++
	}
	return score
}

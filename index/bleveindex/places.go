package bleveindex

import (
	"strings"

	"demarche/index/plan"
)

// places are the positions of terms in one document after the other.
type places struct {
	terms []*placed
	byKey map[termKey]*placed
	// byText finds a term that several places of a plan ask for.
	byText map[string]*placed
}

// placed is a term with its positions in the present document.
type placed struct {
	postings  *postings
	scoring   bm25
	positions []int
}

// termKey identifies a term of a plan by where its texts are in memory: texts
// of a plan do not change, and comparing them would take longer than the work
// that is looked up.
type termKey struct {
	kind  plan.Kind
	texts *string
	n     int
}

func keyOf(t plan.Term) termKey { return termKey{t.Kind, &t.Texts[0], len(t.Texts)} }

// add reads the terms of a sequence too.
func (p *places) add(t translator, s plan.Sequence) error {
	for _, slot := range s.Slots {
		for _, alternative := range slot.Alternatives {
			for _, term := range alternative {
				if err := p.addTerm(t, term); err != nil {
					return err
				}
			}
		}
	}
	return p.addTerm(t, s.Skip)
}

func (p *places) addTerm(t translator, term plan.Term) error {
	if len(term.Texts) == 0 {
		return nil
	}
	if p.byKey == nil {
		p.byKey, p.byText = map[termKey]*placed{}, map[string]*placed{}
	}
	text := string(rune('0'+term.Kind)) + strings.Join(term.Texts, " ")
	known := p.byText[text]
	if known == nil {
		read, err := t.postings(term, reading{frequencies: true, positions: true})
		if err != nil {
			return err
		}
		known = &placed{postings: read, scoring: newBM25(t.engine.columns.Lengths[read.field], read.count())}
		p.byText[text] = known
		p.terms = append(p.terms, known)
	}
	p.byKey[keyOf(term)] = known
	return nil
}

// seek goes to a document, never back.
func (p *places) seek(document int) error {
	for _, t := range p.terms {
		at, err := t.postings.seek(document)
		if err != nil {
			return err
		}
		t.positions = t.positions[:0]
		if at == document {
			t.positions = t.postings.positions(t.positions)
		}
	}
	return nil
}

// at are the positions of a term in the present document.
func (p *places) at(t plan.Term) []int { return p.byKey[keyOf(t)].positions }

// idf is that of a sequence: the sum over its slots, each worth what its most common
// alternative is.
func (p *places) idf(s plan.Sequence) (sum float64) {
	for _, slot := range s.Slots {
		least := 0.0
		for i, alternative := range slot.Alternatives {
			if idf := p.idfOf(alternative); i == 0 || idf < least {
				least = idf
			}
		}
		sum += least
	}
	return sum
}

func (p *places) idfOf(alternative plan.Alternative) (sum float64) {
	for _, term := range alternative {
		if len(term.Texts) > 0 {
			sum += p.byKey[keyOf(term)].scoring.idf
		}
	}
	return sum
}

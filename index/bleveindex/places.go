package bleveindex

import (
	"fmt"

	"demarche/index/plan"
)

// places are the positions of terms in one document after the other. Those of a term
// are read when they are asked for.
type places struct {
	document int
	err      error // of reading
	terms    []*placed
	byKey    map[termKey]*placed
	// byText finds a term that several places of a plan ask for.
	byText map[string]*placed
}

// placed is a term with its positions in a document.
type placed struct {
	postings  *postings
	scoring   bm25
	document  int
	positions []int
	// present are the same documents without positions, which are walked faster;
	// nil where most documents that are asked about have the term.
	present *postings
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
	return p.addSkip(t, s.Skip)
}

// addSkip reads a term that few of the documents have.
func (p *places) addSkip(t translator, term plan.Term) (err error) {
	if len(term.Texts) == 0 {
		return nil
	}
	if err := p.addTerm(t, term); err != nil {
		return err
	}
	p.byKey[keyOf(term)].present, err = t.postings(term, reading{})
	return err
}

func (p *places) addTerm(t translator, term plan.Term) error {
	if len(term.Texts) == 0 {
		return nil
	}
	if p.byKey == nil {
		p.byKey, p.byText = map[termKey]*placed{}, map[string]*placed{}
	}
	text := fmt.Sprint(term.Kind, term.Texts, len(term.Words))
	known := p.byText[text]
	if known == nil {
		read, err := t.postings(term, reading{frequencies: true, positions: true})
		if err != nil {
			return err
		}
		known = &placed{postings: read, scoring: newBM25(t.engine.columns.Lengths[read.field], read.count()), document: -1}
		p.byText[text] = known
		p.terms = append(p.terms, known)
	}
	p.byKey[keyOf(term)] = known
	return nil
}

// at are the positions of a term in the present document.
func (p *places) at(t plan.Term) []int { return p.read(p.byKey[keyOf(t)]) }

func (p *places) read(t *placed) []int {
	if t.document == p.document || p.err != nil {
		return t.positions
	}
	t.document, t.positions = p.document, t.positions[:0]
	at := p.document
	if t.present != nil {
		at, p.err = t.present.seek(p.document)
	}
	if at == p.document && p.err == nil {
		at, p.err = t.postings.seek(p.document)
	}
	if at == p.document && p.err == nil {
		t.positions = t.postings.positions(t.positions)
	}
	return t.positions
}

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

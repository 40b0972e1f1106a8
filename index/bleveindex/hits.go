package bleveindex

import (
	"demarche/index/analysis"
	"demarche/index/plan"
	"demarche/search"
)

// A hitReader reads what hits show, each statement once.
type hitReader struct {
	records    recordReader
	statements map[uint32]*statementRecord
}

// hit is paragraph n without score, reasons and highlights.
func (h *hitReader) hit(n uint32) (*search.Hit, error) {
	p, err := h.records.paragraph(n)
	if err != nil {
		return nil, err
	}
	s, err := h.statement(p.Statement)
	if err != nil {
		return nil, err
	}
	v := &s.Statement.Versions[p.Version]
	return &search.Hit{
		Paragraph: p.Paragraph,
		Lang:      v.Lang,
		Statement: s.Statement.Header(v),
		Versions:  p.Siblings,
	}, nil
}

func (h *hitReader) statement(n uint32) (*statementRecord, error) {
	if s := h.statements[n]; s != nil {
		return s, nil
	}
	s, err := h.records.statement(n)
	if err != nil {
		return nil, err
	}
	if h.statements == nil {
		h.statements = map[uint32]*statementRecord{}
	}
	h.statements[n] = s
	return s, nil
}

// show reads the hits of found and says why each is one, by the plan of its
// language.
func (e *Engine) show(found []candidate, plans map[string]plan.Plan) ([]search.Hit, error) {
	var hits []search.Hit
	err := e.records.view(func(r recordReader) error {
		reader := &hitReader{records: r}
		for _, c := range found {
			hit, err := reader.hit(e.columns.Record[c.document])
			if err != nil {
				return err
			}
			doc := &plan.Doc{Lang: hit.Lang, Tokens: analysis.Tokens(hit.Lang, hit.Paragraph.Text)}
			hit.Score = c.score
			hit.Highlights = plan.Highlights(plans[hit.Lang], doc)
			hit.Reasons = plan.Reasons(plans[hit.Lang], doc)
			hits = append(hits, *hit)
		}
		return nil
	})
	return hits, err
}

package bleveindex

import (
	"demarche/index/analysis"
	"demarche/index/plan"
	"demarche/search"
)

// A hitReader reads hits, what is common to a version once.
type hitReader struct {
	records  recordReader
	versions map[uint32]*versionRecord
}

// hit is paragraph n without score, reasons and highlights.
func (h *hitReader) hit(n uint32) (*search.Hit, error) {
	p, err := h.records.paragraph(n)
	if err != nil {
		return nil, err
	}
	v, err := h.version(p.Version)
	if err != nil {
		return nil, err
	}
	return &search.Hit{Paragraph: p.Paragraph, Lang: v.Lang, Statement: v.Header, Versions: p.Siblings}, nil
}

func (h *hitReader) version(n uint32) (*versionRecord, error) {
	if v := h.versions[n]; v != nil {
		return v, nil
	}
	v, err := h.records.version(n)
	if err != nil {
		return nil, err
	}
	if h.versions == nil {
		h.versions = map[uint32]*versionRecord{}
	}
	h.versions[n] = v
	return v, nil
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

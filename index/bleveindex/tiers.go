package bleveindex

import "demarche/index/plan"

// tiers tell of documents how near each other the words of a query stand in them,
// see plan.Tier. They are asked about documents that can be among the first only,
// and open postings when they meet the first document of a language.
type tiers struct {
	session *session
	plans   map[string]plan.Plan
	lang    *field
	readers map[uint32]*tierReader // by number of the language
	highest plan.Tier
}

// A tierReader reads the positions that one plan asks for.
type tierReader struct {
	plan plan.Plan
	places
}

// newTiers is for the plans of a scored search.
func newTiers(s *session, plans map[string]plan.Plan) *tiers {
	t := &tiers{session: s, plans: plans, lang: s.engine.columns.Profiles.field("lang"), readers: map[uint32]*tierReader{}}
	for _, p := range plans {
		t.highest = max(t.highest, p.MaxTier())
	}
	return t
}

func (t *tiers) close() error { return t.session.close() }

// most is the highest tier that there can be.
func (t *tiers) most() float64 {
	if t == nil {
		return 0
	}
	return float64(t.highest)
}

// of is the tier of a document. Documents are asked about in their order.
func (t *tiers) of(document uint32) (float64, error) {
	if t == nil || t.highest == plan.Apart {
		return 0, nil
	}
	columns := t.session.engine.columns
	lang := columns.Profiles.first(t.lang, columns.Profile[document])
	reader := t.readers[lang]
	if reader == nil {
		var err error
		if reader, err = t.open(t.lang.value(lang)); err != nil {
			return 0, err
		}
		t.readers[lang] = reader
	}
	reader.document = int(document)
	return float64(reader.plan.Tier(reader.at)), reader.err
}

func (t *tiers) open(lang string) (*tierReader, error) {
	r := &tierReader{plan: t.plans[lang]}
	for _, s := range []*plan.Sequence{r.plan.Phrase, r.plan.Near} {
		if s == nil {
			continue
		}
		if err := r.add(translator{t.session, lang}, *s); err != nil {
			return nil, err
		}
	}
	return r, nil
}

package eval

import "demarche/search"

// dates compares the date of the statement; there are several where the file was
// taken for several statements.
func (c *comparison) dates() {
	var want, got []string
	if c.record.InText {
		want = []string{string(c.record.Date)}
	}
	known := map[string]Finding{}
	for _, s := range c.statements {
		d := string(s.Date)
		if d == "" || !c.record.InText && s.Date == c.record.Date {
			continue
		}
		got = append(got, d)
		known[d] = fact(s.DateProvenance, s.DateEvidence)
	}
	c.facts(Dates, want, got, known)
}

// actors compares the issuers.
func (c *comparison) actors() {
	var got []string
	known := map[string]Finding{}
	for _, s := range c.statements {
		for _, a := range s.Actors {
			got = append(got, a.ID)
			known[a.ID] = fact(a.Provenance, a.Evidence)
		}
	}
	c.facts(Actors, c.ids(c.record.Issuers), got, known)
}

// fact is what is known of a fact of a record: its provenance stands for the
// rule.
func fact(p search.Provenance, e search.Evidence) Finding {
	return Finding{Rule: string(p), Words: beginning(e.Text)}
}

// facts counts outcomes of the record as a whole.
func (c *comparison) facts(m Measure, want, got []string, known map[string]Finding) {
	sets(want, got, func(kind, value string) {
		f := known[value]
		f.Measure, f.Kind, f.File, f.Value = m, kind, c.record.File, value
		c.ledger.add(f, c.record.Publisher, c.record.Languages...)
	})
}

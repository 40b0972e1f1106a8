package search

// Header is what a hit in version v shows of s.
func (s *Statement) Header(v *Version) Header {
	h := Header{
		ID:             s.ID,
		Title:          v.Title,
		TitleLang:      v.Lang,
		Date:           s.Date,
		DateProvenance: s.DateProvenance,
		Kind:           s.Kind,
		Actors:         s.Actors,
		URL:            v.URL,
	}
	if h.Title == "" {
		h.Title, h.TitleLang = s.Title, s.titleLang()
	}
	if h.URL == "" {
		h.URL = s.URL
	}
	return h
}

// titleLang is the language of the first version that has the statement's title.
func (s *Statement) titleLang() string {
	for _, v := range s.Versions {
		if v.Title == s.Title {
			return v.Lang
		}
	}
	return Undetermined
}

// Siblings are the paragraphs of the same passage as p in versions of s other
// than v.
func (s *Statement) Siblings(v *Version, p *Paragraph) []PassageVersion {
	var siblings []PassageVersion
	for i := range s.Versions {
		other := &s.Versions[i]
		if other.Lang == v.Lang || p.Passage == "" {
			continue
		}
		for _, q := range other.Paragraphs {
			if q.Passage == p.Passage {
				siblings = append(siblings, PassageVersion{other.Lang, q.ID})
			}
		}
	}
	return siblings
}

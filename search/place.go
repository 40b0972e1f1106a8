package search

import (
	"cmp"
	"slices"
)

// Place is where a paragraph stands among all: what orders hits of equal score.
type Place struct {
	Date      Date
	Statement string
	Lang      string
	Position  int
}

// Place is where h stands.
func (h *Hit) Place() Place {
	return Place{h.Statement.Date, h.Statement.ID, h.Lang, h.Paragraph.Position}
}

// CompareNewest orders by date, newest first and unknown last (of two dates
// that begin alike, the more precise is the newer), then by statement, language in the order of [Languages] and position.
func (p Place) CompareNewest(q Place) int {
	return cmp.Or(compareKnown(p.Date, q.Date), cmp.Compare(q.Date, p.Date), p.compareInDate(q))
}

// CompareOldest orders by date, oldest first and unknown last, and then as
// CompareNewest does.
func (p Place) CompareOldest(q Place) int {
	return cmp.Or(compareKnown(p.Date, q.Date), cmp.Compare(p.Date, q.Date), p.compareInDate(q))
}

func (p Place) compareInDate(q Place) int {
	return cmp.Or(
		cmp.Compare(p.Statement, q.Statement),
		CompareLanguages(p.Lang, q.Lang),
		cmp.Compare(p.Position, q.Position),
	)
}

func compareKnown(d, e Date) int {
	switch {
	case d == "" && e != "":
		return 1
	case d != "" && e == "":
		return -1
	}
	return 0
}

// CompareLanguages orders codes: [Languages] in their order, others after by
// code.
func CompareLanguages(a, b string) int {
	return cmp.Or(cmp.Compare(languageRank(a), languageRank(b)), cmp.Compare(a, b))
}

func languageRank(code string) int {
	if i := slices.Index(Languages, code); i >= 0 {
		return i
	}
	return len(Languages)
}

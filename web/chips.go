package web

import (
	"context"
	"errors"
	"slices"

	"github.com/gin-gonic/gin"

	"demarche/search"
	"demarche/web/api"
	"demarche/web/locale"
)

// chip is one filter that is in force, with the page without it.
type chip struct {
	Field, Label string
	// Lang is the language of the label where it is a title, else "".
	Lang     string
	Excluded bool
	Remove   string
}

// chips are the filters of p in the order of its address.
func (s *site) chips(c *gin.Context, p api.Params, at place) ([]chip, error) {
	printer := s.printer(c)
	var out []chip
	for _, f := range p.Filters {
		for i, v := range slices.Concat(f.Include, f.Exclude) {
			label, lang, err := s.label(c, f.Field, v, printer)
			if err != nil {
				return nil, err
			}
			out = append(out, chip{f.Field, label, lang, i >= len(f.Include), at(p.Removing(f.Field, v))})
		}
	}
	return slices.Concat(out, dateChips(p, at, printer), reasonChips(p, at, printer)), nil
}

// reasonChips are the reasons that are left out.
func reasonChips(p api.Params, at place, printer *locale.Printer) []chip {
	return mapped(p.Without, func(reason string) chip {
		return chip{Field: "without", Label: printer.T("reason." + reason), Remove: at(p.TakingIn(reason))}
	})
}

func dateChips(p api.Params, at place, printer *locale.Printer) []chip {
	var out []chip
	if without := p.First(); p.From != "" {
		without.From = ""
		out = append(out, chip{Field: "from", Label: printer.Date(string(p.From)), Remove: at(without)})
	}
	if without := p.First(); p.To != "" {
		without.To = ""
		out = append(out, chip{Field: "to", Label: printer.Date(string(p.To)), Remove: at(without)})
	}
	return out
}

// label is the name of a value; of a statement its title, with the language
// that it is in.
func (s *site) label(ctx context.Context, field, value string, printer *locale.Printer) (name, lang string, err error) {
	if field != "statement" {
		return printer.Label(field, value), "", nil
	}
	st, err := s.Engine.Statement(ctx, value)
	if errors.Is(err, search.ErrNotFound) {
		return value, "", nil
	}
	if err != nil {
		return "", "", err
	}
	h := headerIn(st, printer)
	return h.Title, h.TitleLang, nil
}

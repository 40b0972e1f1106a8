package enginetest

import (
	"fmt"
	"strings"

	"demarche/search"
	"demarche/search/query"
)

// A case of testdata is written as a query and settings behind two spaces and a
// slash:
//
//	responsible state  / attributed_state=RU,-CN year=2021 sort=oldest size=3 facets=year,lang
//
// describe writes a request so, readRequest reads it.
func describe(r search.Request) string {
	var b strings.Builder
	if r.Query != nil {
		b.WriteString(r.Query.String())
	}
	b.WriteString("  /")
	for _, f := range r.Filters {
		values := append([]string{}, f.Include...)
		for _, v := range f.Exclude {
			values = append(values, "-"+v)
		}
		fmt.Fprintf(&b, " %s=%s", f.Field, strings.Join(values, ","))
	}
	for _, s := range []struct{ name, value string }{
		{"from", string(r.From)},
		{"to", string(r.To)},
		{"sort", string(r.Sort)},
		{"without", strings.Join(r.Without, ",")},
		{"facets", strings.Join(r.Facets, ",")},
	} {
		if s.value != "" {
			fmt.Fprintf(&b, " %s=%s", s.name, s.value)
		}
	}
	if r.Formulas {
		b.WriteString(" formulas=on")
	}
	fmt.Fprintf(&b, " size=%d", r.Size)
	return b.String()
}

// readRequest reads a case; size is [search.MaxSize] where it is not set.
func readRequest(line string) (search.Request, error) {
	q, settings, _ := strings.Cut(line, "  /")
	r := search.Request{Size: search.MaxSize}
	var err error
	if r.Query, err = query.Parse(strings.TrimSpace(q), query.Limits{}); err != nil {
		return r, err
	}
	for setting := range strings.FieldsSeq(settings) {
		name, value, ok := strings.Cut(setting, "=")
		if !ok {
			return r, fmt.Errorf("%q is not name=value", setting)
		}
		if err := set(&r, name, value); err != nil {
			return r, err
		}
	}
	return r, nil
}

func set(r *search.Request, name, value string) error {
	switch name {
	case "from":
		r.From = search.Date(value)
	case "to":
		r.To = search.Date(value)
	case "sort":
		r.Sort = search.Sort(value)
	case "facets":
		r.Facets = strings.Split(value, ",")
	case "formulas":
		r.Formulas = value == "on"
	case "without":
		r.Without = strings.Split(value, ",")
	case "size":
		_, err := fmt.Sscan(value, &r.Size)
		return err
	default:
		f := search.Filter{Field: name}
		for v := range strings.SplitSeq(value, ",") {
			if excluded, ok := strings.CutPrefix(v, "-"); ok {
				f.Exclude = append(f.Exclude, excluded)
			} else {
				f.Include = append(f.Include, v)
			}
		}
		r.Filters = append(r.Filters, f)
	}
	return nil
}

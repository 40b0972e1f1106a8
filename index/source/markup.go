package source

import (
	"net/url"
	"regexp"
	"strings"

	"demarche/index/dates"
	"demarche/index/markup"
)

// readMarkup makes text of a file that is a page or an XML document, and takes
// in what it declares of itself. problem is not empty when no text can be made.
func (f *File) readMarkup() (problem string) {
	form, problem := formOf(f.Text)
	if problem != "" || form == plain {
		return problem
	}
	read := markup.HTML
	if form == document {
		read = markup.XML
	}
	p, err := read(f.Text)
	if err != nil {
		return err.Error()
	}
	f.Text, f.back = p.Text, p.Back
	for _, field := range p.Fields {
		f.Fields = append(f.Fields, Field(field))
	}
	if d := declaredBy(p); !isZero(d) {
		f.Declared = append(f.Declared, d)
	}
	return ""
}

// declaredBy is what a page declares. A value that cannot be used is passed
// over: nobody wrote it for us.
func declaredBy(p markup.Page) Declared {
	var d Declared
	d.set("title", p.Title)
	d.set("kind", strings.Join(strings.Fields(p.Kind), " "))
	if d.setURL(p.URL) != "" {
		d.URL = ""
	}
	order := dates.DayFirst
	if american(p.URL, fieldOf(p, "lang")) {
		order = dates.MonthFirst
	}
	d.Date = dates.OfField(p.Date, order)
	return d
}

// fieldOf is the last field of a name that a page has; "" when there is none.
func fieldOf(p markup.Page, name string) (value string) {
	for _, f := range p.Fields {
		if f.Name == name {
			value = f.Value
		}
	}
	return value
}

// usAddress is the host of an institution of the United States, where the month
// of a date comes first.
var usAddress = regexp.MustCompile(`(?i)\.(?:gov|mil)$`)

// american reports whether a document with an address and a language is of the
// United States.
func american(address, lang string) bool {
	u, err := url.Parse(address)
	return err == nil && usAddress.MatchString(u.Hostname()) || strings.EqualFold(lang, "en-US")
}

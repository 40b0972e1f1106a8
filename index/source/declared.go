package source

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"demarche/search"
)

// Declared is metadata given with the file, in metadata.csv or front matter. A
// field that is empty is not declared. Several can stand for one file, each
// for one language; one without Lang is for all.
type Declared struct {
	Statement string
	Title     string
	Actors    []string
	Date      search.Date
	Kind      string
	Lang      []string
	URL       string
}

var (
	langCode      = regexp.MustCompile(`^[a-z]{2,3}$`)
	statementSlug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// maxDeclared is the greatest size of a declared value in bytes: all members of
// the United Nations as actors have half of it. It is shown with every paragraph
// that is found.
const maxDeclared = 4 << 10

func tooLong(value string) string {
	if len(value) <= maxDeclared {
		return ""
	}
	return fmt.Sprintf("it has %d bytes, and %d is the limit: shorten it", len(value), maxDeclared)
}

// set sets the field of a column. What it returns is not empty when the value
// cannot be used, and says why.
func (d *Declared) set(column, value string) string {
	if problem := tooLong(value); problem != "" {
		return problem
	}
	switch column {
	case "title":
		d.Title = strings.Join(strings.Fields(value), " ")
	case "actor":
		d.Actors = list(value)
	case "kind":
		d.Kind = strings.ToLower(value)
	case "statement":
		return d.setStatement(value)
	case "date":
		return d.setDate(value)
	case "lang":
		return d.setLang(value)
	case "url":
		return d.setURL(value)
	}
	return ""
}

func (d *Declared) setStatement(value string) string {
	slug := strings.ToLower(value)
	if !statementSlug.MatchString(slug) {
		return fmt.Sprintf("%q is not a short name: write letters a to z, digits and single hyphens", value)
	}
	d.Statement = slug
	return ""
}

func (d *Declared) setDate(value string) string {
	date, err := search.ParseDate(value)
	if err != nil {
		return err.Error()
	}
	d.Date = date
	return ""
}

func (d *Declared) setLang(value string) string {
	for _, code := range list(strings.ToLower(value)) {
		if !langCode.MatchString(code) {
			return fmt.Sprintf("%q is not a language: write a code of ISO 639 such as en, fr or ru", code)
		}
		d.Lang = append(d.Lang, code)
	}
	return ""
}

func (d *Declared) setURL(value string) string {
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return fmt.Sprintf("%q is not an address: write it with http:// or https://", value)
	}
	d.URL = value
	return ""
}

// usable is what can be used of metadata that may come from anywhere, an archive
// for example, with what is wrong with the rest.
func (d Declared) usable() (u Declared, problems []string) {
	for _, f := range []struct{ column, value string }{
		{"statement", d.Statement},
		{"title", d.Title},
		{"actor", strings.Join(d.Actors, ";")},
		{"date", string(d.Date)},
		{"kind", d.Kind},
		{"lang", strings.Join(d.Lang, ";")},
		{"url", d.URL},
	} {
		if f.value == "" {
			continue
		}
		if problem := u.set(f.column, f.value); problem != "" {
			problems = append(problems, f.column+": "+problem)
		}
	}
	return u, problems
}

// list splits a value at semicolons.
func list(value string) []string {
	var items []string
	for item := range strings.SplitSeq(value, ";") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

package markup

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// declared reads what a page says of itself for programs.
func declared(doc *html.Node, s skeleton) Page {
	var p Page
	tree := goquery.NewDocumentFromNode(doc)
	linked := readLinked(s.linked)
	p.Date = linked["datePublished"]
	p.setField("publisher", linked["publisher"])
	p.setField("author", linked["author"])
	for _, f := range rules().fields {
		value := fieldValue(tree, f, s.runs)
		if value == "" {
			continue
		}
		switch f.meaning {
		case "date":
			p.Date = cmp.Or(p.Date, value)
		case "title":
			p.setTitle(value, f.attribute == "text")
		case "url":
			p.URL = cmp.Or(p.URL, value)
		default:
			p.setField(f.meaning, value)
		}
	}
	p.Title = cmp.Or(p.Title, linked["headline"])
	p.Date = cmp.Or(p.Date, shownDate(tree))
	return p
}

// setField takes in another field, unless one of its name is known.
func (p *Page) setField(name, value string) {
	known := slices.ContainsFunc(p.Fields, func(f Field) bool { return f.Name == name })
	if !known && value != "" {
		p.Fields = append(p.Fields, Field{name, value})
	}
}

// setTitle takes in a title, unless one is known; shown says that it is that of the
// window, which has the name of the site too.
func (p *Page) setTitle(title string, shown bool) {
	if shown {
		var site string
		title, site = splitTitle(title)
		p.setField("site", site)
	}
	p.Title = cmp.Or(p.Title, title)
}

// fieldValue is the value of the first element that a rule finds and that has one.
func fieldValue(tree *goquery.Document, f fieldRule, runs []run) string {
	for _, n := range tree.Find(f.selector).Nodes {
		value := attribute(n, f.attribute)
		if f.attribute == "text" {
			value = textOf(n, runs)
		}
		if value = strings.Join(strings.Fields(value), " "); value != "" {
			return value
		}
	}
	return ""
}

func textOf(n *html.Node, runs []run) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type != html.TextNode {
			continue
		}
		for _, i := range numbers(d.Data, runs) {
			if b.Len() < maxValue {
				b.WriteString(runs[i].text)
			}
		}
	}
	text := b.String()
	return strings.ToValidUTF8(text[:min(len(text), maxValue)], "")
}

// splitTitle takes the name of the site off the title of a page, which stands
// behind the last bar or dash and is no longer than what is before.
func splitTitle(title string) (own, site string) {
	for _, sep := range []string{" | ", " :: ", " • ", " — ", " – ", " - "} {
		if i := strings.LastIndex(title, sep); i > 0 && len(title)-i-len(sep) <= i {
			return title[:i], title[i+len(sep):]
		}
	}
	return title, ""
}

// shownDate is the date of an element that shows one, where the page shows one
// alone: several are those of other pages, or of events.
func shownDate(tree *goquery.Document) string {
	found := ""
	for _, n := range tree.Find("time[datetime]").Nodes {
		value := attribute(n, "datetime")
		switch day := value[:min(len(value), 10)]; {
		case n.Parent != nil && (n.Parent.Data == "p" || n.Parent.Data == "li") && n.Parent.FirstChild != n:
			continue // a date within a sentence
		case found == "":
			found = day
		case found != day:
			return ""
		}
	}
	return found
}

// maxLinked is the greatest size in bytes of data for search engines that is
// read, and maxLevels how deep they may be nested.
const (
	maxLinked = 256 << 10
	maxLevels = 16
)

// readLinked reads the fields of data for search engines, of each the first that is
// there. Data that are not JSON are passed over.
func readLinked(scripts []string) map[string]string {
	fields := map[string]string{"datePublished": "", "headline": "", "publisher": "", "author": ""}
	for _, script := range scripts {
		var value any
		if len(script) <= maxLinked && json.Unmarshal([]byte(script), &value) == nil {
			collect(value, fields, 0)
		}
	}
	return fields
}

func collect(value any, fields map[string]string, level int) {
	if level > maxLevels {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			collect(item, fields, level+1)
		}
	case map[string]any:
		for key := range fields {
			if text := textOrName(v[key]); fields[key] == "" {
				fields[key] = text[:min(len(text), maxValue)]
			}
		}
		for _, key := range []string{"@graph", "mainEntity"} {
			collect(v[key], fields, level+1)
		}
	}
}

// textOrName is a text, or the name of the thing or the first of the things that a
// value is; "" for any other.
func textOrName(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case map[string]any:
		name, _ := v["name"].(string)
		return name
	case []any:
		if len(v) > 0 {
			return textOrName(v[0])
		}
	}
	return ""
}

package markup

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// skeleton is a page whose text is replaced by numbers. The tree that is built of
// it knows thereby where in the page its text stands, which parsers of HTML do not
// tell; and nothing of the page but tags, with the attributes that the rules
// look at, reaches the parser.
type skeleton struct {
	skeleton string
	runs     []run
	// linked are the scripts with data for search engines.
	linked []string
	// whole says that it is a page, not a fragment of one.
	whole bool
}

// run is text between two tags.
type run struct {
	start, end int    // bytes of the page
	text       string // entities read; "" for a run of spaces
}

// numberEnd ends the number of a run.
const numberEnd = ";"

// tokenize takes a page apart.
func tokenize(page string) (skeleton, error) {
	var (
		s    skeleton
		b    strings.Builder
		tags int
		at   int
	)
	b.WriteString("<!DOCTYPE html>")
	z := html.NewTokenizer(strings.NewReader(page))
	raw := "" // the element whose text is not that of the page
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if err := z.Err(); err != io.EOF {
				return skeleton{}, err
			}
			s.skeleton = b.String()
			return s, nil
		}
		start := at
		at += len(z.Raw())
		switch kind {
		case html.TextToken:
			if raw == "" {
				s.add(&b, start, at, string(z.Text()))
			} else if raw == "ld" {
				s.linked = append(s.linked, string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			if tags++; tags > maxTags {
				return skeleton{}, errTags
			}
			raw = s.open(&b, z, kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			raw = ""
			name, _ := z.TagName()
			if !rules().inline[string(name)] {
				b.WriteString("</" + string(name) + ">")
			}
		}
	}
}

// add takes in a run of text.
func (s *skeleton) add(b *strings.Builder, start, end int, text string) {
	if strings.TrimSpace(text) == "" {
		s.runs = append(s.runs, run{start: start, end: end})
		b.WriteByte(' ')
		return
	}
	b.WriteString(strconv.Itoa(len(s.runs)) + numberEnd)
	s.runs = append(s.runs, run{start, end, text})
}

// open takes in a start tag. What it returns is not empty when the text that
// follows is no text of the page: "ld" for data in JSON.
func (s *skeleton) open(b *strings.Builder, z *html.Tokenizer, closed bool) (raw string) {
	name, more := z.TagName()
	tag := string(name)
	s.whole = s.whole || tag == "html" || tag == "body" || tag == "head"
	keep := rules().inline[tag]
	if keep = !keep; keep {
		b.WriteString("<" + tag)
	}
	raw = ""
	if rules().raw[tag] {
		raw = tag
	}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if tag == "script" && string(key) == "type" && bytes.EqualFold(value, []byte("application/ld+json")) {
			raw = "ld"
		}
		if keep && rules().attributes[string(key)] {
			b.WriteString(" " + string(key) + `="` + html.EscapeString(valueOf(string(key), string(value))) + `"`)
		}
	}
	if keep {
		b.WriteByte('>')
	}
	if closed && !rules().void[tag] && keep {
		// <div/> opens a <div> in a browser; in XHTML, and to whoever wrote it, it is
		// empty.
		b.WriteString("</" + tag + ">")
		raw = ""
	}
	return raw
}

// valueOf is the value of an attribute as rules compare it.
func valueOf(key, value string) string {
	value = strings.ToValidUTF8(value[:min(len(value), maxValue)], "")
	if slices.Contains([]string{"name", "property", "rel", "itemprop", "role", "class", "id"}, key) {
		value = strings.ToLower(value)
	}
	return value
}

// parse builds the tree of a skeleton.
func parse(skeleton string) (doc *html.Node, err error) {
	defer func() {
		if recover() != nil {
			err = errDeep
		}
	}()
	doc, err = html.ParseWithOptions(strings.NewReader(skeleton), html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, errDeep
	}
	return doc, nil
}

// numbers are the runs of a text node of the tree.
func numbers(data string, runs []run) []int {
	var found []int
	for n := range strings.SplitSeq(data, numberEnd) {
		i, err := strconv.Atoi(strings.TrimSpace(n))
		if err == nil && i >= 0 && i < len(runs) {
			found = append(found, i)
		}
	}
	return found
}

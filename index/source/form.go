package source

import (
	"encoding/json"
	"regexp"
	"strings"
)

// form is how a text is marked up.
type form int

const (
	// plain is text, or Markdown, which is read as text is.
	plain    form = iota
	page          // HTML, XHTML, or a fragment
	document      // XML of any other kind
)

// The beginnings of files that are no text, and what they are. Some hold control
// characters only further on.
var magic = []struct{ begins, reason string }{
	{"%PDF-", "it is PDF, which is not read: save its text (.txt)"},
	{"PK\x03\x04", "it is a ZIP archive or an office document (.docx, .odt), which is not read: save its text (.txt)"},
	{"\xd0\xcf\x11\xe0", "it is an old office document (.doc), which is not read: save its text (.txt)"},
	{`{\rtf`, "it is RTF, which is not read: save its text (.txt)"},
	{"\x1f\x8b", "it is compressed: unpack it"},
	{"%!PS", "it is PostScript, which is not read: save its text (.txt)"},
	{"MIME-Version:", "it is a page saved with its pictures (.mht) or a mail, which is not read: save the page alone (.html)"},
}

// notText says why data can be no text by the way it begins; "" when it can.
func notText(data []byte) string {
	begin := string(data[:min(len(data), 16)])
	for _, m := range magic {
		if strings.HasPrefix(begin, m.begins) {
			return m.reason
		}
	}
	return ""
}

var (
	prolog  = regexp.MustCompile(`^<\?xml[\s?]`)
	skipped = regexp.MustCompile(`^(?:\s+|<\?[^>]*\?>|<!--(?s:.*?)-->|<!(?:DOCTYPE|doctype)[^>\[]*(?:\[(?s:.*?)\]\s*)?>)+`)
	element = regexp.MustCompile(`^<([A-Za-z][\w.:-]*)[\s/>]`)
	doctype = regexp.MustCompile(`(?i)^\s*(?:<!--(?s:.*?)-->\s*)?<!doctype\s+html`)
	// blocks are the tags between which fragments of HTML have their text. Markdown
	// has one of them now and then.
	blocks = regexp.MustCompile(`(?i)</?(?:p|div|li|ul|ol|h[1-6]|td|tr|table|blockquote|section|article)(?:\s[^<>]*)?>|<br\s*/?>`)
	// pageTags are elements with which pages and fragments begin.
	pageTags = regexp.MustCompile(`(?i)^(?:html|head|body|div|p|h[1-6]|ul|ol|li|table|tbody|tr|td|section|article|main|header|blockquote|span|strong|b|em|i|a|center|font|hr|br|img|pre|figure|meta|title|link|style|script|dl|nav|aside)$`)
)

// formSample is how much of a text is looked at for tags, in bytes, and
// fewestTags how many of them make it a page.
const (
	formSample = 64 << 10
	fewestTags = 3
)

// formOf tells how a text is marked up, by the text alone. problem is not empty
// for what is no document at all, and says why.
func formOf(text string) (f form, problem string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return plain, ""
	}
	if (text[0] == '{' || text[0] == '[') && json.Valid([]byte(text)) {
		return plain, "it is JSON, data and no document: save the text of the statement (.txt, .md or .html)"
	}
	if doctype.MatchString(text) {
		return page, ""
	}
	root := strings.TrimPrefix(text, skipped.FindString(text[:min(len(text), formSample)]))
	m := element.FindStringSubmatch(root[:min(len(root), formSample)])
	switch {
	case m != nil && strings.EqualFold(localName(m[1]), "html"):
		return page, ""
	case prolog.MatchString(text), m != nil && !pageTags.MatchString(m[1]) && strings.HasSuffix(text, ">"):
		return document, ""
	}
	tags := len(blocks.FindAllStringIndex(text[:min(len(text), formSample)], fewestTags))
	if m != nil && tags > 0 || tags >= fewestTags {
		return page, ""
	}
	return plain, ""
}

func localName(name string) string { return name[strings.IndexByte(name, ':')+1:] }

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"demarche/web/api"
)

// width of a line where the terminal does not tell, in characters.
const width = 80

// marks begin and end what matched.
type marks struct{ begin, end string }

// On a terminal matches are bold; elsewhere they stand in signs that a text
// hardly contains.
var (
	boldMarks  = marks{"\x1b[1m", "\x1b[0m"}
	plainMarks = marks{"[[", "]]"}
)

// printAnswer shows an answer of the API to a reader in a terminal.
func printAnswer(w io.Writer, content []byte) error {
	var a api.Search
	if err := json.Unmarshal(content, &a); err != nil {
		return fmt.Errorf("the answer cannot be read: %w", err)
	}
	look, columns := terminal(w)
	p := &printer{w: w}
	p.line("%d paragraphs in %d passages of %d statements", a.Total.Paragraphs, a.Total.Passages, a.Total.Statements)
	if a.Query.ReadAs != a.Query.Q {
		p.line("Read as: %s", a.Query.ReadAs)
	}
	if len(a.Query.Ignored) > 0 {
		p.line("Not required, being common words: %s", strings.Join(a.Query.Ignored, ", "))
	}
	p.equivalents(a)
	for _, c := range a.Query.Cut {
		p.line("%s* begins %d words; the %d most frequent were looked for.", c.Prefix, c.Of, c.Words)
	}
	for _, s := range a.Query.Suggestions {
		p.line("Did you mean %s (%d paragraphs)?", s.Query, s.Total.Paragraphs)
	}
	for _, h := range a.Hits {
		p.hit(h, look, columns)
	}
	if a.Links.Next != "" {
		p.line("\nMore with --cursor %s", cursorOf(a.Links.Next))
	}
	return p.err
}

// terminal says how to mark matches on w and how long its lines are.
func terminal(w io.Writer) (marks, int) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return plainMarks, width
	}
	look := boldMarks
	if os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		look = plainMarks
	}
	if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 20 {
		return look, min(columns, 100)
	}
	return look, width
}

func (p *printer) hit(h api.Hit, look marks, columns int) {
	names := make([]string, len(h.Statement.Actors))
	for i, a := range h.Statement.Actors {
		names[i] = a.Name
	}
	p.line("\n%s · %s · %s ¶%d", orNone(strings.Join(names, ", "), "actor unknown"), orNone(string(h.Statement.Date), "date unknown"), h.Lang, h.Position)
	p.line("%s", orNone(h.Statement.Title, "no title"))
	for _, line := range wrap(mark(h.Text, h.Highlights, look), columns-2, look) {
		p.line("  %s", styled(line))
	}
	for _, a := range h.Attributions {
		p.line("  → %s", attribution(a.State, a.By, a.Groups, a.Stance))
	}
	p.line("  %s", h.ID)
	if len(h.Reasons) > 0 {
		p.line("  matched by: %s", strings.Join(h.Reasons, ", "))
	}
}

// mark puts marks around ranges of a text, which is made safe for a terminal.
func mark(text string, ranges []api.Range, look marks) string {
	var (
		b     strings.Builder
		runes = []rune(text)
		at    int
	)
	for _, r := range ranges {
		b.WriteString(plain(string(runes[at:r.Start])))
		b.WriteString(look.begin + plain(string(runes[r.Start:r.End])) + look.end)
		at = r.End
	}
	b.WriteString(plain(string(runes[at:])))
	return b.String()
}

// wrap breaks a marked text into lines of so many characters, marks that do not
// show not counted.
func wrap(text string, columns int, look marks) []string {
	unseen := strings.NewReplacer()
	if look == boldMarks {
		unseen = strings.NewReplacer(look.begin, "", look.end, "")
	}
	var (
		lines []string
		line  string
		wide  int
	)
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(unseen.Replace(word))
		if line != "" && wide+1+n > columns {
			lines = append(lines, line)
			line, wide = "", 0
		}
		if line != "" {
			line, wide = line+" ", wide+1
		}
		line, wide = line+word, wide+n
	}
	return append(lines, line)
}

func cursorOf(next string) string {
	address, err := url.Parse(next)
	if err != nil {
		return ""
	}
	return address.Query().Get("cursor")
}

// equivalents says what other wordings of a formula find.
func (p *printer) equivalents(a api.Search) {
	if len(a.Query.Equivalents) == 0 {
		return
	}
	texts := make([]string, len(a.Query.Equivalents))
	for i, w := range a.Query.Equivalents {
		texts[i] = w.Text
	}
	p.line("Found only by other wordings of the formula, which --formulas on includes (%s): %d paragraphs", strings.Join(texts, "; "), a.Query.EquivalentParagraphs)
}

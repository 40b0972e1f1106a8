package markup

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"demarche/index/edit"
)

// piece is a run of the text that is made.
type piece struct {
	part
	block *block
}

// compose gives the edits that make text of a page: of the runs of blocks, in the
// order of the page, what is between them going out.
func compose(page string, runs []run, blocks []*block) []edit.Edit {
	var pieces []piece
	for _, b := range blocks {
		for _, p := range b.parts {
			pieces = append(pieces, piece{p, b})
		}
	}
	slices.SortStableFunc(pieces, func(a, b piece) int { return cmp.Compare(a.run, b.run) })
	w := writer{page: page, runs: runs, begun: map[*block]bool{}, prev: -1}
	for _, p := range pieces {
		w.between(p)
		w.run(p)
	}
	w.skipTo(len(page), w.suffix)
	return w.edits
}

// writer makes edits from the start of a page to its end.
type writer struct {
	page  string
	runs  []run
	edits []edit.Edit
	at    int // bytes of the page that are done
	last  *block
	prev  int // run
	begun map[*block]bool
	// suffix ends the last block.
	suffix string
}

func (w *writer) skipTo(at int, with string) {
	if at > w.at || with != "" {
		w.edits = append(w.edits, edit.At(w.at, at, with))
	}
	w.at = at
}

// between writes what stands before a piece.
func (w *writer) between(p piece) {
	r := w.runs[p.run]
	lead := spacesAt(w.page[r.start:r.end])
	sep := ""
	switch {
	case w.last == nil:
		sep = w.begin(p.block)
	case w.last != p.block:
		sep = w.suffix + "\n\n"
		sep += w.begin(p.block)
	case p.line && p.block.level == 0:
		sep = "\n"
	case p.block.set && w.lineEnds(r.start+lead) > 0, p.block.plain && w.lineEnds(r.start+lead) > 1:
		sep = strings.Repeat("\n", min(w.lineEnds(r.start+lead), 2))
	case p.line || lead > 0 || w.spaceBefore(p.run):
		sep = " "
	}
	w.skipTo(r.start+lead, sep)
	w.last, w.prev = p.block, p.run
}

// begin is what stands before a block, and sets what stands behind it. The marks are
// those of Markdown.
func (w *writer) begin(b *block) string {
	w.suffix = ""
	if w.begun[b] {
		return ""
	}
	w.begun[b] = true
	switch {
	case b.level > 0:
		return strings.Repeat("#", b.level) + " "
	case b.bold > 0 && b.bold == b.letters:
		w.suffix = "**"
		return b.marker + "**"
	}
	return b.marker
}

// spaceBefore reports whether spaces stand between the last run and another.
func (w *writer) spaceBefore(run int) bool {
	last := w.runs[w.prev]
	if trimmed := w.page[last.start:last.end]; len(strings.TrimRight(trimmed, spaces)) < len(trimmed) {
		return true
	}
	for i := w.prev + 1; i < run; i++ {
		if w.runs[i].text == "" {
			return true
		}
	}
	return false
}

// lineEnds is the number of line ends in the text between the last run and a
// place.
func (w *writer) lineEnds(to int) int {
	n := strings.Count(w.page[w.at:w.runs[w.prev].end], "\n")
	for i := w.prev + 1; i < len(w.runs) && w.runs[i].start < to; i++ {
		n += strings.Count(w.page[w.runs[i].start:min(w.runs[i].end, to)], "\n")
	}
	return n
}

// spaces are those that a browser takes for one.
const spaces = " \t\r\n\f"

func spacesAt(text string) int { return len(text) - len(strings.TrimLeft(text, spaces)) }

// inside finds what is not text as it stands: runs of entities, and of spaces with
// a line end.
var inside = regexp.MustCompile(`(?:&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?)+|[ \t\r\f]*\n\s*|\t`)

// blankLine shows that the line ends of a text are those of its paragraphs.
var blankLine = regexp.MustCompile(`\n[ \t\r]*\n`)

// run writes the text of a piece. Spaces at its end are left for what follows.
func (w *writer) run(p piece) {
	r := w.runs[p.run]
	text := strings.TrimRight(w.page[w.at:r.end], spaces)
	start := w.at
	lines := p.block.set || p.block.plain && blankLine.MatchString(text)
	for _, m := range inside.FindAllStringIndex(text, -1) {
		was := text[m[0]:m[1]]
		with := " "
		switch {
		case was[0] == '&':
			with = html.UnescapeString(was)
			if strings.ContainsFunc(with, unicode.IsControl) {
				with = " "
			}
		case lines && was != "\t":
			with = strings.Repeat("\n", min(strings.Count(was, "\n"), 2))
		}
		if with != was {
			w.edits = append(w.edits, edit.At(start+m[0], start+m[1], with))
		}
	}
	w.at = start + len(text)
}

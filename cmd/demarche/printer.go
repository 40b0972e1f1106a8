package main

import (
	"fmt"
	"io"
	"strings"

	"demarche/search"
)

// printer writes lines for a terminal until one fails. Texts cannot speak to
// the terminal: control characters are dropped from arguments.
type printer struct {
	w   io.Writer
	err error
}

// styled is text that is printed as it stands.
type styled string

func (p *printer) line(format string, args ...any) {
	if p.err != nil {
		return
	}
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = plain(s)
		}
	}
	_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
}

// attribution says in a line who holds which state responsible.
func attribution(state string, by, groups []string, stance search.Stance) string {
	s := state + " held responsible by " + orNone(strings.Join(by, ", "), "nobody named")
	if len(groups) > 0 {
		s += ", naming " + strings.Join(groups, ", ")
	}
	return fmt.Sprintf("%s (%s)", s, stance)
}

func actorNames(actors []search.Actor) string {
	names := make([]string, len(actors))
	for i, a := range actors {
		names[i] = a.Name
	}
	return strings.Join(names, ", ")
}

func orNone(s, none string) string {
	if s == "" {
		return none
	}
	return s
}

// shorten cuts a text after so many characters.
func shorten(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return string(runes[:n-1]) + "…"
}

// plain makes one line of a text, without the control characters by which it
// could speak to the terminal.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0:
			return -1
		}
		return r
	}, s)
}

// plainLines is [plain] for a text of several lines.
func plainLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = plain(line)
	}
	return strings.Join(lines, "\n")
}
